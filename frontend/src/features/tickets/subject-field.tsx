import type { KeyboardEvent, Ref } from 'react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import css from './subject-field.module.css'

const SUBJECT_LENGTH_MAX = 255

export interface SubjectFieldProps {
  buttonRef: Ref<HTMLButtonElement>
  subject: string
  disabled: boolean
  onChange: (subject: string) => void
}

/** The subject as a heading; a click or Enter makes it a field, Escape gives up, leaving keeps. */
export function SubjectField({ buttonRef, subject, disabled, onChange }: SubjectFieldProps) {
  const t = useTranslations('tickets')
  const [isEditing, setEditing] = useState(false)
  const givenUp = useRef(false)

  if (!isEditing) {
    return (
      <h1 className={css.heading}>
        <button
          ref={buttonRef}
          type="button"
          className={css.button}
          disabled={disabled}
          title={t('changeSubject')}
          onClick={() => setEditing(true)}
        >
          {subject}
        </button>
      </h1>
    )
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' || event.key === 'Escape') {
      event.preventDefault()
      givenUp.current = event.key === 'Escape'
      event.currentTarget.blur()
    }
  }

  return (
    <input
      className={css.field}
      aria-label={t('property.subject')}
      // biome-ignore lint/a11y/noAutofocus: the field stands where the button was that asked for it
      autoFocus
      defaultValue={subject}
      maxLength={SUBJECT_LENGTH_MAX}
      onFocus={(event) => event.currentTarget.select()}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        const typed = event.currentTarget.value.trim()
        setEditing(false)
        if (!givenUp.current && typed !== '' && typed !== subject) {
          onChange(typed)
        }
        givenUp.current = false
      }}
    />
  )
}

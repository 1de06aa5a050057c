import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
  useState,
} from 'react'
import { useTranslations } from 'use-intl'
import { classNames } from '@/lib/class-names'
import styles from './field.module.css'
import { Icon } from './icons'

interface FieldProps {
  /** A control without a label does not compile. */
  label: string
  /** Hides the label from the eye only, where the place already says what is asked. */
  hideLabel?: boolean
  hint?: ReactNode
  error?: string | undefined
  /** Sits at the end of the label's line: a link, a counter. */
  aside?: ReactNode
}

interface FrameProps extends FieldProps {
  id: string
  children: ReactNode
}

function Frame({ id, label, hideLabel, hint, error, aside, children }: FrameProps) {
  return (
    <div className={styles.field}>
      <div className={hideLabel ? 'visually-hidden' : styles.labelLine}>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        {aside}
      </div>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className={styles.error}>
          <Icon name="warning" size={14} />
          {error}
        </p>
      ) : null}
    </div>
  )
}

function describedBy(id: string, hint: ReactNode, error: string | undefined) {
  return [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined
}

type TextFieldProps = FieldProps &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'aria-label'> & { ref?: Ref<HTMLInputElement> }

export function TextField({ label, hideLabel, hint, error, aside, id: givenId, ...input }: TextFieldProps) {
  const ownId = useId()
  const id = givenId ?? ownId
  return (
    <Frame {...{ id, label, hideLabel, hint, error, aside }}>
      <input
        type="text"
        {...input}
        id={id}
        className={styles.control}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
      />
    </Frame>
  )
}

type PasswordFieldProps = Omit<TextFieldProps, 'type'>

/** With a switch to see what was typed: hiding it from oneself causes more trouble than it prevents. */
export function PasswordField({
  label,
  hideLabel,
  hint,
  error,
  aside,
  id: givenId,
  ...input
}: PasswordFieldProps) {
  const t = useTranslations('common.ui')
  const ownId = useId()
  const id = givenId ?? ownId
  const [isShown, setShown] = useState(false)
  return (
    <Frame {...{ id, label, hideLabel, hint, error, aside }}>
      <span className={styles.passwordFrame}>
        <input
          {...input}
          id={id}
          type={isShown ? 'text' : 'password'}
          className={styles.control}
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, hint, error)}
        />
        <button
          type="button"
          className={styles.reveal}
          aria-pressed={isShown}
          aria-label={t('showPassword')}
          title={t('showPassword')}
          onClick={() => setShown(!isShown)}
        >
          <Icon name={isShown ? 'eye-off' : 'eye'} size={16} />
        </button>
      </span>
    </Frame>
  )
}

type TextAreaProps = FieldProps &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className' | 'aria-label'> & {
    ref?: Ref<HTMLTextAreaElement>
  }

/** As high as its rows at first; it grows with the text. */
export function TextArea({
  label,
  hideLabel,
  hint,
  error,
  aside,
  id: givenId,
  rows = 5,
  ...textarea
}: TextAreaProps) {
  const ownId = useId()
  const id = givenId ?? ownId
  return (
    <Frame {...{ id, label, hideLabel, hint, error, aside }}>
      <textarea
        {...textarea}
        id={id}
        rows={rows}
        style={{ minHeight: `calc(${rows}lh + 18px)` }}
        className={classNames(styles.control, styles.area)}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
      />
    </Frame>
  )
}

type SelectFieldProps<Value extends string> = FieldProps &
  Omit<
    SelectHTMLAttributes<HTMLSelectElement>,
    'className' | 'aria-label' | 'value' | 'onChange' | 'children'
  > & {
    value: Value
    options: readonly { value: Value; label: string }[]
    onChange: (value: Value) => void
  }

/** The platform's own select: right on every phone, nothing to download. */
export function SelectField<Value extends string>({
  label,
  hideLabel,
  hint,
  error,
  aside,
  id: givenId,
  options,
  onChange,
  ...select
}: SelectFieldProps<Value>) {
  const ownId = useId()
  const id = givenId ?? ownId
  return (
    <Frame {...{ id, label, hideLabel, hint, error, aside }}>
      <span className={styles.selectFrame}>
        <select
          {...select}
          id={id}
          className={classNames(styles.control, styles.select)}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, hint, error)}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value)
            if (chosen) onChange(chosen.value)
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" size={14} />
      </span>
    </Frame>
  )
}

type CheckboxProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'type'> & {
  label: string
  hint?: string
}

export function Checkbox({ label, hint, ...input }: CheckboxProps) {
  const id = useId()
  return (
    <div className={styles.checkbox}>
      <input {...input} id={id} type="checkbox" aria-describedby={hint ? `${id}-hint` : undefined} />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint ? (
          <p id={`${id}-hint`} className={styles.hint}>
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  )
}

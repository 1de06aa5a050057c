import { Combobox as Base } from '@base-ui/react/combobox'
import { useId, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from './button'
import styles from './combobox.module.css'
import { Icon } from './icons'
import menu from './menu.module.css'

export interface Choice {
  value: string
  label: string
  /** A second, quieter line: an e-mail address, an organisation. */
  detail?: string
}

interface ComboboxProps {
  label: string
  hideLabel?: boolean
  choices: readonly Choice[]
  value: Choice | null
  onChange: (choice: Choice | null) => void
  placeholder?: string
  /** Given, the server searches: `choices` are taken as they come. */
  onSearch?: (text: string) => void
  clearable?: boolean
  error?: string | undefined
  autoFocus?: boolean
}

const sameValue = (one: Choice, other: Choice) => one.value === other.value

export function Combobox(props: ComboboxProps) {
  const t = useTranslations('common.ui')
  const id = useId()
  const frame = useRef<HTMLDivElement>(null)
  return (
    <Base.Root
      items={props.choices}
      value={props.value}
      onValueChange={props.onChange}
      onInputValueChange={(text, details) => {
        if (details.reason === 'input-change' || details.reason === 'input-clear') props.onSearch?.(text)
      }}
      filter={props.onSearch ? null : undefined}
      itemToStringLabel={(choice: Choice) => choice.label}
      isItemEqualToValue={sameValue}
      autoHighlight
    >
      <div className={styles.field}>
        <label htmlFor={id} className={props.hideLabel ? 'visually-hidden' : styles.label}>
          {props.label}
        </label>
        <div ref={frame} className={styles.frame}>
          <Base.Input
            id={id}
            className={styles.input}
            placeholder={props.placeholder}
            autoFocus={props.autoFocus}
            aria-invalid={props.error ? true : undefined}
          />
          {props.clearable && props.value ? (
            <IconButton label={t('clear')} icon="close" size="small" onClick={() => props.onChange(null)} />
          ) : (
            <Icon name="chevron-down" size={14} />
          )}
        </div>
        {props.error ? <p className={styles.error}>{props.error}</p> : null}
      </div>
      <Base.Portal>
        <Base.Positioner className={menu.positioner} anchor={frame} align="start" sideOffset={4}>
          <Base.Popup className={`${menu.popup} ${styles.popup}`}>
            <Base.Empty className={menu.empty}>{t('noChoices')}</Base.Empty>
            <Base.List>
              {(choice: Choice) => (
                <Base.Item key={choice.value} value={choice} className={menu.item}>
                  <span className={menu.check}>
                    <Base.ItemIndicator>
                      <Icon name="check" size={14} />
                    </Base.ItemIndicator>
                  </span>
                  <span className={menu.label}>
                    {choice.label}
                    {choice.detail ? <span className={styles.detail}>{choice.detail}</span> : null}
                  </span>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

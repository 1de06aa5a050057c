import { useId } from 'react'
import { useTranslations } from 'use-intl'
import css from './composer.module.css'
import type { Reminder } from './mornings'
import { REMINDERS } from './mornings'

/** When the ticket is to come back, should the customer not answer before. */
export function ReminderSelect({
  value,
  onChange,
}: {
  value: Reminder
  onChange: (value: Reminder) => void
}) {
  const t = useTranslations('tickets.snooze')
  const id = useId()
  return (
    <span className={css.then}>
      <label htmlFor={id} className="visually-hidden">
        {t('ifNoAnswer')}
      </label>
      <select
        id={id}
        title={t('ifNoAnswer')}
        value={value}
        onChange={(event) => onChange(event.target.value as Reminder)}
      >
        {REMINDERS.map((reminder) => (
          <option key={reminder} value={reminder}>
            {t(`reminder.${reminder}`)}
          </option>
        ))}
      </select>
    </span>
  )
}

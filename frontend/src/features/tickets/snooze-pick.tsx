import { useTranslations } from 'use-intl'
import type { TicketSnooze } from './ticket-model'
import { TimePick } from './time-pick'

export interface SnoozePickProps {
  label: string
  snooze: TicketSnooze | undefined
  /** Null wakes it. */
  onPick: (snooze: TicketSnooze | null) => void
}

/** Until when: a usual time, one typed in words, one from a calendar, or the customer's answer. */
export function SnoozePick({ label, snooze, onPick }: SnoozePickProps) {
  const t = useTranslations('tickets.snooze')
  return (
    <TimePick
      label={label}
      action={t('snooze')}
      hint={t('hint')}
      onPick={(at) => onPick({ until: at.toISOString() })}
      isPicked={({ key, at }) =>
        snooze !== undefined && (snooze.until ? at?.getTime() === Date.parse(snooze.until) : key === 'answer')
      }
      first={snooze ? [{ key: 'wake', label: t('wake'), pick: () => onPick(null) }] : []}
      last={[{ key: 'answer', label: t('untilCustomerAnswers'), pick: () => onPick({}) }]}
    />
  )
}

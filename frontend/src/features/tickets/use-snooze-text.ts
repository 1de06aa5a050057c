import { useFormatter, useTranslations } from 'use-intl'
import type { TicketSnooze } from './ticket-model'

const DAY_MS = 86_400_000
const WEEKDAY_SAYS_IT_FOR_DAYS = 6

/** When it is, as short as it is clear: `Tue 09:00`, further away `12 Jan, 09:00`. */
export function useMomentShort(): (at: Date) => string {
  const format = useFormatter()
  return (at) => {
    const isNear = at.getTime() - Date.now() < WEEKDAY_SAYS_IT_FOR_DAYS * DAY_MS
    return format.dateTime(at, {
      ...(isNear ? { weekday: 'short' as const } : { day: 'numeric' as const, month: 'short' as const }),
      hour: '2-digit',
      minute: '2-digit',
    })
  }
}

/** Until when a ticket is snoozed. */
export function useSnoozeText(): (snooze: TicketSnooze) => string {
  const t = useTranslations('tickets.snooze')
  const momentShort = useMomentShort()
  return ({ until }) => (until ? momentShort(new Date(until)) : t('untilAnswer'))
}

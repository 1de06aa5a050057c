import { useFormatter, useTranslations } from 'use-intl'
import type { TicketChange } from './ticket-change'
import { useSnoozeText } from './use-snooze-text'

/** A change in words: “#10482 is resolved”. */
export function useChangeText(): (ticketNumber: number, change: TicketChange) => string {
  const t = useTranslations('tickets')
  const format = useFormatter()
  const snoozeText = useSnoozeText()
  return (number, change) => {
    switch (change.kind) {
      case 'status':
        return t('changed.status', { number, value: t(`status.${change.status}`) })
      case 'priority':
        return t('changed.priority', { number, value: t(`priority.${change.priority}`) })
      case 'assignee':
        return change.assignee
          ? t('changed.assignee', { number, value: change.assignee.name })
          : t('changed.unassigned', { number })
      case 'team':
        return t('changed.team', { number, value: change.team.name })
      case 'tags':
        return change.tags.length > 0
          ? t('changed.tags', { number, value: change.tags.join(', ') })
          : t('changed.noTags', { number })
      case 'dueAt':
        return change.dueAt
          ? t('changed.dueAt', {
              number,
              value: format.dateTime(new Date(change.dueAt), { dateStyle: 'medium', timeStyle: 'short' }),
            })
          : t('changed.noDueAt', { number })
      case 'subject':
        return t('changed.subject', { number })
      case 'snooze':
        return change.snooze
          ? t('changed.snooze', { number, value: snoozeText(change.snooze) })
          : t('changed.woken', { number })
    }
  }
}

import { useFormatter, useTranslations } from 'use-intl'
import type { SlaTarget } from '@/api/generated/types.gen'
import type { TicketEvent } from './ticket-model'
import type { Priority, Status } from './ticket-words'

/** One line of a ticket's history in words: “Dana changed the priority from Medium to High.” */
export function useEventText(): (event: TicketEvent) => string {
  const t = useTranslations('tickets')
  const format = useFormatter()
  return ({ kind, actor, from, to }) => {
    const who = actor?.name ?? t('event.tealdesk')
    const instant = (value: string) =>
      format.dateTime(new Date(value), { dateStyle: 'medium', timeStyle: 'short' })
    const linked = (value = '') => {
      const [relation = '', number = ''] = value.split(':')
      return { relation: t(`relation.${relation as 'RELATED'}`), number }
    }
    switch (kind) {
      case 'OPENED':
        return t('event.opened', { who })
      case 'STATUS':
        return t('event.status', {
          who,
          from: from ? t(`status.${from.value as Status}`) : '–',
          to: to ? t(`status.${to.value as Status}`) : '–',
        })
      case 'PRIORITY':
        return t('event.priority', {
          who,
          from: from ? t(`priority.${from.value as Priority}`) : '–',
          to: to ? t(`priority.${to.value as Priority}`) : '–',
        })
      case 'TEAM':
        return from
          ? t('event.team', { who, from: from.label, to: to?.label ?? '–' })
          : t('event.teamFirst', { who, to: to?.label ?? '–' })
      case 'ASSIGNEE':
        if (!to) return t('event.unassigned', { who, from: from?.label ?? '–' })
        if (actor && to.value === actor.id) return t('event.took', { who })
        return from
          ? t('event.reassigned', { who, from: from.label, to: to.label })
          : t('event.assigned', { who, to: to.label })
      case 'TAGS':
        if (!to) return t('event.tagsRemoved', { who })
        return from
          ? t('event.tags', { who, from: from.label, to: to.label })
          : t('event.tagsFirst', { who, to: to.label })
      case 'DUE_DATE':
        if (!to) return t('event.dueRemoved', { who })
        return from
          ? t('event.due', { who, from: instant(from.value), to: instant(to.value) })
          : t('event.dueFirst', { who, to: instant(to.value) })
      case 'SUBJECT':
        return t('event.subject', { who, from: from?.label ?? '–', to: to?.label ?? '–' })
      case 'SNOOZED':
        return to
          ? t('event.snoozed', { who, to: instant(to.value) })
          : t('event.snoozedUntilAnswer', { who })
      case 'WOKEN':
        switch (to?.value) {
          case 'ANSWER':
            return t('event.wokenByAnswer')
          case 'TIME':
            return t('event.wokenByTime')
          case 'DONE':
            return t('event.wokenByEnd')
          default:
            return t('event.woken', { who })
        }
      case 'MERGED_INTO':
        return t('event.mergedInto', { who, number: to?.value ?? '' })
      case 'MERGED':
        return t('event.merged', { who, number: to?.value ?? '' })
      case 'TAKEN_OUT':
        return t('event.takenOut', { who, number: from?.value ?? '' })
      case 'LET_GO':
        return t('event.letGo', { who, number: from?.value ?? '' })
      case 'SPLIT':
        return t('event.split', { who, number: to?.value ?? '' })
      case 'SPLIT_FROM':
        return t('event.splitFrom', { who, number: to?.value ?? '' })
      case 'SPLIT_UNDONE':
        return t('event.splitUndone', { who, number: from?.value ?? '' })
      case 'LINKED':
        return t('event.linked', { who, ...linked(to?.value) })
      case 'UNLINKED':
        return t('event.unlinked', { who, ...linked(from?.value) })
      case 'SLA_WARNING':
        return t('event.slaWarning', { target: t(`sla.target.${(to?.value ?? 'RESOLUTION') as SlaTarget}`) })
      case 'SLA_BREACHED':
        return t('event.slaBreached', { target: t(`sla.target.${(to?.value ?? 'RESOLUTION') as SlaTarget}`) })
      default:
        // A newer release knows more kinds than this page.
        return t('event.other', { who })
    }
  }
}

import { useFormatter, useTranslations } from 'use-intl'
import type { BulkEdit } from '@/api/generated/types.gen'
import type { BulkChange } from './bulk-change'
import { useSnoozeText } from './use-snooze-text'

/** What is done to many tickets, in words: “12 tickets: resolved”. */
export function useBulkText(): (count: number, change: BulkChange) => string {
  const t = useTranslations('tickets')
  const format = useFormatter()
  const snoozeText = useSnoozeText()
  return (count, change) => {
    switch (change.kind) {
      case 'status':
        return t('bulk.did.status', { count, value: t(`status.${change.status}`) })
      case 'priority':
        return t('bulk.did.priority', { count, value: t(`priority.${change.priority}`) })
      case 'assignee':
        return change.assignee
          ? t('bulk.did.assignee', { count, value: change.assignee.name })
          : t('bulk.did.unassigned', { count })
      case 'team':
        return t('bulk.did.team', { count, value: change.team.name })
      case 'dueAt':
        return change.dueAt
          ? t('bulk.did.dueAt', {
              count,
              value: format.dateTime(new Date(change.dueAt), { dateStyle: 'medium', timeStyle: 'short' }),
            })
          : t('bulk.did.noDueAt', { count })
      case 'snooze':
        return change.snooze
          ? t('bulk.did.snooze', { count, value: snoozeText(change.snooze) })
          : t('bulk.did.woken', { count })
      case 'tagging':
        return t('bulk.did.tags', {
          count,
          value: [...change.add.map((tag) => `+${tag}`), ...change.remove.map((tag) => `−${tag}`)].join(', '),
        })
      case 'macro':
        return t('bulk.did.macro', { count, value: change.macro.name })
    }
  }
}

/** Of one that was asked for earlier, or on another page. */
export function useBulkEditText(): (edit: BulkEdit) => string {
  const t = useTranslations('tickets')
  const format = useFormatter()
  const snoozeText = useSnoozeText()
  return ({ action: { changes, macro }, undoes, total: count }) => {
    if (undoes) return t('bulk.undoing', { count })
    if (macro) return t('bulk.did.macro', { count, value: macro.name ?? '' })
    const parts = [
      changes?.status && t(`status.${changes.status}`),
      changes?.priority && `${t('property.priority')} ${t(`priority.${changes.priority}`)}`,
      changes?.assignee && t(changes.assignee.personId ? 'bulk.assigned' : 'unassigned'),
      changes?.teamId && t('bulk.moved'),
      ...(changes?.addTags ?? []).map((tag) => `+${tag}`),
      ...(changes?.removeTags ?? []).map((tag) => `−${tag}`),
      changes?.dueDate &&
        (changes.dueDate.at
          ? format.dateTime(new Date(changes.dueDate.at), { dateStyle: 'medium', timeStyle: 'short' })
          : t('bulk.noDueDate')),
      changes?.snooze &&
        (changes.snooze.isOver
          ? t('snooze.wake')
          : t('snooze.snoozedUntil', { until: snoozeText({ until: changes.snooze.until }) })),
    ]
    return t('bulk.did.several', { count, value: parts.filter(Boolean).join(', ') })
  }
}

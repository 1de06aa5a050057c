import { useTranslations } from 'use-intl'
import type { Macro } from '@/api/generated/types.gen'

const HOURS_PER_DAY = 24

/** What a macro does, one short line for each action; needs the catalogues `tickets` and `replies`. */
export function useMacroWords(): (macro: Pick<Macro, 'actions' | 'team' | 'assignee'>) => string[] {
  const t = useTranslations('replies.does')
  const words = useTranslations('tickets')
  return ({ actions, team, assignee }) => {
    const { status, priority, teamId, addTags, removeTags, dueDate, message } = actions
    const lines: string[] = []
    if (teamId) lines.push(team ? t('team', { name: team.name }) : t('teamGone'))
    switch (actions.assignee?.to) {
      case 'ME':
        lines.push(t('me'))
        break
      case 'NOBODY':
        lines.push(t('nobody'))
        break
      case 'PERSON':
        lines.push(assignee ? t('person', { name: assignee.name }) : t('personGone'))
        break
      case undefined:
    }
    if (status) lines.push(t('status', { value: words(`status.${status}`) }))
    if (priority) lines.push(t('priority', { value: words(`priority.${priority}`) }))
    if (addTags?.length) lines.push(t('addTags', { tags: addTags.join(', ') }))
    if (removeTags?.length) lines.push(t('removeTags', { tags: removeTags.join(', ') }))
    if (dueDate) {
      const hours = dueDate.inHours
      lines.push(
        hours === undefined
          ? t('noDueDate')
          : hours % HOURS_PER_DAY === 0
            ? t('dueInDays', { count: hours / HOURS_PER_DAY })
            : t('dueInHours', { count: hours }),
      )
    }
    if (message) lines.push(t(message.kind === 'REPLY' ? 'reply' : 'note'))
    return lines
  }
}

import type { BulkAction, Macro, NameView } from '@/api/generated/types.gen'
import { changesOf } from './macro-changes'
import type { TicketChange } from './ticket-change'
import { changesNothing } from './ticket-change'
import type { TicketRow } from './ticket-model'

/** What is done to each ticket of a selection. */
export type BulkChange =
  | Exclude<TicketChange, { kind: 'tags' | 'subject' }>
  | { kind: 'tagging'; add: readonly string[]; remove: readonly string[] }
  | { kind: 'macro'; macro: Macro }

/** As the server is asked for it. */
export function actionOf(change: BulkChange): BulkAction {
  switch (change.kind) {
    case 'status':
      return { changes: { status: change.status } }
    case 'priority':
      return { changes: { priority: change.priority } }
    case 'assignee':
      return { changes: { assignee: { personId: change.assignee?.id } } }
    case 'team':
      return { changes: { teamId: change.team.id } }
    case 'dueAt':
      return { changes: { dueDate: { at: change.dueAt ?? undefined } } }
    case 'snooze':
      return {
        changes: {
          snooze: change.snooze ? { isOver: false, until: change.snooze.until } : { isOver: true },
        },
      }
    case 'tagging':
      return { changes: { addTags: [...change.add], removeTags: [...change.remove] } }
    case 'macro':
      return { macro: { macroId: change.macro.id, macroVersion: change.macro.version } }
  }
}

/** What it makes of a row, shown before the server has answered. */
export function rowChanges(change: BulkChange, row: TicketRow, me: NameView, nowMs: number): TicketChange[] {
  if (change.kind === 'macro') {
    return changesOf(change.macro, row, me, nowMs)
  }
  if (change.kind === 'tagging') {
    const kept = row.tags.filter((tag) => !change.remove.includes(tag))
    const tags = [...new Set([...kept, ...change.add])].sort()
    return onlyNews(row, { kind: 'tags', tags })
  }
  return onlyNews(row, change)
}

function onlyNews(row: TicketRow, change: TicketChange): TicketChange[] {
  return changesNothing(row, change) ? [] : [change]
}

/** Whether the tickets are done with for now, so that the selection has served its purpose. */
export function endsSelection(change: BulkChange): boolean {
  return (
    change.kind === 'status' ||
    change.kind === 'macro' ||
    (change.kind === 'snooze' && change.snooze !== null)
  )
}

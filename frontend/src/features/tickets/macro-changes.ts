import type { Macro, NameView } from '@/api/generated/types.gen'
import type { TicketChange } from './ticket-change'
import { changesNothing } from './ticket-change'
import type { Ticket, TicketRow } from './ticket-model'

const HOUR_MS = 3_600_000

/** What a macro will have changed once the server agrees; only what differs from how the ticket is. */
export function changesOf(
  macro: Pick<Macro, 'actions' | 'team' | 'assignee'>,
  ticket: Ticket | TicketRow,
  me: NameView,
  nowMs: number,
): TicketChange[] {
  const { actions, team, assignee } = macro
  const { status, priority, addTags, removeTags, dueDate, message } = actions
  const changes: TicketChange[] = []
  if (actions.teamId && team) {
    changes.push({ kind: 'team', team })
  }
  switch (actions.assignee?.to) {
    case 'ME':
      changes.push({ kind: 'assignee', assignee: { id: me.id, name: me.name } })
      break
    case 'NOBODY':
      changes.push({ kind: 'assignee', assignee: null })
      break
    case 'PERSON':
      if (assignee) {
        changes.push({ kind: 'assignee', assignee })
      }
      break
    case undefined:
  }
  if (priority) {
    changes.push({ kind: 'priority', priority })
  }
  if (addTags || removeTags) {
    const kept = ticket.tags.filter((tag) => !removeTags?.includes(tag))
    changes.push({ kind: 'tags', tags: [...new Set([...kept, ...(addTags ?? [])])].sort() })
  }
  if (dueDate) {
    const dueAt =
      dueDate.inHours === undefined ? null : new Date(nowMs + dueDate.inHours * HOUR_MS).toISOString()
    changes.push({ kind: 'dueAt', dueAt })
  }
  if (status) {
    changes.push({ kind: 'status', status })
  } else if (message?.kind === 'REPLY' && ticket.status === 'OPEN') {
    // The first answer starts the work.
    changes.push({ kind: 'status', status: 'IN_PROGRESS' })
  }
  return changes.filter((change) => !changesNothing(ticket, change))
}

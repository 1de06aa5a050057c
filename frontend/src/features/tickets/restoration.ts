import type { RestoredChange } from '@/api/generated/types.gen'
import type { TicketChange } from './ticket-change'
import { agreesOn } from './ticket-change'
import type { Ticket } from './ticket-model'
import type { StoredChange } from './ticket-writes'

const KINDS = [
  'status',
  'priority',
  'team',
  'assignee',
  'tags',
  'dueAt',
  'subject',
  'snooze',
] as const satisfies readonly TicketChange['kind'][]

const PROPERTIES = {
  status: 'STATUS',
  priority: 'PRIORITY',
  team: 'TEAM',
  assignee: 'ASSIGNEE',
  tags: 'TAGS',
  dueAt: 'DUE_DATE',
  subject: 'SUBJECT',
  snooze: 'SNOOZE',
} as const satisfies Record<TicketChange['kind'], RestoredChange['property']>

/** What takes a change back with all that it brought about, as the server asks for it. */
export function restorationOf({ before, after }: StoredChange): RestoredChange[] {
  return differing({ before, after }).map((kind) => ({
    property: PROPERTIES[kind],
    from: valueIn(kind, before),
    to: valueIn(kind, after),
  }))
}

/** What the page shows meanwhile. */
export function restoringChanges(stored: StoredChange): TicketChange[] {
  return differing(stored).map((kind) => changeTo(kind, stored.before))
}

/** The property's name in the page's words. */
export function kindOf(property: RestoredChange['property']): TicketChange['kind'] {
  return KINDS.find((kind) => PROPERTIES[kind] === property) ?? 'status'
}

const differing = ({ before, after }: StoredChange) => KINDS.filter((kind) => !agreesOn(kind, before, after))

function valueIn(kind: TicketChange['kind'], ticket: Ticket): string | undefined {
  switch (kind) {
    case 'status':
      return ticket.status
    case 'priority':
      return ticket.priority
    case 'team':
      return ticket.team.id
    case 'assignee':
      return ticket.assignee?.id
    case 'tags':
      return ticket.tags.length > 0 ? ticket.tags.join(',') : undefined
    case 'dueAt':
      return ticket.dueAt
    case 'subject':
      return ticket.subject
    case 'snooze':
      return ticket.snooze && (ticket.snooze.until ?? 'ANSWER')
  }
}

function changeTo(kind: TicketChange['kind'], ticket: Ticket): TicketChange {
  switch (kind) {
    case 'status':
      return { kind, status: ticket.status }
    case 'priority':
      return { kind, priority: ticket.priority }
    case 'team':
      return { kind, team: ticket.team }
    case 'assignee':
      return { kind, assignee: ticket.assignee ?? null }
    case 'tags':
      return { kind, tags: ticket.tags }
    case 'dueAt':
      return { kind, dueAt: ticket.dueAt ?? null }
    case 'subject':
      return { kind, subject: ticket.subject }
    case 'snooze':
      return { kind, snooze: ticket.snooze ?? null }
  }
}

import type { TicketRow, TicketSnooze } from './ticket-model'
import type { Priority, Status } from './ticket-words'
import { laneOf } from './ticket-words'

export interface Named {
  id: string
  name: string
}

/** One property set to one value, as an agent asked for it. */
export type TicketChange =
  | { kind: 'status'; status: Status }
  | { kind: 'priority'; priority: Priority }
  | { kind: 'assignee'; assignee: Named | null }
  | { kind: 'team'; team: Named }
  | { kind: 'tags'; tags: readonly string[] }
  | { kind: 'dueAt'; dueAt: string | null }
  | { kind: 'subject'; subject: string }
  /** Without a time, until the customer answers; null wakes it. */
  | { kind: 'snooze'; snooze: TicketSnooze | null }

/** Whether the ticket is out of the way with it: done, or put off. */
export function endsWork(change: TicketChange): boolean {
  return (
    (change.kind === 'status' && laneOf(change.status) === 'DONE') ||
    (change.kind === 'snooze' && change.snooze !== null)
  )
}

/** What lists and conversations both know of a ticket, and what a change can touch. */
type Changeable = Pick<TicketRow, 'status' | 'lane' | 'priority' | 'team' | 'tags' | 'subject'> &
  Pick<Partial<TicketRow>, 'assignee' | 'dueAt' | 'snooze'>

/** The ticket as it will be once the server agrees. */
export function applyChange<T extends Changeable>(ticket: T, change: TicketChange): T {
  switch (change.kind) {
    case 'status':
      return withSnooze({ ...ticket, status: change.status }, ticket.snooze)
    case 'priority':
      return { ...ticket, priority: change.priority }
    case 'assignee':
      return { ...ticket, assignee: change.assignee ?? undefined }
    case 'team':
      return { ...ticket, team: change.team }
    case 'tags':
      return { ...ticket, tags: [...change.tags] }
    case 'dueAt':
      return { ...ticket, dueAt: change.dueAt ?? undefined }
    case 'subject':
      return { ...ticket, subject: change.subject }
    case 'snooze':
      return withSnooze(ticket, change.snooze ?? undefined)
  }
}

/** What is done is not snoozed: resolving ends a snooze too. */
function withSnooze<T extends Changeable>(ticket: T, snooze: TicketSnooze | undefined): T {
  const isDone = laneOf(ticket.status) === 'DONE'
  return {
    ...ticket,
    lane: laneOf(ticket.status, snooze !== undefined),
    snooze: isDone ? undefined : snooze,
  }
}

export function applyChanges<T extends Changeable>(ticket: T, changes: readonly TicketChange[]): T {
  return changes.reduce(applyChange, ticket)
}

/** Whether two versions of a ticket hold the same value where the change would write. */
export function agreesOn(kind: TicketChange['kind'], one: Changeable, other: Changeable): boolean {
  switch (kind) {
    case 'status':
      return one.status === other.status
    case 'priority':
      return one.priority === other.priority
    case 'assignee':
      return one.assignee?.id === other.assignee?.id
    case 'team':
      return one.team.id === other.team.id
    case 'tags':
      return [...one.tags].sort().join('\n') === [...other.tags].sort().join('\n')
    case 'dueAt':
      return sameInstant(one.dueAt, other.dueAt)
    case 'subject':
      return one.subject === other.subject
    case 'snooze':
      return (
        (one.snooze === undefined) === (other.snooze === undefined) &&
        sameInstant(one.snooze?.until, other.snooze?.until)
      )
  }
}

/** Whether the ticket already is as the change wants it. */
export function changesNothing(ticket: Changeable, change: TicketChange): boolean {
  return agreesOn(change.kind, ticket, applyChange(ticket, change))
}

function sameInstant(one?: string, other?: string): boolean {
  return one === other || (one !== undefined && other !== undefined && Date.parse(one) === Date.parse(other))
}

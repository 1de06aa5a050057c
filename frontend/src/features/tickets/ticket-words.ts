import type { Lane, ListTicketsData, TicketPriority, TicketStatus } from '@/api/generated/types.gen'

export type { Lane }
export type Status = TicketStatus
export type Priority = TicketPriority
export type TicketOrder = NonNullable<NonNullable<ListTicketsData['query']>['order']> | 'OLDEST' | 'WAITING'

/** The product's words, in the order in which people read them. */
export const STATUSES = [
  'OPEN',
  'IN_PROGRESS',
  'WAITING_ON_CUSTOMER',
  'WAITING_ON_THIRD_PARTY',
  'RESOLVED',
  'CLOSED',
  'CANCELLED',
] as const satisfies readonly Status[]

export const LANES = ['TO_DO', 'WAITING', 'DONE'] as const satisfies readonly Lane[]

export const PRIORITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const satisfies readonly Priority[]

export const ORDERS = [
  'UPDATED',
  'NEWEST',
  'OLDEST',
  'PRIORITY',
  'DUE',
  'WAITING',
] as const satisfies readonly TicketOrder[]

export const LANE_STATUSES: Record<Lane, readonly Status[]> = {
  TO_DO: ['OPEN', 'IN_PROGRESS'],
  WAITING: ['WAITING_ON_CUSTOMER', 'WAITING_ON_THIRD_PARTY'],
  DONE: ['RESOLVED', 'CLOSED', 'CANCELLED'],
}

/** The lanes of tickets that somebody still has to think of. */
export const NOT_DONE: readonly Lane[] = ['TO_DO', 'WAITING']

/** What would be to do is waiting while it is snoozed. */
export function laneOf(status: Status, isSnoozed = false): Lane {
  const lane = laneOfStatus(status)
  return isSnoozed && lane === 'TO_DO' ? 'WAITING' : lane
}

function laneOfStatus(status: Status): Lane {
  return LANES.find((lane) => LANE_STATUSES[lane].includes(status)) ?? 'TO_DO'
}

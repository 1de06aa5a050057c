import type { ViewResponse } from '@/api/generated/types.gen'
import { paths } from '@/paths'
import type { TicketFilter } from './ticket-filter'
import { EVERYTHING, filterParams } from './ticket-filter'
import { NOT_DONE } from './ticket-words'

/** What a view shows. A view is nothing but a filter that everyone has. */
export function filterOf(view: Pick<ViewResponse, 'key' | 'team'>): TicketFilter {
  const notDone: TicketFilter = { ...EVERYTHING, lane: NOT_DONE }
  switch (view.key) {
    case 'MINE':
      return { ...notDone, assignee: 'me' }
    case 'UNASSIGNED':
      return { ...notDone, assignee: 'none' }
    case 'TEAM':
      return { ...notDone, team: view.team ? [view.team.id] : [] }
    case 'ALL':
      return notDone
  }
}

export function listPath(filter: TicketFilter): string {
  const params = filterParams(filter).toString()
  return params === '' ? paths.tickets : `${paths.tickets}?${params}`
}

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ticketViews } from './queries'
import type { TicketFilter } from './ticket-filter'
import { EVERYTHING, sameTickets } from './ticket-filter'
import { filterOf } from './ticket-views'

/** The view's name where the filter is a view's, otherwise a plain word. */
export function useListTitle(filter: TicketFilter): string {
  const t = useTranslations('tickets.view')
  const { data: views } = useQuery(ticketViews())
  if (sameTickets(filter, EVERYTHING)) {
    return t('EVERYTHING')
  }
  const plain = (['MINE', 'UNASSIGNED', 'ALL'] as const).find((key) => sameTickets(filter, filterOf({ key })))
  if (plain) {
    return t(plain)
  }
  return views?.find((view) => view.team && sameTickets(filter, filterOf(view)))?.team?.name ?? t('filtered')
}

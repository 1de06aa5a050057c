import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { SavedView } from './desk-api'
import { savedViews, ticketViews } from './queries'
import type { TicketFilter } from './ticket-filter'
import { EVERYTHING, sameTickets } from './ticket-filter'
import { filterOf } from './ticket-views'

export interface ShownView {
  /** The view's name where the filter is a view's, otherwise a plain word. */
  title: string
  /** The saved view that the filter began as, if the reader has it. */
  savedView: SavedView | undefined
  isBuiltIn: boolean
}

export function useShownView(filter: TicketFilter): ShownView {
  const t = useTranslations('tickets.view')
  const { data: views } = useQuery(ticketViews())
  const { data: saved } = useQuery(savedViews())
  const savedView = saved?.views.find((view) => view.id === filter.view)
  if (savedView) {
    return { title: savedView.name, savedView, isBuiltIn: false }
  }
  const builtIn = (title: string): ShownView => ({ title, savedView, isBuiltIn: true })
  if (sameTickets(filter, EVERYTHING)) {
    return builtIn(t('EVERYTHING'))
  }
  const plain = (['MINE', 'UNASSIGNED', 'ALL'] as const).find((key) => sameTickets(filter, filterOf({ key })))
  if (plain) {
    return builtIn(t(plain))
  }
  const team = views?.find((view) => view.team && sameTickets(filter, filterOf(view)))?.team
  return team ? builtIn(team.name) : { title: t('filtered'), savedView, isBuiltIn: false }
}

import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useNavigate } from 'react-router'
import { useFormatter, useTranslations } from 'use-intl'
import type { Count, ViewResponse } from '@/api/generated/types.gen'
import { useShortcuts } from '@/lib/keyboard'
import { paths } from '@/paths'
import { Icon } from '@/ui/icons'
import { ticketViews } from './queries'
import { parseFilter, sameTickets } from './ticket-filter'
import { filterOf, listPath } from './ticket-views'
import css from './views-nav.module.css'

const ICONS = { MINE: 'person', UNASSIGNED: 'inbox', TEAM: 'people', ALL: 'ticket' } as const
const ALWAYS: readonly Pick<ViewResponse, 'key' | 'team'>[] = [
  { key: 'MINE' },
  { key: 'UNASSIGNED' },
  { key: 'ALL' },
]
const TEAM_KEYS_MAX = 9

/** The views in the sidebar, each with how much waits in it. */
export function ViewsNav() {
  const t = useTranslations('tickets')
  const format = useFormatter()
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  const { data } = useQuery(ticketViews())
  const views: readonly (Pick<ViewResponse, 'key' | 'team'> & { count?: Count })[] = data ?? ALWAYS
  const isInList = pathname.startsWith(paths.tickets) && pathname !== paths.newTicket
  const shown = isInList ? parseFilter(new URLSearchParams(search)) : undefined
  const teams = views.filter((view) => view.key === 'TEAM')

  const keysOf = (view: Pick<ViewResponse, 'key' | 'team'>): string | undefined => {
    switch (view.key) {
      case 'MINE':
        return 'g m'
      case 'UNASSIGNED':
        return 'g u'
      case 'ALL':
        return 'g a'
      case 'TEAM': {
        const index = teams.findIndex((team) => team.team?.id === view.team?.id)
        return index < TEAM_KEYS_MAX ? `g ${index + 1}` : undefined
      }
    }
  }
  const nameOf = (view: Pick<ViewResponse, 'key' | 'team'>) => view.team?.name ?? t(`view.${view.key}`)
  const group = t('shortcut.go')

  useShortcuts([
    { keys: 'g h', label: t('shortcut.home'), group, run: () => navigate(paths.home) },
    ...views.flatMap((view) => {
      const keys = keysOf(view)
      const run = () => navigate(listPath(filterOf(view)))
      return keys ? [{ keys, label: nameOf(view), group, run }] : []
    }),
    { keys: 'c', label: t('shortcut.openTicket'), group, run: () => navigate(paths.newTicket) },
  ])

  return (
    <ul className={css.views}>
      {views.map((view) => {
        const filter = filterOf(view)
        const isShown = shown !== undefined && sameTickets(shown, filter)
        return (
          <li key={view.team?.id ?? view.key}>
            <Link to={listPath(filter)} className={css.view} aria-current={isShown ? 'page' : undefined}>
              <Icon name={ICONS[view.key]} />
              <span className={css.name}>{nameOf(view)}</span>
              {view.count && view.count.value > 0 ? (
                <span className={css.count}>
                  <span aria-hidden="true">
                    {view.count.capped
                      ? `${format.number(view.count.value)}+`
                      : format.number(view.count.value)}
                  </span>
                  <span className="visually-hidden">
                    {t(view.count.capped ? 'ticketCountCapped' : 'ticketCount', { count: view.count.value })}
                  </span>
                </span>
              ) : null}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { KeyboardEvent } from 'react'
import { useEffect, useRef, useState } from 'react'
import { Link, useLocation, useNavigate } from 'react-router'
import { useFormatter, useTranslations } from 'use-intl'
import type { Count, ViewResponse } from '@/api/generated/types.gen'
import { VIEW_COMMAND } from '@/features/shared/commands'
import { useCommands } from '@/features/shared/use-commands'
import { useShortcuts } from '@/lib/keyboard'
import { paths } from '@/paths'
import { Icon } from '@/ui/icons'
import { addToast } from '@/ui/toast'
import { orderViews } from './desk-api'
import { savedViews, ticketViews } from './queries'
import type { RailView } from './rail-views'
import { filterOfRail, movedTo, railViews } from './rail-views'
import { SavedViewMenu } from './saved-view-menu'
import { parseFilter, sameTickets } from './ticket-filter'
import { listPath } from './ticket-views'
import { useDragOrder } from './use-drag-order'
import css from './views-nav.module.css'

const ICONS = { MINE: 'person', UNASSIGNED: 'inbox', TEAM: 'people', ALL: 'ticket' } as const
const SAVED_ICONS = { PRIVATE: 'star', TEAM: 'flag', EVERYONE: 'star' } as const
const ALWAYS: readonly Pick<ViewResponse, 'key' | 'team'>[] = [
  { key: 'MINE' },
  { key: 'UNASSIGNED' },
  { key: 'ALL' },
]
const TEAM_KEYS_MAX = 9

/** The views in the sidebar, each with how much waits in it, in the reader's own order. */
export function ViewsNav() {
  const t = useTranslations('tickets')
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  const { data: builtIn } = useQuery(ticketViews())
  const { data: saved } = useQuery(savedViews())
  const views = railViews(builtIn ?? ALWAYS, saved?.views ?? [], saved?.order ?? [])
  const reorder = useReorder()
  const [announced, setAnnounced] = useState('')
  const isInList = pathname.startsWith(paths.tickets) && pathname !== paths.newTicket
  const shown = isInList ? parseFilter(new URLSearchParams(search)) : undefined
  const shownKey = views.find((item) =>
    shown?.view
      ? item.key === shown.view
      : shown && item.kind === 'built-in' && sameTickets(shown, filterOfRail(item)),
  )?.key
  const byKey = new Map(views.map((item) => [item.key, item]))
  const drag = useDragOrder(
    views.map(({ key }) => key),
    reorder,
  )

  const nameOf = (item: RailView) =>
    item.kind === 'saved' ? item.view.name : (item.view.team?.name ?? t(`view.${item.view.key}`))
  const group = useTranslations('commands.group')('view')

  useCommands([
    { id: 'go.home', run: () => navigate(paths.home) },
    { id: 'go.newTicket', run: () => navigate(paths.newTicket) },
  ])
  useShortcuts(
    views.map((item) => ({
      id: VIEW_COMMAND + item.key,
      keys: shortcutOf(item, views),
      label: nameOf(item),
      group,
      run: () => void navigate(listPath(filterOfRail(item))),
    })),
  )

  // A moved element loses the focus, which belongs to the view that was moved.
  const movedKey = useRef<string>(undefined)
  const order = views.map(({ key }) => key).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the new order is on the page
  useEffect(() => {
    if (movedKey.current !== undefined) {
      document.getElementById(viewId(movedKey.current))?.focus()
      movedKey.current = undefined
    }
  }, [order])

  const moveBy = (item: RailView, step: number) => {
    const from = views.indexOf(item)
    const to = from + step
    if (to < 0 || to >= views.length) {
      return
    }
    movedKey.current = item.key
    reorder(movedTo(views, from, to).map(({ key }) => key))
    setAnnounced(t('savedView.moved', { name: nameOf(item), place: to + 1, count: views.length }))
  }

  return (
    <>
      <ul className={css.views}>
        {drag.keys.map((key) => {
          const item = byKey.get(key)
          return item ? (
            <li
              key={key}
              className={css.item}
              data-dragged={drag.draggedKey === key || undefined}
              {...drag.itemProps(key)}
            >
              <Link
                id={viewId(key)}
                to={listPath(filterOfRail(item))}
                className={css.view}
                aria-current={shownKey === key ? 'page' : undefined}
                aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                onKeyDown={(event) => onAltArrow(event, (step) => moveBy(item, step))}
              >
                <Icon
                  name={item.kind === 'saved' ? SAVED_ICONS[item.view.visibility] : ICONS[item.view.key]}
                />
                <span className={css.name}>{nameOf(item)}</span>
                <ViewCount count={item.count} />
              </Link>
              <SavedViewMenu
                name={nameOf(item)}
                view={item.kind === 'saved' && item.view.mayChange ? item.view : undefined}
                onMove={(step) => moveBy(item, step)}
              />
            </li>
          ) : null
        })}
      </ul>
      <span className="visually-hidden" role="status">
        {announced}
      </span>
    </>
  )
}

const viewId = (key: string) => `view-${key}`

function ViewCount({ count }: { count: Count | undefined }) {
  const t = useTranslations('tickets')
  const format = useFormatter()
  return count && count.value > 0 ? (
    <span className={css.count}>
      <span aria-hidden="true">
        {count.capped ? `${format.number(count.value)}+` : format.number(count.value)}
      </span>
      <span className="visually-hidden">
        {t(count.capped ? 'ticketCountCapped' : 'ticketCount', { count: count.value })}
      </span>
    </span>
  ) : null
}

function onAltArrow(event: KeyboardEvent, move: (step: number) => void) {
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
  if (step !== 0 && event.altKey) {
    event.preventDefault()
    move(step)
  }
}

function shortcutOf(item: RailView, views: readonly RailView[]): string | undefined {
  if (item.kind === 'saved') {
    return undefined
  }
  switch (item.view.key) {
    case 'MINE':
      return 'g m'
    case 'UNASSIGNED':
      return 'g u'
    case 'ALL':
      return 'g a'
    case 'TEAM': {
      const teams = views.filter((each) => each.kind === 'built-in' && each.view.key === 'TEAM')
      const index = teams.indexOf(item)
      return index < TEAM_KEYS_MAX ? `g ${index + 1}` : undefined
    }
  }
}

/** Shows the new order at once, and takes it back when it could not be stored. */
function useReorder() {
  const t = useTranslations('tickets.savedView')
  const client = useQueryClient()
  const { queryKey } = savedViews()
  const store = useMutation({
    mutationFn: orderViews,
    // One at a time: the last order that was made is the last that is stored.
    scope: { id: 'view-order' },
    onError: () => {
      addToast({ text: t('notOrdered'), tone: 'danger' })
      void client.invalidateQueries({ queryKey })
    },
  })
  return (keys: readonly string[]) => {
    void client.cancelQueries({ queryKey })
    client.setQueryData(queryKey, (known) => ({ views: known?.views ?? [], order: [...keys] }))
    store.mutate(keys)
  }
}

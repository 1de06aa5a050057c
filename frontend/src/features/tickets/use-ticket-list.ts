import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { driftOf, isBeginning, rowsOf } from './list-pages'
import type { PagePlace } from './list-place'
import { forgetPlace, rememberPlace } from './list-place'
import { acceptRows, firstPage, POLL_MS, ticketList } from './queries'
import { useWithWaitingChanges } from './ticket-desk'
import type { TicketFilter } from './ticket-filter'
import { filterKey } from './ticket-filter'

const NO_DRIFT = { arrived: [], left: [] }

/**
 * The rows of a filter. They change in place while the page is open; what arrived or left meanwhile waits
 * until the reader asks for it, so that nothing moves under the cursor. Only a stretch of a long list is loaded,
 * and it grows at both ends.
 */
export function useTicketList(filter: TicketFilter) {
  const client = useQueryClient()
  const key = filterKey(filter)
  const withWaitingChanges = useWithWaitingChanges()
  const list = useInfiniteQuery(ticketList(filter))
  const current = useQuery({ ...firstPage(filter), enabled: list.isSuccess })
  const pages = list.data?.pages
  // What the pages were asked for with: the query itself forgets the type.
  const places = list.data?.pageParams as (PagePlace | undefined)[] | undefined
  const firstPlace = places?.[0]
  const isAtTop = isBeginning(pages?.[0], firstPlace)
  const topSeen = useTopSeen(key, isAtTop ? pages?.[0]?.items : undefined, current.data?.items)

  useEffect(() => {
    if (current.data) {
      const newer = new Map(current.data.items.map((row) => [row.number, row]))
      acceptRows(client, (row) => newer.get(row.number) ?? row)
    }
  }, [client, current.data])

  const startAgain = async () => {
    const page = await client.fetchQuery({ ...firstPage(filter), staleTime: 0 })
    forgetPlace(key)
    client.setQueryData(ticketList(filter).queryKey, { pages: [page], pageParams: [undefined] })
  }

  // Rows kept from an earlier visit paint at once, and are then replaced by the list as it is now; a stretch from
  // the middle stays, and says above it what is new.
  const onOpen = useEffectEvent(() => {
    if (list.isSuccess && isAtTop && Date.now() - list.dataUpdatedAt > POLL_MS) {
      startAgain().catch(() => undefined)
    }
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new key is a list that was just opened
  useEffect(() => onOpen(), [key])

  return {
    list,
    rows: pages ? rowsOf(pages).map(withWaitingChanges) : [],
    drift: pages && current.data ? driftOf(pages, current.data, isAtTop ? undefined : topSeen) : NO_DRIFT,
    /** Changes when rows were added or let go above those shown. */
    firstPlace: list.data ? JSON.stringify(firstPlace ?? null) : undefined,
    /** Notes which ticket stands at the upper edge, for the way back. */
    rememberRow: (row: number, shiftPx: number) => {
      const index = pages?.findIndex((page) => page.items.some(({ number }) => number === row)) ?? -1
      rememberPlace(key, { page: isAtTop && index === 0 ? undefined : places?.[index], row, shiftPx })
    },
    startAgain,
  }
}

type Rows = readonly { number: number }[]

/** The tickets at the top of the list when the reader last had it before the eyes, or first could have. */
function useTopSeen(
  key: string,
  top: Rows | undefined,
  current: Rows | undefined,
): ReadonlySet<number> | undefined {
  const [seen, setSeen] = useState<{ key: string; rows: Rows; numbers: ReadonlySet<number> }>()
  const known = seen?.key === key ? seen : undefined
  const rows = top ?? known?.rows ?? current
  if (rows && rows !== known?.rows) {
    const next = { key, rows, numbers: new Set(rows.map((row) => row.number)) }
    setSeen(next)
    return next.numbers
  }
  return known?.numbers
}

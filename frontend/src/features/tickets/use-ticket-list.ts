import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { driftOf, rowsOf } from './list-pages'
import { acceptRows, firstPage, POLL_MS, ticketList } from './queries'
import { useWithWaitingChanges } from './ticket-desk'
import type { TicketFilter } from './ticket-filter'
import { filterKey } from './ticket-filter'

const NO_DRIFT = { arrived: [], left: [] }

/**
 * The rows of a filter. They change in place while the page is open; what arrived or left meanwhile waits
 * until the reader asks for it, so that nothing moves under the cursor.
 */
export function useTicketList(filter: TicketFilter) {
  const client = useQueryClient()
  const withWaitingChanges = useWithWaitingChanges()
  const list = useInfiniteQuery(ticketList(filter))
  const current = useQuery({ ...firstPage(filter), enabled: list.isSuccess })
  const pages = list.data?.pages

  useEffect(() => {
    if (current.data) {
      const newer = new Map(current.data.items.map((row) => [row.number, row]))
      acceptRows(client, (row) => newer.get(row.number) ?? row)
    }
  }, [client, current.data])

  const startAgain = async () => {
    const page = await client.fetchQuery({ ...firstPage(filter), staleTime: 0 })
    client.setQueryData(ticketList(filter).queryKey, { pages: [page], pageParams: [undefined] })
  }

  // Rows kept from an earlier visit paint at once, and are then replaced by the list as it is now.
  const key = filterKey(filter)
  const onOpen = useEffectEvent(() => {
    if (list.isSuccess && Date.now() - list.dataUpdatedAt > POLL_MS) {
      startAgain().catch(() => undefined)
    }
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new key is a list that was just opened
  useEffect(() => onOpen(), [key])

  return {
    list,
    rows: pages ? rowsOf(pages).map(withWaitingChanges) : [],
    drift: pages && current.data ? driftOf(pages, current.data) : NO_DRIFT,
    startAgain,
  }
}

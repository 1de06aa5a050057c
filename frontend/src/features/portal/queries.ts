import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { getPortalTicket, listPortalTickets } from '@/api/generated/sdk.gen'

export type PortalScope = 'MINE' | 'ORGANISATION'
export type PortalState = 'OPEN' | 'DONE'

const REFRESH_EVERY_MS = 30_000
const PAGE_SIZE = 30

export const portalTicketsKey = ['portal-tickets'] as const

export const portalTicketsQuery = (scope: PortalScope, state: PortalState) =>
  infiniteQueryOptions({
    queryKey: [...portalTicketsKey, scope, state],
    queryFn: async ({ pageParam, signal }) =>
      (
        await listPortalTickets({
          query: { scope, state, limit: PAGE_SIZE, cursor: pageParam },
          signal,
          throwOnError: true,
        })
      ).data,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: REFRESH_EVERY_MS,
  })

export const portalTicketQuery = (number: number) =>
  queryOptions({
    queryKey: ['portal-ticket', number],
    queryFn: async ({ signal }) =>
      (await getPortalTicket({ path: { number }, signal, throwOnError: true })).data,
    refetchInterval: REFRESH_EVERY_MS,
  })

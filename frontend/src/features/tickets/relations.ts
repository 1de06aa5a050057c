import type { QueryClient } from '@tanstack/react-query'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { listMergedTickets, listTicketLinks } from '@/api/generated/sdk.gen'
import { listRows } from './desk-api'
import {
  acceptTicket,
  fetchTicket,
  knownRow,
  oneTicket,
  POLL_MS,
  ticketEvents,
  ticketMessages,
} from './queries'
import { refreshOverviews } from './refresh'
import type { Ticket, TicketRow } from './ticket-model'

const SUGGESTED_MAX = 10

/** What the ticket is to others. */
export const ticketLinks = (number: number) =>
  queryOptions({
    queryKey: ['tickets', 'links', number],
    queryFn: async ({ signal }) =>
      (await listTicketLinks({ path: { number }, signal, throwOnError: true })).data,
    staleTime: POLL_MS,
  })

/** What has become part of the ticket. */
export const mergedTickets = (number: number) =>
  queryOptions({
    queryKey: ['tickets', 'merged', number],
    queryFn: async ({ signal }) =>
      (await listMergedTickets({ path: { number }, signal, throwOnError: true })).data,
    staleTime: POLL_MS,
  })

/** What else the same person waits for: most likely about the same. */
export const openTicketsOf = (requesterId: string) =>
  queryOptions({
    queryKey: ['tickets', 'open-of', requesterId],
    queryFn: async ({ signal }) =>
      (
        await listRows(
          {
            requester: requesterId,
            status: ['OPEN', 'IN_PROGRESS', 'WAITING_ON_CUSTOMER', 'WAITING_ON_THIRD_PARTY'],
            limit: SUGGESTED_MAX,
          },
          { signal },
        )
      ).items,
    placeholderData: keepPreviousData,
  })

/** The ticket as the page knows it, or else as the server does. */
export const seenTicket = async (client: QueryClient, number: number): Promise<Ticket | TicketRow> => {
  const row = knownRow(client, number)
  const ticket = client.getQueryData(oneTicket(number).queryKey)
  return (ticket && (!row || ticket.version >= row.version) ? ticket : row) ?? (await fetchTicket(number))
}

/** Shows tickets as they are now that messages or links of theirs have moved. */
export function refreshRelated(client: QueryClient, known: readonly Ticket[], numbers: readonly number[]) {
  for (const ticket of known) {
    acceptTicket(client, ticket)
  }
  for (const number of numbers) {
    forgetMessages(client, number)
    for (const kind of ['one', 'events', 'links', 'merged']) {
      void client.invalidateQueries({ queryKey: ['tickets', kind, number], exact: true })
    }
  }
  void refreshOverviews(client, { cancelRefetch: true })
}

/** Messages have come to the ticket or left it: all of them are asked for again. */
export function forgetMessages(client: QueryClient, number: number) {
  const { queryKey } = ticketMessages(number)
  client.setQueryData(queryKey, (known) => known && { ...known, listedUpTo: undefined })
  void client.invalidateQueries({ queryKey, exact: true })
  void client.invalidateQueries({ queryKey: ticketEvents(number).queryKey, exact: true })
}

/** Kinds of change that move messages, or say what tickets are to each other. */
export const RELATING: ReadonlySet<string> = new Set([
  'MERGED_INTO',
  'MERGED',
  'TAKEN_OUT',
  'LET_GO',
  'SPLIT',
  'SPLIT_FROM',
  'SPLIT_UNDONE',
  'LINKED',
  'UNLINKED',
])

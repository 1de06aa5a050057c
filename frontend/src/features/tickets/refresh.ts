import type { QueryClient } from '@tanstack/react-query'
import { listMessages } from '@/api/generated/sdk.gen'
import {
  acceptRows,
  acceptTicket,
  fetchTicket,
  oneTicket,
  ticketEvents,
  ticketMessages,
  ticketSla,
} from './queries'
import { mostUrgent } from './sla-clock'

/** The tickets that are open on this page. */
export function shownTickets(client: QueryClient): number[] {
  return client
    .getQueryCache()
    .findAll({ queryKey: ['tickets', 'one'], type: 'active' })
    .map(({ queryKey }) => queryKey[2] as number)
}

export const isTicketShown = (client: QueryClient, number: number) => shownTickets(client).includes(number)

/** Whether messages of one ticket are read on another. */
export const showsPart = (client: QueryClient, shown: number, part: number) =>
  client
    .getQueryData(ticketMessages(shown).queryKey)
    ?.messages.some(({ fromTicket }) => fromTicket === part) ?? false

/** Whoever opens the ticket next sees it as it is then. */
export function markTicketStale(client: QueryClient, number: number) {
  for (const { queryKey } of [oneTicket(number), ticketMessages(number), ticketEvents(number)]) {
    client.invalidateQueries({ queryKey, exact: true, refetchType: 'none' })
  }
}

/** What changes the ticket raises its version, and the open page then asks for messages and history; a message need not. */
export async function refreshTicket(
  client: QueryClient,
  number: number,
  { withMessages }: { withMessages: boolean },
) {
  const { queryKey } = oneTicket(number)
  await Promise.all([
    client.invalidateQueries({ queryKey, exact: true }),
    withMessages && client.invalidateQueries({ queryKey: ticketMessages(number).queryKey, exact: true }),
  ])
  const ticket = client.getQueryData(queryKey)
  if (ticket) {
    acceptTicket(client, ticket)
  }
}

/** In whichever lists the row stands; a ticket does not tell who wrote last, a reply does. */
export async function refreshRow(client: QueryClient, number: number, replyId: number | undefined) {
  const [ticket, replies] = await Promise.all([
    isTicketShown(client, number) ? undefined : fetchTicket(number),
    replyId === undefined
      ? []
      : listMessages({ path: { number }, query: { after: replyId - 1 }, throwOnError: true }).then(
          ({ data }) => data.filter(({ kind }) => kind === 'PUBLIC_REPLY'),
        ),
  ])
  if (ticket) {
    acceptTicket(client, ticket)
  }
  const last = replies.at(-1)
  if (last) {
    const lastMessageBy = last.author.role === 'CUSTOMER' ? 'REQUESTER' : 'STAFF'
    acceptRows(client, (row) =>
      row.number === number && isBefore(row.lastMessageAt, last.createdAt)
        ? {
            ...row,
            lastMessageAt: last.createdAt,
            lastMessageBy,
            updatedAt: isBefore(row.updatedAt, last.createdAt) ? last.createdAt : row.updatedAt,
          }
        : row,
    )
  }
}

/** Where the ticket's clocks stand by now, in the open ticket and in whichever lists its row stands. */
export async function refreshSla(client: QueryClient, number: number) {
  const sla = mostUrgent(await client.fetchQuery({ ...ticketSla(number), staleTime: 0 }))
  acceptRows(client, (row) => (row.number === number ? { ...row, sla } : row))
}

const OVERVIEWS: ReadonlySet<unknown> = new Set(['first-page', 'count', 'views', 'saved-views', 'home'])

/** What lists hold by now, and how much waits where. */
export async function refreshOverviews(client: QueryClient, options: { cancelRefetch: boolean }) {
  await client.invalidateQueries(
    { queryKey: ['tickets'], predicate: ({ queryKey }) => OVERVIEWS.has(queryKey[1]) },
    options,
  )
}

/** After so many changes that following them one by one would take long: what is on the page is fetched again. */
export async function refreshLists(client: QueryClient) {
  await Promise.all([
    client.refetchQueries({ queryKey: ['tickets', 'list'], type: 'active' }),
    client.invalidateQueries({ queryKey: ['tickets', 'one'] }),
    refreshOverviews(client, { cancelRefetch: true }),
  ])
}

/** Of lists whose filter looks for words. */
export async function refreshFoundByWords(client: QueryClient) {
  await client.invalidateQueries({
    queryKey: ['tickets'],
    predicate: ({ queryKey: [, kind, key] }) =>
      (kind === 'first-page' || kind === 'count') && typeof key === 'string' && key.includes('text'),
  })
}

const isBefore = (one: string, other: string) => Date.parse(one) < Date.parse(other)

import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import {
  assignTicket,
  changeDueDate,
  changePriority,
  changeStatus,
  changeSubject,
  changeTags,
  changeTeam,
  clearDueDate,
  getHomeNumbers,
  getOrganisation,
  getPerson,
  getTicket,
  getTicketSignature,
  listMessages,
  listOrganisations,
  listPeople,
  listTags,
  listTeams,
  listTicketEvents,
  listTicketMacros,
  listTicketSavedReplies,
  listTicketSlaClocks,
  listViews,
  snoozeTicket,
  unassignTicket,
  wakeTicket,
} from '@/api/generated/sdk.gen'
import { isLive } from '@/api/live'
import { isProblem } from '@/api/problem'
import { countRows, listRows, listSavedViews, searchTickets, suggestSearches } from './desk-api'
import type { RowPage } from './list-pages'
import { isBeginning, rowFrom, withNewerRows } from './list-pages'
import type { PagePlace } from './list-place'
import { forgetPlace, rememberedPlace } from './list-place'
import type { TicketChange } from './ticket-change'
import type { TicketFilter } from './ticket-filter'
import { filterKey, listQuery } from './ticket-filter'
import type { Message, Ticket, TicketRow } from './ticket-model'

/** How often an open page asks again while it does not hear of changes by themselves. */
export const POLL_MS = 15_000
/** How often it asks all the same while it does. */
const SAFETY_POLL_MS = 120_000
export const ROWS_PER_PAGE = 50
/** So many rows are kept of a list; those at the far end go, and are fetched again on the way back. */
const PAGES_MAX = 20
const SUGGESTIONS_MAX = 20

const LISTS = ['tickets', 'list'] as const

const pollEvery = (ms: number) => () => (isLive() ? SAFETY_POLL_MS : ms)

export type TicketPages = InfiniteData<RowPage, PagePlace | undefined>

export const ticketList = (filter: TicketFilter) =>
  infiniteQueryOptions({
    queryKey: [...LISTS, filterKey(filter)],
    queryFn: async ({ pageParam, signal }): Promise<RowPage> => {
      const query = { ...listQuery(filter), order: filter.order, limit: ROWS_PER_PAGE }
      try {
        return await listRows({ ...query, ...pageParam }, { signal })
      } catch (error) {
        // A place remembered for long may be of a list that has another shape by now.
        if (pageParam && isProblem(error) && error.status === 400) {
          forgetPlace(filterKey(filter))
          return await listRows(query, { signal })
        }
        throw error
      }
    },
    initialPageParam: rememberedPlace(filterKey(filter))?.page,
    getNextPageParam: (page): PagePlace | undefined =>
      page.nextCursor ? { cursor: page.nextCursor } : undefined,
    getPreviousPageParam: (page, _pages, place): PagePlace | undefined =>
      isBeginning(page, place) ? undefined : { before: page.previousCursor },
    maxPages: PAGES_MAX,
    // The list is kept current by `firstPage`, in place: a refetch of every page would move the rows.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

/** The list as it is now, to compare with what is shown. */
export const firstPage = (filter: TicketFilter) =>
  queryOptions({
    queryKey: ['tickets', 'first-page', filterKey(filter)],
    queryFn: async ({ signal }): Promise<RowPage> =>
      await listRows({ ...listQuery(filter), order: filter.order, limit: ROWS_PER_PAGE }, { signal }),
    refetchInterval: pollEvery(POLL_MS),
    staleTime: POLL_MS,
    gcTime: 0,
  })

export const ticketCount = (filter: TicketFilter) =>
  queryOptions({
    queryKey: ['tickets', 'count', filterKey({ ...filter, order: 'UPDATED' })],
    queryFn: ({ signal }) => countRows(listQuery(filter), { signal }),
    placeholderData: keepPreviousData,
  })

/** The views of people and teams. A server that knows none yet leaves the built-in ones. */
export const savedViews = () =>
  queryOptions({
    queryKey: ['tickets', 'saved-views'],
    queryFn: ({ signal }) => listSavedViews({ signal }),
    refetchInterval: pollEvery(POLL_MS * 2),
    retry: false,
  })

const HITS_PER_PAGE = 25

export const searchHits = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['tickets', 'search', q],
    queryFn: ({ pageParam, signal }) =>
      searchTickets({ q, limit: HITS_PER_PAGE, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: POLL_MS,
  })

export const searchSuggestions = (q: string) =>
  queryOptions({
    queryKey: ['tickets', 'suggestions', q],
    // TanStack Query aborts the request of a text that nobody waits for any more.
    queryFn: ({ signal }) => suggestSearches(q, { signal }),
    placeholderData: keepPreviousData,
    staleTime: POLL_MS,
    retry: false,
  })

export const oneTicket = (number: number) =>
  queryOptions({
    queryKey: ['tickets', 'one', number],
    queryFn: async ({ signal, client, queryKey }): Promise<Ticket> => {
      const arrived = await fetchTicket(number, signal)
      const known = client.getQueryData<Ticket>(queryKey)
      // A change stored while this answer was under way is newer than the answer.
      return known && known.version > arrived.version ? known : arrived
    },
    refetchInterval: pollEvery(POLL_MS),
  })

export async function fetchTicket(number: number, signal?: AbortSignal): Promise<Ticket> {
  return (await getTicket({ path: { number }, signal, throwOnError: true })).data
}

/** A conversation as far as it is known. Messages seldom move, so only what is new is asked for. */
export interface Conversation {
  messages: Message[]
  /** Up to here the server has told everything; later ones may have arrived by other ways, with gaps. */
  listedUpTo: number | undefined
}

export const ticketMessages = (number: number) =>
  queryOptions({
    queryKey: ['tickets', 'messages', number],
    queryFn: async ({ signal, client, queryKey }): Promise<Conversation> => {
      const before = client.getQueryData<Conversation>(queryKey)
      const after = before?.listedUpTo
      const { data } = await listMessages({ path: { number }, query: { after }, signal, throwOnError: true })
      const known = client.getQueryData<Conversation>(queryKey)
      // All were asked for: what was there and is not among them is on another ticket now.
      const kept = known?.messages.filter(
        (message) => after !== undefined || !before?.messages.some(({ id }) => id === message.id),
      )
      const listedUpTo = data.at(-1)?.id ?? after
      return { messages: withMessages(kept ?? [], data), listedUpTo }
    },
    refetchInterval: pollEvery(POLL_MS),
  })

export const ticketEvents = (number: number) =>
  queryOptions({
    queryKey: ['tickets', 'events', number],
    queryFn: async ({ signal }) =>
      (await listTicketEvents({ path: { number }, signal, throwOnError: true })).data,
  })

/** What was promised; it follows a change within a second or two, and is told of then. */
export const ticketSla = (number: number) =>
  queryOptions({
    queryKey: ['tickets', 'sla', number],
    queryFn: async ({ signal }) =>
      (await listTicketSlaClocks({ path: { number }, signal, throwOnError: true })).data,
    refetchInterval: pollEvery(POLL_MS),
    // A task of the release before knows of no clocks.
    retry: false,
  })

/** With their variables filled in for the ticket. */
export const ticketSavedReplies = (number: number) =>
  queryOptions({
    queryKey: ['tickets', 'saved-replies', number],
    queryFn: async ({ signal }) =>
      (await listTicketSavedReplies({ path: { number }, signal, throwOnError: true })).data,
    staleTime: POLL_MS,
  })

/** The reader's own, or else that of the ticket's team. */
export const ticketSignature = (number: number) =>
  queryOptions({
    queryKey: ['tickets', 'signature', number],
    queryFn: async ({ signal }) =>
      (await getTicketSignature({ path: { number }, signal, throwOnError: true })).data,
    staleTime: 60_000,
    retry: false,
  })

export const ticketMacros = (number: number) =>
  queryOptions({
    queryKey: ['tickets', 'macros', number],
    queryFn: async ({ signal }) =>
      (await listTicketMacros({ path: { number }, signal, throwOnError: true })).data,
    staleTime: POLL_MS,
  })

export const ticketViews = () =>
  queryOptions({
    queryKey: ['tickets', 'views'],
    queryFn: async ({ signal }) => (await listViews({ signal, throwOnError: true })).data,
    refetchInterval: pollEvery(POLL_MS * 2),
  })

export const homeNumbers = () =>
  queryOptions({
    queryKey: ['tickets', 'home'],
    queryFn: async ({ signal }) => (await getHomeNumbers({ signal, throwOnError: true })).data,
    refetchInterval: pollEvery(POLL_MS * 4),
  })

export const teams = () =>
  queryOptions({
    queryKey: ['teams'],
    queryFn: async ({ signal }) => (await listTeams({ signal, throwOnError: true })).data,
    staleTime: 60_000,
  })

export const peopleMatching = (text: string, role?: 'CUSTOMER' | 'STAFF') =>
  queryOptions({
    queryKey: ['tickets', 'people', role ?? 'ANY', text],
    queryFn: async ({ signal }) => {
      const ask = (asked?: 'CUSTOMER' | 'AGENT' | 'ADMINISTRATOR') =>
        listPeople({
          query: { text: text || undefined, role: asked, deactivated: false, limit: SUGGESTIONS_MAX },
          signal,
          throwOnError: true,
        }).then(({ data }) => data.items)
      if (role !== 'STAFF') {
        return ask(role)
      }
      const [agents, administrators] = await Promise.all([ask('AGENT'), ask('ADMINISTRATOR')])
      return [...agents, ...administrators].sort((one, other) => one.name.localeCompare(other.name))
    },
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })

export const onePerson = (id: string) =>
  queryOptions({
    queryKey: ['tickets', 'person', id],
    queryFn: async ({ signal }) => (await getPerson({ path: { id }, signal, throwOnError: true })).data,
    staleTime: 300_000,
  })

export const organisationsMatching = (text: string) =>
  queryOptions({
    queryKey: ['tickets', 'organisations', text],
    queryFn: async ({ signal }) => {
      const query = { text: text || undefined, limit: SUGGESTIONS_MAX }
      return (await listOrganisations({ query, signal, throwOnError: true })).data.items
    },
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })

export const oneOrganisation = (id: string) =>
  queryOptions({
    queryKey: ['tickets', 'organisation', id],
    queryFn: async ({ signal }) => (await getOrganisation({ path: { id }, signal, throwOnError: true })).data,
    staleTime: 300_000,
  })

export const tagsStartingWith = (startsWith: string) =>
  queryOptions({
    queryKey: ['tickets', 'tags', startsWith],
    queryFn: async ({ signal }) =>
      (await listTags({ query: { startsWith }, signal, throwOnError: true })).data,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })

/** Stores one change on top of exactly the version given. */
export async function storeChange({ number, version }: Ticket, change: TicketChange): Promise<Ticket> {
  const to = { path: { number }, headers: { 'If-Match': `"${version}"` }, throwOnError: true } as const
  switch (change.kind) {
    case 'status':
      return (await changeStatus({ ...to, body: { status: change.status } })).data
    case 'priority':
      return (await changePriority({ ...to, body: { priority: change.priority } })).data
    case 'assignee':
      return change.assignee
        ? (await assignTicket({ ...to, body: { assigneeId: change.assignee.id } })).data
        : (await unassignTicket(to)).data
    case 'team':
      return (await changeTeam({ ...to, body: { teamId: change.team.id } })).data
    case 'tags':
      return (await changeTags({ ...to, body: { tags: [...change.tags] } })).data
    case 'dueAt':
      return change.dueAt
        ? (await changeDueDate({ ...to, body: { dueAt: change.dueAt } })).data
        : (await clearDueDate(to)).data
    case 'subject':
      return (await changeSubject({ ...to, body: { subject: change.subject } })).data
    case 'snooze':
      return change.snooze
        ? (await snoozeTicket({ ...to, body: { until: change.snooze.until } })).data
        : (await wakeTicket(to)).data
  }
}

/** Puts the server's newer truth about one ticket wherever the page shows the ticket. */
export function acceptTicket(client: QueryClient, stored: Ticket) {
  client.setQueryData(oneTicket(stored.number).queryKey, (known) =>
    known && known.version > stored.version ? known : stored,
  )
  acceptRows(client, (row) => (row.number === stored.number ? rowFrom(stored, row) : row))
}

export function acceptRows(client: QueryClient, newer: (row: TicketRow) => TicketRow) {
  for (const { queryKey, state } of client.getQueryCache().findAll({ queryKey: LISTS })) {
    const data = state.data as TicketPages | undefined
    const changed = data?.pages.flatMap((page) =>
      page.items.map(newer).filter((row, i) => row !== page.items[i]),
    )
    const next = data && changed?.length ? withNewerRows(data, changed) : data
    if (next !== data) {
      // The list as a whole is as old as it was.
      client.setQueryData(queryKey, next, { updatedAt: state.dataUpdatedAt })
    }
  }
}

export function acceptMessages(client: QueryClient, number: number, messages: readonly Message[]) {
  const key = ticketMessages(number).queryKey
  client.setQueryData(key, (known) => known && { ...known, messages: withMessages(known.messages, messages) })
  client.invalidateQueries({ queryKey: key })
}

/** The row of a ticket in whichever list holds it. */
export function knownRow(client: QueryClient, number: number): TicketRow | undefined {
  return client
    .getQueriesData<InfiniteData<RowPage>>({ queryKey: LISTS })
    .flatMap(([, data]) => data?.pages ?? [])
    .flatMap((page) => page.items)
    .find((row) => row.number === number)
}

function withMessages(known: Message[], arrived: readonly Message[]): Message[] {
  const ids = new Set(known.map((message) => message.id))
  const fresh = arrived.filter((message) => !ids.has(message.id))
  return fresh.length > 0 ? [...known, ...fresh].sort((one, other) => one.id - other.id) : known
}

import { ifMatch } from '@/api/client'
import { client } from '@/api/generated/client.gen'
import type { Count, NameView, Problem } from '@/api/generated/types.gen'
import type { WireFilter } from './filter-expression'
import type { PagePlace } from './list-place'
import type { TicketListQuery } from './ticket-filter'
import type { TicketRow } from './ticket-model'
import type { Status, TicketOrder } from './ticket-words'

/**
 * What lists, views and search ask for and openapi.json does not hold yet. The generated functions and types of the
 * same names take the place of all of this.
 */
interface Asked {
  signal?: AbortSignal
}

async function get<Answer>(url: string, query: object, { signal }: Asked): Promise<Answer> {
  const { data } = await client.get<{ 200: Answer }, { default: Problem }, true>({
    url,
    query: query as Record<string, unknown>,
    signal,
    throwOnError: true,
  })
  return data as Answer
}

export interface TicketRowPage {
  items: TicketRow[]
  nextCursor?: string
  previousCursor?: string
}

export type ListQuery = TicketListQuery & PagePlace & { order?: TicketOrder; limit?: number }

export const listRows = (query: ListQuery, asked: Asked) =>
  get<TicketRowPage>('/api/v1/tickets', query, asked)

export const countRows = (query: TicketListQuery, asked: Asked) =>
  get<Count>('/api/v1/tickets/count', query, asked)

export type Visibility = 'PRIVATE' | 'TEAM' | 'EVERYONE'

export interface NewSavedView {
  name: string
  visibility: Visibility
  teamId?: string
  filter: WireFilter
  order: TicketOrder
  columns: string[]
}

export interface SavedView extends Omit<NewSavedView, 'teamId'> {
  id: string
  team?: NameView
  owner?: NameView
  mayChange: boolean
  version: number
  count?: Count
}

export interface SavedViews {
  views: SavedView[]
  /** The viewer's own order of all views, built-in ones included; those missing come last. */
  order: string[]
}

export const listSavedViews = (asked: Asked) =>
  get<SavedViews>(
    '/api/v1/saved-views',
    { counts: true, zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
    asked,
  )

export async function addSavedView(body: NewSavedView): Promise<SavedView> {
  const { data } = await client.post<{ 201: SavedView }, { default: Problem }, true>({
    url: '/api/v1/saved-views',
    body,
    headers: { 'Content-Type': 'application/json' },
    throwOnError: true,
  })
  return data as SavedView
}

export async function changeSavedView(
  { id, version }: Pick<SavedView, 'id' | 'version'>,
  body: Partial<NewSavedView>,
): Promise<SavedView> {
  const { data } = await client.patch<{ 200: SavedView }, { default: Problem }, true>({
    url: '/api/v1/saved-views/{id}',
    path: { id },
    body,
    headers: { 'Content-Type': 'application/json', 'If-Match': ifMatch(version) },
    throwOnError: true,
  })
  return data as SavedView
}

export async function deleteSavedView({ id, version }: Pick<SavedView, 'id' | 'version'>): Promise<void> {
  await client.delete<unknown, { default: Problem }, true>({
    url: '/api/v1/saved-views/{id}',
    path: { id },
    headers: { 'If-Match': ifMatch(version) },
    throwOnError: true,
  })
}

export async function orderViews(keys: readonly string[]): Promise<void> {
  await client.put<unknown, { default: Problem }, true>({
    url: '/api/v1/saved-views/order',
    body: { keys },
    headers: { 'Content-Type': 'application/json' },
    throwOnError: true,
  })
}

/** Text in which some stretches matched; places are UTF-16 units, the end is not part of the stretch. */
export interface Snippet {
  text: string
  cutBefore: boolean
  cutAfter: boolean
  matches: { start: number; end: number }[]
}

export interface SearchHit
  extends Pick<
    TicketRow,
    | 'number'
    | 'status'
    | 'lane'
    | 'priority'
    | 'requester'
    | 'team'
    | 'assignee'
    | 'tags'
    | 'createdAt'
    | 'updatedAt'
  > {
  subject: Snippet
  /** Where it leads to, if it has become part of another. */
  mergedInto?: number
  /** The newest message that holds what was looked for. */
  message?: { id: number; author: NameView; internal: boolean; createdAt: string; body: Snippet }
}

export interface SearchPage {
  items: SearchHit[]
  nextCursor?: string
}

export const searchTickets = (query: { q: string; cursor?: string; limit?: number }, asked: Asked) =>
  get<SearchPage>('/api/v1/search', query, asked)

export interface SearchSuggestions {
  tickets: { number: number; subject: string; status: Status }[]
  people: { id: string; name: string; email: string }[]
  tags: string[]
  /** What may stand in the place of the word that is being typed. */
  operators: string[]
}

export const suggestSearches = (q: string, asked: Asked) =>
  get<SearchSuggestions>('/api/v1/search/suggestions', { q }, asked)

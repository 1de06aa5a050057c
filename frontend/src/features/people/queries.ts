import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { listOrganisations, listPeople, listTeams } from '@/api/generated/sdk.gen'
import type { Role } from '@/api/generated/types.gen'

const PAGE_SIZE = 50

export const peopleKey = ['people'] as const
export const teamsKey = ['teams'] as const
export const organisationsKey = ['organisations'] as const

export interface PeopleFilter {
  text: string
  role: Role | undefined
  deactivated: boolean
}

export const peopleQuery = (filter: PeopleFilter) =>
  infiniteQueryOptions({
    queryKey: [...peopleKey, filter],
    queryFn: async ({ pageParam, signal }) =>
      (
        await listPeople({
          query: {
            text: filter.text || undefined,
            role: filter.role,
            deactivated: filter.deactivated,
            limit: PAGE_SIZE,
            cursor: pageParam,
          },
          signal,
          throwOnError: true,
        })
      ).data,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })

/** Who can be put into a team. */
export const staffQuery = (text: string) =>
  queryOptions({
    queryKey: [...peopleKey, 'staff', text],
    queryFn: async ({ signal }) =>
      (
        await listPeople({
          query: { staff: true, text: text || undefined, deactivated: false, limit: 20 },
          signal,
          throwOnError: true,
        })
      ).data.items,
    placeholderData: keepPreviousData,
  })

export const teamsQuery = () =>
  queryOptions({
    queryKey: teamsKey,
    queryFn: async ({ signal }) => (await listTeams({ signal, throwOnError: true })).data,
  })

export const organisationsQuery = (text: string) =>
  infiniteQueryOptions({
    queryKey: [...organisationsKey, text],
    queryFn: async ({ pageParam, signal }) =>
      (
        await listOrganisations({
          query: { text: text || undefined, limit: PAGE_SIZE, cursor: pageParam },
          signal,
          throwOnError: true,
        })
      ).data,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })

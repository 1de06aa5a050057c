import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client } from '@/api/generated/client.gen'
import { listPeople, listTeams } from '@/api/generated/sdk.gen'
import type { Problem } from '@/api/generated/types.gen'
import type { ReportSeries, ReportTable } from './report-model'
import { withFilters } from './report-model'
import type { ReportRequest } from './report-request'

const AGENTS_MAX = 100

/** What the server is asked for; the generated functions of the same names will take its place. */
export function reportQuery({ report, from, to, by, team, agent, compare }: ReportRequest) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return {
    url: `/api/v1/reports/${report}`,
    query: { from, to, by, zone, team, agent, compare, filterOnce: true },
  }
}

export const reportOf = (request: ReportRequest) =>
  queryOptions({
    queryKey: ['reports', reportQuery(request)],
    queryFn: async ({ signal }) => {
      const { data } = await client.get<{ 200: ReportSeries | ReportTable }, { default: Problem }, true>({
        ...reportQuery(request),
        signal,
        throwOnError: true,
      })
      return 'series' in data ? withFilters(data) : data
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })

export const reportTeams = () =>
  queryOptions({
    queryKey: ['teams'],
    queryFn: async ({ signal }) => (await listTeams({ signal, throwOnError: true })).data,
    staleTime: 60_000,
  })

export const reportAgents = () =>
  queryOptions({
    queryKey: ['reports', 'agents'],
    queryFn: async ({ signal }) => {
      const query = { staff: true, deactivated: false, limit: AGENTS_MAX }
      return (await listPeople({ query, signal, throwOnError: true })).data.items
    },
    staleTime: 60_000,
  })

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import {
  listBusinessHours,
  listOrganisations,
  listPeople,
  listSlaPolicies,
  listTeams,
  previewSlaPolicy,
} from '@/api/generated/sdk.gen'
import type { SlaRules } from '@/api/generated/types.gen'

export const businessHoursKey = ['business-hours'] as const
export const slaPoliciesKey = ['sla-policies'] as const

export const businessHoursQuery = () =>
  queryOptions({
    queryKey: businessHoursKey,
    queryFn: async ({ signal }) => (await listBusinessHours({ signal, throwOnError: true })).data,
  })

export const slaPoliciesQuery = () =>
  queryOptions({
    queryKey: slaPoliciesKey,
    queryFn: async ({ signal }) => (await listSlaPolicies({ signal, throwOnError: true })).data,
  })

export const teamsQuery = () =>
  queryOptions({
    queryKey: ['teams'],
    queryFn: async ({ signal }) => (await listTeams({ signal, throwOnError: true })).data,
  })

export const staffQuery = (text: string) =>
  queryOptions({
    queryKey: ['people', 'staff', text],
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

export const organisationsQuery = (text: string) =>
  queryOptions({
    queryKey: ['organisations', 'choices', text],
    queryFn: async ({ signal }) =>
      (await listOrganisations({ query: { text: text || undefined, limit: 20 }, signal, throwOnError: true }))
        .data.items,
    placeholderData: keepPreviousData,
  })

/** The server reckons, as it does for a ticket. */
export const previewQuery = (teamId: string, rules: SlaRules) =>
  queryOptions({
    queryKey: ['sla-preview', teamId, rules],
    queryFn: async ({ signal }) =>
      (await previewSlaPolicy({ body: { teamId, rules }, signal, throwOnError: true })).data,
    placeholderData: keepPreviousData,
    retry: false,
  })

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { listMacros, listPeople, listSavedReplies, listTeams, previewText } from '@/api/generated/sdk.gen'

export const savedRepliesKey = ['saved-replies'] as const
export const macrosKey = ['macros'] as const
/** What the composer and the picker hold of them. */
export const onTicketsKeys = [
  ['tickets', 'saved-replies'],
  ['tickets', 'macros'],
] as const

export const savedRepliesQuery = () =>
  queryOptions({
    queryKey: savedRepliesKey,
    queryFn: async ({ signal }) => (await listSavedReplies({ signal, throwOnError: true })).data,
  })

export const macrosQuery = () =>
  queryOptions({
    queryKey: macrosKey,
    queryFn: async ({ signal }) => (await listMacros({ signal, throwOnError: true })).data,
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

export interface Example {
  requesterName: string
  subject: string
  organisationName: string
}

/** The server fills the variables in, as it does on a ticket. */
export const textPreview = (text: string, example: Example) =>
  queryOptions({
    queryKey: ['text-preview', text, example],
    queryFn: async ({ signal }) =>
      (await previewText({ body: { text, ...example }, signal, throwOnError: true })).data,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })

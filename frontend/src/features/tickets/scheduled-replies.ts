import type { QueryClient } from '@tanstack/react-query'
import { queryOptions } from '@tanstack/react-query'
import { listMyScheduledReplies, listScheduledReplies } from '@/api/generated/sdk.gen'
import type { ScheduledReply } from '@/api/generated/types.gen'
import { isLive } from '@/api/live'
import { isProblem } from '@/api/problem'
import { POLL_MS } from './queries'

export type { ScheduledReply } from '@/api/generated/types.gen'

const SAFETY_POLL_MS = 120_000
/** That a reply has gone out is told a moment after its time. */
const TOLD_WITHIN_MS = 1_500

const OF_TICKET = ['tickets', 'scheduled-replies'] as const
const OWN = ['tickets', 'own-scheduled-replies'] as const

/** Replies of a ticket that wait for their time, and what came back to its reader. */
export const scheduledReplies = (number: number) =>
  queryOptions({
    queryKey: [...OF_TICKET, number],
    queryFn: ({ signal }) =>
      orNone(async () => (await listScheduledReplies({ path: { number }, signal, throwOnError: true })).data),
    refetchInterval: ({ state }) => untilNext(state.data ?? []),
    retry: false,
  })

/** The reader's own, on whichever ticket. */
export const ownScheduledReplies = () =>
  queryOptions({
    queryKey: OWN,
    queryFn: ({ signal }) =>
      orNone(async () => (await listMyScheduledReplies({ signal, throwOnError: true })).data),
    refetchInterval: ({ state }) => untilNext(state.data ?? []),
    retry: false,
  })

export function refreshScheduledReplies(client: QueryClient, number: number) {
  void client.invalidateQueries({ queryKey: scheduledReplies(number).queryKey, exact: true })
  void client.invalidateQueries({ queryKey: OWN })
}

/** Puts what the server said of one reply wherever the page shows it. */
export function acceptScheduledReply(client: QueryClient, reply: ScheduledReply) {
  const isThere = reply.state === 'WAITING' || reply.state === 'RETURNED'
  for (const { queryKey } of [scheduledReplies(reply.ticketNumber), ownScheduledReplies()]) {
    client.setQueryData<ScheduledReply[]>(queryKey, (known = []) => [
      ...known.filter(({ id }) => id !== reply.id),
      ...(isThere ? [reply] : []),
    ])
  }
}

/** A task of the release before has no such replies. */
async function orNone(ask: () => Promise<ScheduledReply[]>): Promise<ScheduledReply[]> {
  try {
    return await ask()
  } catch (error) {
    if (isProblem(error) && error.status === 404) {
      return []
    }
    throw error
  }
}

function untilNext(replies: readonly ScheduledReply[]): number {
  const poll = isLive() ? SAFETY_POLL_MS : POLL_MS
  const next = replies
    .filter(({ state }) => state === 'WAITING')
    .map(({ sendAt }) => Date.parse(sendAt) - Date.now() + TOLD_WITHIN_MS)
  return Math.max(TOLD_WITHIN_MS, Math.min(poll, ...next))
}

import type { TicketSla, TicketSlaClock } from '@/api/generated/types.gen'

const HOUR_MS = 3_600_000

export type SlaState = 'paused' | 'running' | 'soon' | 'late'

/** How a clock stands that is not over; what is late stays so while it is paused. */
export function slaState({ isPaused, dueAt }: Pick<TicketSla, 'isPaused' | 'dueAt'>, now: number): SlaState {
  const left = dueAt === undefined ? undefined : Date.parse(dueAt) - now
  if (left !== undefined && left < 0) return 'late'
  if (isPaused) return 'paused'
  return left !== undefined && left < HOUR_MS ? 'soon' : 'running'
}

/** What a row shows of a ticket: of all that is not over, what is due first. */
export function mostUrgent(clocks: readonly TicketSlaClock[]): TicketSla | undefined {
  const due = ({ dueAt }: TicketSlaClock) => (dueAt ? Date.parse(dueAt) : Number.POSITIVE_INFINITY)
  const first = clocks
    .filter(({ state }) => state === 'RUNNING' || state === 'PAUSED')
    .reduce<TicketSlaClock | undefined>(
      (best, clock) => (best === undefined || due(clock) < due(best) ? clock : best),
      undefined,
    )
  return first && { target: first.target, isPaused: first.state === 'PAUSED', dueAt: first.dueAt }
}

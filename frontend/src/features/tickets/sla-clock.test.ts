import { expect, test } from 'vitest'
import type { TicketSlaClock } from '@/api/generated/types.gen'
import { mostUrgent, slaState } from './sla-clock'

const NOW = Date.parse('2026-07-06T10:00:00Z')
const clock = (part: Partial<TicketSlaClock>): TicketSlaClock => ({
  target: 'RESOLUTION',
  state: 'RUNNING',
  promisedSeconds: 3600,
  elapsedSeconds: 0,
  ...part,
})

test('says how a clock stands', () => {
  expect(slaState({ isPaused: false, dueAt: '2026-07-06T09:59:00Z' }, NOW)).toBe('late')
  expect(slaState({ isPaused: true, dueAt: '2026-07-06T09:59:00Z' }, NOW)).toBe('late')
  expect(slaState({ isPaused: false, dueAt: '2026-07-06T10:30:00Z' }, NOW)).toBe('soon')
  expect(slaState({ isPaused: false, dueAt: '2026-07-07T10:30:00Z' }, NOW)).toBe('running')
  expect(slaState({ isPaused: true }, NOW)).toBe('paused')
})

test('a row shows what is due first of what is not over', () => {
  expect(mostUrgent([clock({ state: 'FULFILLED', dueAt: '2026-07-05T00:00:00Z' })])).toBeUndefined()
  expect(
    mostUrgent([
      clock({ target: 'FIRST_REPLY', state: 'PAUSED' }),
      clock({ dueAt: '2026-07-08T00:00:00Z' }),
      clock({ target: 'NEXT_REPLY', dueAt: '2026-07-07T00:00:00Z' }),
    ]),
  ).toEqual({ target: 'NEXT_REPLY', isPaused: false, dueAt: '2026-07-07T00:00:00Z' })
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PacedWork } from './paced-work'

let doneAt: number[]
let begunAt: number
let takesMs: number
let paced: PacedWork

beforeEach(() => {
  vi.useFakeTimers()
  doneAt = []
  takesMs = 0
  begunAt = Date.now()
  paced = new PacedWork(
    () => {
      doneAt.push(Date.now() - begunAt)
      return new Promise((resolve) => setTimeout(resolve, takesMs))
    },
    { afterMs: [200, 600], everyMs: 3_000 },
  )
})

afterEach(() => {
  paced.stop()
  vi.useRealTimers()
})

const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('is done once for all who ask, some time after the first', async () => {
  paced.ask()
  await passes(190)
  paced.ask()
  expect(doneAt).toEqual([])
  await passes(410)
  paced.stop()
  expect(doneAt).toHaveLength(1)
})

test('a stream of events is not more work than the pace allows, and the last one is not forgotten', async () => {
  for (let event = 0; event < 100; event++) {
    paced.ask()
    await passes(100)
  }
  const lastAsked = Date.now() - begunAt - 100
  await passes(4_000)
  expect(doneAt.length).toBeLessThanOrEqual(6)
  for (const [index, at] of doneAt.slice(1).entries()) {
    expect(at - (doneAt[index] ?? 0)).toBeGreaterThanOrEqual(3_000)
  }
  expect(doneAt.at(-1)).toBeGreaterThan(lastAsked)
})

test('is never under way twice', async () => {
  takesMs = 10_000
  paced.ask()
  await passes(1_000)
  paced.ask()
  await passes(9_000)
  expect(doneAt).toHaveLength(1)
  await passes(2_000)
  expect(doneAt).toHaveLength(2)
})

test('while paused it is kept, and then done at once and once', async () => {
  paced.pause()
  paced.ask()
  paced.ask()
  await passes(60_000)
  expect(doneAt).toEqual([])
  paced.resume()
  await passes(0)
  expect(doneAt).toEqual([60_000])
  await passes(10_000)
  expect(doneAt).toHaveLength(1)
})

test('work that fails is done again when it is asked for again', async () => {
  let attempts = 0
  const failing = new PacedWork(
    async () => {
      attempts++
      throw new Error('offline')
    },
    { afterMs: [0, 0], everyMs: 1_000 },
  )
  failing.ask()
  await passes(100)
  failing.ask()
  await passes(1_000)
  expect(attempts).toBe(2)
})

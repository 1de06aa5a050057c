import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { OwnPresence } from './own-presence'

let told: string[]
let answer: () => Promise<void>
let presence: OwnPresence

beforeEach(() => {
  vi.useFakeTimers()
  told = []
  answer = async () => {}
  presence = new OwnPresence({
    show: (number, activity) => {
      told.push(`${number} ${activity}`)
      return answer()
    },
    end: (number) => {
      told.push(`${number} left`)
      return answer()
    },
  })
})

afterEach(() => {
  presence.leave()
  vi.useRealTimers()
})

const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('tells that a ticket is open, again and again, and when it is closed', async () => {
  presence.at(7)
  await passes(500)
  expect(told).toEqual(['7 VIEWING'])
  await passes(30_000)
  expect(told).toEqual(['7 VIEWING', '7 VIEWING', '7 VIEWING'])
  presence.left(7)
  await passes(60_000)
  expect(told.slice(3)).toEqual(['7 left'])
})

test('leafing through a list tells only where one stays', async () => {
  presence.at(7)
  await passes(100)
  presence.left(7)
  presence.at(8)
  await passes(100)
  presence.left(8)
  presence.at(9)
  await passes(1_000)
  expect(told).toEqual(['9 VIEWING'])
})

test('a reply is told at once, until nothing has been typed for a minute', async () => {
  presence.at(7)
  await passes(500)
  presence.takesUp()
  await passes(0)
  expect(told).toEqual(['7 VIEWING'])
  presence.types()
  await passes(0)
  expect(told).toEqual(['7 VIEWING', '7 REPLYING'])
  presence.types()
  await passes(0)
  expect(told).toHaveLength(2)
  await passes(90_000)
  expect(told.at(-1)).toBe('7 VIEWING')
})

test('a reply that is sent or put aside is not being written any more', async () => {
  presence.at(7)
  presence.types()
  await passes(0)
  presence.pauses()
  await passes(0)
  expect(told).toEqual(['7 REPLYING', '7 VIEWING'])
  presence.takesUp()
  await passes(0)
  expect(told.at(-1)).toBe('7 REPLYING')
})

test('what was written on one ticket says nothing about the next', async () => {
  presence.at(7)
  presence.types()
  await passes(0)
  presence.left(7)
  presence.at(8)
  presence.takesUp()
  await passes(500)
  expect(told).toEqual(['7 REPLYING', '8 VIEWING'])
})

test('a tab out of sight repeats nothing, and tells again when it is seen', async () => {
  presence.at(7)
  await passes(500)
  presence.setVisible(false)
  await passes(60_000)
  expect(told).toEqual(['7 VIEWING'])
  presence.setVisible(true)
  await passes(0)
  expect(told).toEqual(['7 VIEWING', '7 VIEWING'])
})

test('tells in order, however slowly it is answered', async () => {
  let letGo = () => {}
  answer = () =>
    new Promise((resolve) => {
      letGo = resolve
    })
  presence.at(7)
  await passes(500)
  presence.types()
  presence.left(7)
  await passes(5_000)
  expect(told).toEqual(['7 VIEWING'])
  letGo()
  await passes(0)
  expect(told).toEqual(['7 VIEWING', '7 left'])
})

test('a page that goes says so at once, and once', async () => {
  presence.at(7)
  await passes(500)
  presence.leave()
  expect(told).toEqual(['7 VIEWING', '7 left'])
  presence.leave()
  await passes(60_000)
  expect(told).toHaveLength(2)
})

test('a server that cannot be reached is told later', async () => {
  answer = () => Promise.reject(new TypeError('Failed to fetch'))
  presence.at(7)
  await passes(500)
  await passes(15_000)
  expect(told).toEqual(['7 VIEWING', '7 VIEWING'])
})

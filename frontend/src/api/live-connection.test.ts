import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LiveStreams } from '@/test/live-streams'
import { LiveConnection } from './live-connection'

let server: LiveStreams
let connection: LiveConnection
let heard: string[]
let isConnected: boolean

beforeEach(() => {
  vi.useFakeTimers()
  server = new LiveStreams()
  heard = []
  isConnected = false
  connection = new LiveConnection({
    open: server.answer,
    lastEventId: '',
    onEvent: ({ name, data }, lastEventId) => heard.push(`${name} ${data} ${lastEventId}`),
    onState: (next) => {
      isConnected = next
    },
  })
})

afterEach(() => {
  connection.stop()
  vi.useRealTimers()
})

const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const lastAsked = () => server.asked.at(-1)?.lastEventId

test('hears events, and is connected from hello on', async () => {
  await passes(0)
  expect(isConnected).toBe(false)
  server.hello({ id: '1' })
  await passes(0)
  expect(isConnected).toBe(true)
  server.send('event: ticket\nid: 2\ndata: ')
  server.send('1\n\n')
  await passes(0)
  expect(heard).toEqual(['hello {"release":"r1","resumed":false} 1', 'ticket 1 2'])
})

test('after goodbye it comes again at once, from where it was', async () => {
  await passes(0)
  server.hello()
  await passes(15_000)
  server.event('goodbye', { reason: 'RELEASE' }, '7')
  await passes(0)
  expect(server.asked).toHaveLength(2)
  expect(lastAsked()).toBe('7')
  expect(server.openCount).toBe(1)
})

test('a server that bids goodbye at once is not asked in circles', async () => {
  await passes(0)
  server.hello()
  server.event('goodbye', { reason: 'RELEASE' })
  await passes(400)
  expect(server.asked).toHaveLength(1)
  await passes(600)
  expect(server.asked).toHaveLength(2)
})

test('after a failure it waits, longer each time, up to half a minute', async () => {
  server.refusal = { status: 503 }
  await passes(0)
  server.breakOff()
  await passes(1_000)
  expect(server.asked).toHaveLength(2)
  await passes(2_000)
  expect(server.asked).toHaveLength(3)
  await passes(600_000)
  const before = server.asked.length
  await passes(14_000)
  expect(server.asked.length - before).toBeLessThanOrEqual(1)
  await passes(46_000)
  expect(server.asked.length - before).toBeGreaterThanOrEqual(2)
})

test('a wake ends the wait', async () => {
  server.refusal = { status: 503 }
  await passes(0)
  server.breakOff()
  await passes(120_000)
  const before = server.asked.length
  server.refusal = undefined
  connection.wake()
  await passes(0)
  expect(server.asked).toHaveLength(before + 1)
  server.hello()
  await passes(0)
  expect(isConnected).toBe(true)
})

test('waits as long as the server asks it to', async () => {
  server.refusal = { status: 429, headers: { 'Retry-After': '40' } }
  await passes(0)
  server.breakOff()
  await passes(1_000)
  const before = server.asked.length
  await passes(38_000)
  expect(server.asked).toHaveLength(before)
  await passes(2_000)
  expect(server.asked).toHaveLength(before + 1)
})

test('a connection that says nothing for long is dead', async () => {
  await passes(0)
  server.hello()
  await passes(35_000)
  server.send(':\nid: 5\n\n')
  await passes(35_000)
  expect(server.asked).toHaveLength(1)
  await passes(6_000)
  expect(server.asked).toHaveLength(2)
  expect(lastAsked()).toBe('5')
})

test('after a sleep a connection is not trusted any more', async () => {
  await passes(0)
  server.hello()
  await passes(10_000)
  connection.wake()
  await passes(0)
  expect(server.asked).toHaveLength(1)
  vi.setSystemTime(Date.now() + 3_600_000)
  connection.wake()
  await passes(0)
  expect(server.asked).toHaveLength(2)
})

test('once stopped it asks no more', async () => {
  await passes(0)
  server.hello()
  await passes(0)
  connection.stop()
  await passes(120_000)
  expect(server.asked).toHaveLength(1)
  expect(server.asked[0]?.signal?.aborted).toBe(true)
})

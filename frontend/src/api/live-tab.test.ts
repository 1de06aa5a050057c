import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LiveStreams } from '@/test/live-streams'
import type { LiveEvent } from './live-event'
import { LiveTab } from './live-tab'

interface Request {
  work: () => Promise<void>
  reject: (error: Error) => void
}

/** What tabs of one browser share. */
class Browser {
  readonly channels = new Set<FakeChannel>()
  readonly #waiting: Request[] = []
  #holder: Request | undefined

  readonly newChannel = (): BroadcastChannel => {
    const channel = new FakeChannel(this)
    this.channels.add(channel)
    return channel as unknown as BroadcastChannel
  }

  readonly locks = {
    request: (_name: string, options: LockOptions, work: () => Promise<void>) =>
      new Promise<void>((resolve, reject) => {
        const request = { work: () => work().then(resolve, reject), reject }
        options.signal?.addEventListener('abort', () => {
          const index = this.#waiting.indexOf(request)
          if (index >= 0) {
            this.#waiting.splice(index, 1)
            reject(new DOMException('aborted', 'AbortError'))
          }
        })
        if (options.steal) {
          this.#holder?.reject(new DOMException('stolen', 'AbortError'))
          this.#holder = undefined
          this.#waiting.unshift(request)
        } else {
          this.#waiting.push(request)
        }
        queueMicrotask(() => this.#grant())
      }),
  } as unknown as LockManager

  #grant() {
    const next = this.#holder ? undefined : this.#waiting.shift()
    if (!next) return
    this.#holder = next
    void next.work().finally(() => {
      if (this.#holder !== next) return
      this.#holder = undefined
      this.#grant()
    })
  }
}

class FakeChannel {
  onmessage: ((event: { data: unknown }) => void) | null = null
  /** As a tab that the browser has frozen. */
  isFrozen = false
  readonly #browser: Browser

  constructor(browser: Browser) {
    this.#browser = browser
  }

  postMessage(data: unknown) {
    if (this.isFrozen) return
    const others = [...this.#browser.channels].filter((other) => other !== this && !other.isFrozen)
    for (const other of others) queueMicrotask(() => other.onmessage?.({ data: structuredClone(data) }))
  }

  close() {
    this.#browser.channels.delete(this)
  }
}

let browser: Browser
let server: LiveStreams
let tabs: LiveTab[]

beforeEach(() => {
  vi.useFakeTimers()
  browser = new Browser()
  server = new LiveStreams()
  tabs = []
})

afterEach(() => {
  for (const tab of tabs) tab.stop()
  vi.useRealTimers()
})

const passes = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

async function opens({ withLocks = true } = {}) {
  const heard: LiveEvent[] = []
  const seen = { isConnected: false }
  const tab = new LiveTab({
    name: 'live',
    open: server.answer,
    onEvent: (event) => heard.push(event),
    onState: (isConnected) => {
      seen.isConnected = isConnected
    },
    locks: withLocks ? browser.locks : undefined,
    newChannel: browser.newChannel,
  })
  tabs.push(tab)
  const channel = [...browser.channels].at(-1)
  await passes()
  return {
    tab,
    heard,
    seen,
    freeze: () => {
      if (channel) channel.isFrozen = true
    },
    tickets: () => heard.flatMap((event) => (event.kind === 'ticket' ? [event.ticket] : [])),
    hellos: () => heard.flatMap((event) => (event.kind === 'hello' ? [event.resumed] : [])),
  }
}

test('three tabs hold one connection, and all hear what it says', async () => {
  const first = await opens()
  const second = await opens()
  const third = await opens()
  expect(server.openCount).toBe(1)
  server.hello()
  server.event('ticket', { ticket: 7, change: 'STATUS' }, '2')
  await passes()
  for (const tab of [first, second, third]) {
    expect(tab.hellos()).toEqual([false])
    expect(tab.tickets()).toEqual([7])
    expect(tab.seen.isConnected).toBe(true)
  }
  await passes(30_000)
  expect(server.asked).toHaveLength(1)
})

test('a tab that opens later is told that it may have missed something', async () => {
  await opens()
  server.hello()
  await passes(1_000)
  const late = await opens()
  expect(late.hellos()).toEqual([false])
  expect(late.seen.isConnected).toBe(true)
  await passes(16_000)
  expect(late.hellos()).toEqual([false])
})

test('when the tab that connects closes, another goes on from what it heard last', async () => {
  const first = await opens()
  const second = await opens()
  server.hello()
  server.event('ticket', { ticket: 7, change: 'STATUS' }, '2')
  await passes()
  first.tab.stop()
  await passes()
  expect(server.openCount).toBe(1)
  expect(server.asked.map(({ lastEventId }) => lastEventId)).toEqual(['', '2'])
  server.hello({ resumed: true, id: '2' })
  server.event('ticket', { ticket: 8, change: 'STATUS' }, '3')
  await passes()
  expect(second.hellos()).toEqual([false, true])
  expect(second.tickets()).toEqual([7, 8])
})

test('a tab that is frozen with the connection is not waited for', async () => {
  const first = await opens()
  const second = await opens()
  server.hello()
  await passes()
  first.freeze()
  await passes(30_000)
  server.send(':\n\n')
  await passes(14_000)
  expect(server.asked).toHaveLength(1)
  await passes(7_000)
  expect(server.openCount).toBe(1)
  expect(server.asked).toHaveLength(2)
  server.hello({ resumed: true })
  await passes()
  expect(second.seen.isConnected).toBe(true)
})

test('a tab in the background that answers keeps the connection', async () => {
  const first = await opens()
  const second = await opens()
  server.hello()
  await passes()
  second.tab.wake()
  await passes(30_000)
  expect(server.asked).toHaveLength(1)
  expect(first.seen.isConnected).toBe(true)
})

test('without locks each tab connects for itself, while it is in sight', async () => {
  const first = await opens({ withLocks: false })
  const second = await opens({ withLocks: false })
  server.hello({ id: '4' })
  await passes()
  expect(server.openCount).toBe(2)
  first.tab.sleep()
  expect(first.seen.isConnected).toBe(false)
  await passes()
  expect(server.openCount).toBe(1)
  first.tab.wake()
  await passes()
  expect(server.openCount).toBe(2)
  expect(server.asked.at(-1)?.lastEventId).toBe('4')
  expect(second.hellos()).toEqual([false])
})

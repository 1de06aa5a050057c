import { beforeEach, describe, expect, test } from 'vitest'
import { restorationOf, restoringChanges } from './restoration'
import type { TicketChange } from './ticket-change'
import { applyChange, applyChanges } from './ticket-change'
import type { Ticket } from './ticket-model'
import type { WriteTrouble } from './ticket-writes'
import { TicketWrites } from './ticket-writes'

class Stale extends Error {}
class Refused extends Error {}

/** A server with one ticket, its version check, and answers that the test lets go one by one. */
class FakeServer {
  ticket: Ticket
  held: (() => void)[] = []
  holding = false
  refuseNext = false
  stored: TicketChange[] = []

  constructor(ticket: Ticket) {
    this.ticket = ticket
  }

  async store(base: Ticket, change: TicketChange): Promise<Ticket> {
    if (this.holding) {
      await new Promise<void>((resolve) => this.held.push(resolve))
    }
    if (this.refuseNext) {
      this.refuseNext = false
      throw new Refused()
    }
    if (base.version !== this.ticket.version) {
      throw new Stale()
    }
    this.byAnyone(change)
    this.stored.push(change)
    return this.ticket
  }

  byAnyone(change: TicketChange) {
    this.ticket = { ...applyChange(this.ticket, change), version: this.ticket.version + 1 }
  }
}

const aTicket: Ticket = {
  number: 10482,
  subject: 'Printer on fire',
  status: 'OPEN',
  lane: 'TO_DO',
  allowedStatuses: ['IN_PROGRESS', 'RESOLVED'],
  priority: 'MEDIUM',
  requester: { id: 'r', name: 'Rita Requester', email: 'rita@example.com' },
  team: { id: 't1', name: 'Support' },
  tags: ['printer'],
  createdAt: '2026-11-20T08:00:00Z',
  updatedAt: '2026-11-20T08:00:00Z',
  version: 3,
}
const high: TicketChange = { kind: 'priority', priority: 'HIGH' }
const low: TicketChange = { kind: 'priority', priority: 'LOW' }
const resolved: TicketChange = { kind: 'status', status: 'RESOLVED' }
const toDana: TicketChange = { kind: 'assignee', assignee: { id: 'd', name: 'Dana' } }

let server: FakeServer
let cached: Ticket
let troubles: WriteTrouble[]
let writes: TicketWrites

const shown = () => applyChanges(cached, writes.waiting(aTicket.number))

beforeEach(() => {
  server = new FakeServer(aTicket)
  cached = aTicket
  troubles = []
  writes = new TicketWrites({
    current: async () => cached,
    fetch: async () => server.ticket,
    store: (base, change) => server.store(base, change),
    isStale: (error) => error instanceof Stale,
    accept: (ticket) => {
      cached = ticket
    },
    trouble: (trouble) => troubles.push(trouble),
  })
})

describe('snoozing', () => {
  const untilAnswer: TicketChange = { kind: 'snooze', snooze: {} }

  test('moves what is to do to the other lane, and back', () => {
    const snoozed = applyChange(aTicket, untilAnswer)
    expect(snoozed).toMatchObject({ status: 'OPEN', lane: 'WAITING', snooze: {} })
    expect(applyChange(snoozed, { kind: 'snooze', snooze: null })).toEqual(aTicket)
    expect(applyChange(snoozed, resolved)).toMatchObject({ lane: 'DONE', snooze: undefined })
    // And back, all that it brought about.
    const stored = { before: snoozed, after: applyChange(snoozed, resolved) }
    expect(restoringChanges(stored)).toEqual([{ kind: 'status', status: 'OPEN' }, untilAnswer])
    expect(restorationOf(stored)).toEqual([
      { property: 'STATUS', from: 'OPEN', to: 'RESOLVED' },
      { property: 'SNOOZE', from: 'ANSWER', to: undefined },
    ])
  })

  test('follows on a version that somebody tagged, not on one that the customer answered', async () => {
    server.byAnyone({ kind: 'tags', tags: ['vip'] })
    expect(await writes.change(10482, untilAnswer)).toBeDefined()
    await writes.change(10482, { kind: 'snooze', snooze: null })

    server.byAnyone({ kind: 'status', status: 'IN_PROGRESS' })
    expect(await writes.change(10482, untilAnswer)).toBeUndefined()
    expect(troubles).toMatchObject([{ kind: 'overtaken', change: untilAnswer }])
    expect(server.ticket.snooze).toBeUndefined()
  })
})

describe('ticket writes', () => {
  test('shows a change before the server has answered', async () => {
    server.holding = true
    const done = writes.change(10482, high)
    expect(shown().priority).toBe('HIGH')
    expect(cached.priority).toBe('MEDIUM')
    server.holding = false
    await Promise.resolve()
    for (const go of server.held) go()
    expect(await done).toBeDefined()
    expect(cached.priority).toBe('HIGH')
    expect(writes.waiting(10482)).toEqual([])
  })

  test('quick edits of one ticket are stored one after the other, each on the version before', async () => {
    const results = await Promise.all([high, toDana, low].map((change) => writes.change(10482, change)))
    expect(results.map((stored) => stored?.after.version)).toEqual(
      [1, 2, 3].map((more) => aTicket.version + more),
    )
    expect(server.stored).toEqual([high, toDana, low])
    expect(cached.version).toBe(aTicket.version + 3)
    expect(troubles).toEqual([])
  })

  test('a refused change leaves the page exactly as it was, other waiting changes kept', async () => {
    server.refuseNext = true
    const refused = writes.change(10482, high)
    const kept = writes.change(10482, toDana)
    expect(shown()).toMatchObject({ priority: 'HIGH', assignee: { name: 'Dana' } })
    expect(await refused).toBeUndefined()
    expect(shown()).toEqual({ ...aTicket, assignee: { id: 'd', name: 'Dana' } })
    expect(await kept).toBeDefined()
    expect(troubles).toMatchObject([{ kind: 'failed', number: 10482, change: high }])
  })

  test('a refused change alone is rolled back to the very same ticket', async () => {
    server.refuseNext = true
    await writes.change(10482, high)
    expect(shown()).toBe(aTicket)
  })

  test("follows a colleague's change of another property without asking", async () => {
    server.byAnyone(toDana)
    expect(await writes.change(10482, high)).toBeDefined()
    expect(cached).toMatchObject({ priority: 'HIGH', assignee: { name: 'Dana' } })
    expect(troubles).toEqual([])
  })

  test("does not overwrite a colleague's change of the same property", async () => {
    server.byAnyone(low)
    expect(await writes.change(10482, high)).toBeUndefined()
    expect(server.ticket.priority).toBe('LOW')
    expect(shown().priority).toBe('LOW')
    expect(troubles).toMatchObject([
      { kind: 'overtaken', change: high, before: aTicket, now: { priority: 'LOW' } },
    ])
    expect(await writes.change(10482, high)).toBeDefined()
    expect(server.ticket.priority).toBe('HIGH')
  })

  test('never resolves over something that was not seen', async () => {
    server.byAnyone({ kind: 'tags', tags: ['printer', 'urgent'] })
    expect(await writes.change(10482, resolved)).toBeUndefined()
    expect(server.ticket.status).toBe('OPEN')
    expect(troubles).toMatchObject([{ kind: 'overtaken', change: resolved }])
  })

  test('asks for nothing when the ticket already is so', async () => {
    expect(await writes.change(10482, { kind: 'priority', priority: 'MEDIUM' })).toBeDefined()
    expect(server.stored).toEqual([])
  })

  test('a change waits for a reply that is on its way', async () => {
    let replied = () => {}
    const reply = writes.inLine(10482, () => new Promise<void>((resolve) => (replied = resolve)))
    const change = writes.change(10482, high)
    await Promise.resolve()
    expect(server.stored).toEqual([])
    replied()
    await reply
    expect(await change).toBeDefined()
    expect(server.stored).toEqual([high])
  })

  test('tickets do not wait for each other', async () => {
    writes.inLine(10482, () => new Promise<void>(() => {}))
    cached = { ...aTicket, number: 10483 }
    server.ticket = cached
    expect(await writes.change(10483, high)).toBeDefined()
  })

  test('is settled once all that was asked for is stored or refused', async () => {
    server.holding = true
    server.refuseNext = true
    void writes.change(10482, high)
    void writes.change(10482, toDana)
    let isSettled = false
    const settled = writes.settled(10482).then(() => {
      isSettled = true
    })
    await expect.poll(() => server.held.length).toBe(1)
    server.held[0]?.()
    await expect.poll(() => server.held.length).toBe(2)
    expect(isSettled).toBe(false)
    server.held[1]?.()
    await settled
    expect(server.stored).toEqual([toDana])
    await writes.settled(10483)
  })

  test('tells listeners, and hands out the same array until something changes', async () => {
    const seen: number[] = []
    const stop = writes.subscribe(() => seen.push(writes.waiting(10482).length))
    const done = writes.change(10482, high)
    expect(writes.waiting(10482)).toBe(writes.waiting(10482))
    await done
    stop()
    await writes.change(10482, low)
    expect(seen).toEqual([1, 0])
  })
})

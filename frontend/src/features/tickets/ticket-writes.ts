import type { TicketChange } from './ticket-change'
import { agreesOn, changesNothing } from './ticket-change'
import type { Ticket } from './ticket-model'

/** How a change ended, other than well. */
export type WriteTrouble =
  /** Someone else wrote the same property first; nothing of ours was stored. */
  | { kind: 'overtaken'; number: number; change: TicketChange; before: Ticket; now: Ticket }
  /** The server refused, or could not be reached; nothing of ours was stored. */
  | { kind: 'failed'; number: number; change: TicketChange; error: unknown }

/** What a change made of the ticket, with all that it brought about. */
export interface StoredChange {
  before: Ticket
  after: Ticket
}

export interface TicketGateway {
  /** The newest copy this page holds, or the server's. */
  current(number: number): Promise<Ticket>
  /** The server's copy, now. */
  fetch(number: number): Promise<Ticket>
  /** Stores the change on top of exactly this version. */
  store(ticket: Ticket, change: TicketChange): Promise<Ticket>
  isStale(error: unknown): boolean
  /** The server's new truth about a ticket. */
  accept(ticket: Ticket): void
  trouble(trouble: WriteTrouble): void
}

interface Line {
  changes: TicketChange[]
  last: Promise<void>
}

const NOTHING: readonly TicketChange[] = []
/** Versions that may overtake one change before it counts as failed. */
const ATTEMPTS_MAX = 4

/**
 * Changes on their way to the server, one line for each ticket, so that quick edits by one person never
 * overtake each other. The query cache holds only what the server said; what the page shows is that plus
 * the waiting changes. A refused change is taken out of the line, and the page is exactly as it was.
 */
export class TicketWrites {
  readonly #gateway: TicketGateway
  readonly #lines = new Map<number, Line>()
  readonly #listeners = new Set<() => void>()
  #shown = new Map<number, readonly TicketChange[]>()

  constructor(gateway: TicketGateway) {
    this.#gateway = gateway
  }

  /** Adds a change to the ticket's line. The promise ends with what it made of the ticket, or nothing if it was not stored. */
  change(number: number, change: TicketChange): Promise<StoredChange | undefined> {
    const line = this.#line(number)
    line.changes.push(change)
    this.#show(number)
    return this.#enqueue(number, () => this.#store(number, change))
  }

  /**
   * Shows several changes at once that one request stores, all or none. The promise is rejected with why it was none,
   * and the page is exactly as it was.
   */
  together(
    number: number,
    changes: readonly TicketChange[],
    store: (base: Ticket) => Promise<Ticket>,
  ): Promise<StoredChange> {
    return this.shownWhile(number, changes, () => this.#storeTogether(number, changes, store))
  }

  /**
   * Shows changes that other work on the ticket makes, as long as it takes; what it makes of the ticket it tells the page
   * by itself.
   */
  shownWhile<T>(number: number, changes: readonly TicketChange[], work: () => Promise<T>): Promise<T> {
    this.#line(number).changes.push(...changes)
    this.#show(number)
    return this.#enqueue(number, async () => {
      try {
        return await work()
      } finally {
        for (const change of changes) {
          this.#takeOut(number, change)
        }
      }
    })
  }

  /**
   * Runs other work on the ticket in the same line: a reply changes the ticket's version too, so changes
   * asked for after it have to wait for it.
   */
  inLine<T>(number: number, work: () => Promise<T>): Promise<T> {
    return this.#enqueue(number, work)
  }

  /** Ends when nothing is under way on the ticket. */
  settled(number: number): Promise<void> {
    return this.#lines.get(number)?.last ?? Promise.resolve()
  }

  /** The changes of a ticket that the server has not answered yet; the same array until they change. */
  waiting(number: number): readonly TicketChange[] {
    return this.#shown.get(number) ?? NOTHING
  }

  /** All waiting changes; the same map until they change. */
  readonly allWaiting = (): ReadonlyMap<number, readonly TicketChange[]> => this.#shown

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async #store(number: number, change: TicketChange): Promise<StoredChange | undefined> {
    try {
      let base = await this.#gateway.current(number)
      for (let attempt = 1; ; attempt++) {
        try {
          const stored = changesNothing(base, change) ? base : await this.#gateway.store(base, change)
          this.#gateway.accept(stored)
          this.#takeOut(number, change)
          return { before: base, after: stored }
        } catch (error) {
          if (!this.#gateway.isStale(error) || attempt === ATTEMPTS_MAX) {
            throw error
          }
          const now = await this.#gateway.fetch(number)
          if (!mayFollow(change, base, now)) {
            this.#gateway.accept(now)
            this.#takeOut(number, change)
            this.#gateway.trouble({ kind: 'overtaken', number, change, before: base, now })
            return undefined
          }
          base = now
        }
      }
    } catch (error) {
      this.#takeOut(number, change)
      this.#gateway.trouble({ kind: 'failed', number, change, error })
      return undefined
    }
  }

  async #storeTogether(
    number: number,
    changes: readonly TicketChange[],
    store: (base: Ticket) => Promise<Ticket>,
  ): Promise<StoredChange> {
    let base = await this.#gateway.current(number)
    for (let attempt = 1; ; attempt++) {
      try {
        const after = await store(base)
        this.#gateway.accept(after)
        return { before: base, after }
      } catch (error) {
        if (!this.#gateway.isStale(error) || attempt === ATTEMPTS_MAX) {
          throw error
        }
        const now = await this.#gateway.fetch(number)
        const before = base
        if (!changes.every((change) => mayFollow(change, before, now))) {
          this.#gateway.accept(now)
          throw error
        }
        base = now
      }
    }
  }

  #enqueue<T>(number: number, work: () => Promise<T>): Promise<T> {
    const line = this.#line(number)
    const done = line.last.then(work)
    line.last = done.then(
      () => undefined,
      () => undefined,
    )
    return done
  }

  #line(number: number): Line {
    let line = this.#lines.get(number)
    if (!line) {
      line = { changes: [], last: Promise.resolve() }
      this.#lines.set(number, line)
    }
    return line
  }

  #takeOut(number: number, change: TicketChange) {
    const line = this.#line(number)
    line.changes.splice(line.changes.indexOf(change), 1)
    this.#show(number)
  }

  #show(number: number) {
    const changes = this.#line(number).changes
    this.#shown = new Map(this.#shown)
    if (changes.length > 0) {
      this.#shown.set(number, [...changes])
    } else {
      this.#shown.delete(number)
    }
    for (const listener of this.#listeners) {
      listener()
    }
  }
}

/**
 * A colleague who changed something else is no reason to ask: the change follows on the newer version.
 * Status is never followed blindly, because a newer version may hold a message that its author has not read. Nor is a
 * snooze where the status is another, which a customer's answer makes it: it would put the answer out of sight.
 */
function mayFollow(change: TicketChange, before: Ticket, now: Ticket): boolean {
  return (
    change.kind !== 'status' &&
    agreesOn(change.kind, before, now) &&
    (change.kind !== 'snooze' || agreesOn('status', before, now))
  )
}

import type { PresentPerson, TicketPresence } from '@/api/generated/types.gen'

export type Colleague = PresentPerson

const NOBODY: readonly Colleague[] = []

/** Who else is at which ticket, as far as this page was told. */
export class Colleagues {
  readonly #myId: string
  readonly #listeners = new Set<() => void>()
  #tickets: ReadonlyMap<number, readonly Colleague[]> = new Map()
  /** What was told one by one while all of it was asked for, and is newer than the answer. */
  #toldMeanwhile = new Set<number>()

  constructor(myId: string) {
    this.#myId = myId
  }

  /** The same map until somebody comes, goes or does something else. */
  readonly all = (): ReadonlyMap<number, readonly Colleague[]> => this.#tickets

  /** The same list until it changes. */
  at(ticketNumber: number): readonly Colleague[] {
    return this.#tickets.get(ticketNumber) ?? NOBODY
  }

  /** The people who are at a ticket by now. */
  told({ ticket, people }: TicketPresence) {
    this.#toldMeanwhile.add(ticket)
    const next = new Map(this.#tickets)
    this.#put(next, { ticket, people })
    this.#set(next)
  }

  /** Takes the place of all that was told before. */
  async askFor(list: () => Promise<readonly TicketPresence[]>) {
    const toldMeanwhile = new Set<number>()
    this.#toldMeanwhile = toldMeanwhile
    const tickets = await list()
    if (toldMeanwhile !== this.#toldMeanwhile) {
      return
    }
    const next = new Map([...this.#tickets].filter(([number]) => toldMeanwhile.has(number)))
    for (const presence of tickets) {
      if (!toldMeanwhile.has(presence.ticket)) {
        this.#put(next, presence)
      }
    }
    this.#set(next)
  }

  /** Nobody knows any more. */
  forget() {
    this.#toldMeanwhile = new Set()
    this.#set(new Map())
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #put(tickets: Map<number, readonly Colleague[]>, { ticket, people }: TicketPresence) {
    const others = people.filter(({ id }) => id !== this.#myId)
    const known = this.at(ticket)
    if (others.length === 0) {
      tickets.delete(ticket)
    } else {
      tickets.set(ticket, isSame(known, others) ? known : others)
    }
  }

  #set(tickets: ReadonlyMap<number, readonly Colleague[]>) {
    this.#tickets = tickets
    for (const listener of this.#listeners) {
      listener()
    }
  }
}

function isSame(some: readonly Colleague[], others: readonly Colleague[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ id, name, activity }, index) => {
      const other = others[index]
      return other?.id === id && other.name === name && other.activity === activity
    })
  )
}

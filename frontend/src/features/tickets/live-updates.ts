import type { QueryClient } from '@tanstack/react-query'
import type { LiveEvent } from '@/api/live-event'
import type { Pace } from '@/lib/paced-work'
import { PacedWork } from '@/lib/paced-work'
import { knownRow } from './queries'
import {
  isTicketShown,
  markTicketStale,
  refreshFoundByWords,
  refreshOverviews,
  refreshRow,
  refreshSla,
  refreshTicket,
  shownTickets,
  showsPart,
} from './refresh'
import { forgetMessages, RELATING } from './relations'
import { refreshScheduledReplies } from './scheduled-replies'
import type { TicketWrites } from './ticket-writes'

const OPEN_TICKETS: Pace = { afterMs: [0, 40], everyMs: 250 }
const ROWS: Pace = { afterMs: [50, 250], everyMs: 1_000 }
/** Everybody on the desk asks for these after each event. */
const OVERVIEWS: Pace = { afterMs: [200, 600], everyMs: 3_000 }
/** What is found by words is found once the index has followed. */
const FOUND_BY_WORDS: Pace = { afterMs: [3_000, 4_000], everyMs: 6_000 }
const ROWS_AT_ONCE_MAX = 10
/** Of more rows than these, those at the top of the list are refreshed with it. */
const ROWS_WAITING_MAX = 100

/** Fetches again what the page shows of tickets that changed: the open one at once, rows soon, lists and counts in time. */
export class LiveUpdates {
  readonly #client: QueryClient
  readonly #writes: Pick<TicketWrites, 'settled'>
  /** And whether a message came: that alone raises no version of the ticket. */
  readonly #openTickets = new Map<number, boolean>()
  /** With the newest public reply that their rows may not tell of. */
  readonly #rows = new Map<number, number | undefined>()
  readonly #slas = new Set<number>()
  readonly #openWork = new PacedWork(() => this.#refreshOpenTickets(), OPEN_TICKETS)
  readonly #rowWork = new PacedWork(() => this.#refreshRows(), ROWS)
  readonly #slaWork = new PacedWork(() => this.#refreshSlas(), ROWS)
  readonly #overviewWork = new PacedWork(() => this.#refreshOverviews(), OVERVIEWS)
  readonly #wordsWork = new PacedWork(() => refreshFoundByWords(this.#client), FOUND_BY_WORDS)
  #isVisible = true
  #isBack = false

  constructor(client: QueryClient, writes: Pick<TicketWrites, 'settled'>) {
    this.#client = client
    this.#writes = writes
  }

  hear(event: LiveEvent) {
    if (event.kind === 'ticket') {
      // What the reader has under way is on the page already, and is told to the page by its own answer.
      void this.#writes.settled(event.ticket).then(() => this.#changed(event))
    } else if (event.kind === 'hello' && !event.resumed) {
      this.refreshAll()
    }
  }

  /** Nobody knows what has changed. */
  refreshAll() {
    for (const number of shownTickets(this.#client)) {
      forgetMessages(this.#client, number)
      this.#openTickets.set(number, true)
    }
    this.#openWork.ask()
    this.#overviewWork.ask()
  }

  /** While nobody looks nothing is fetched; what happened meanwhile is fetched once, when somebody does. */
  setVisible(isVisible: boolean) {
    this.#isBack ||= isVisible && !this.#isVisible
    this.#isVisible = isVisible
    for (const work of this.#allWork()) {
      if (isVisible) {
        work.resume()
      } else {
        work.pause()
      }
    }
  }

  stop() {
    for (const work of this.#allWork()) {
      work.stop()
    }
  }

  #changed({ ticket, change, message }: LiveEvent & { kind: 'ticket' }) {
    if (change === 'SCHEDULED_REPLY') {
      refreshScheduledReplies(this.#client, ticket)
      return
    }
    if (change === 'SLA') {
      // Only the clocks have followed what was told of before.
      if (isTicketShown(this.#client, ticket) || knownRow(this.#client, ticket)) {
        this.#slas.add(ticket)
        this.#slaWork.ask()
      }
      return
    }
    markTicketStale(this.#client, ticket)
    if (isTicketShown(this.#client, ticket)) {
      this.#openTickets.set(ticket, message !== undefined || this.#openTickets.get(ticket) === true)
      this.#openWork.ask()
    }
    if (RELATING.has(change)) {
      forgetMessages(this.#client, ticket)
      for (const kind of ['links', 'merged']) {
        void this.#client.invalidateQueries({ queryKey: ['tickets', kind, ticket], exact: true })
      }
    }
    // What is written on a ticket that was merged is read on the one that it has become part of.
    for (const shown of message === undefined ? [] : shownTickets(this.#client)) {
      if (showsPart(this.#client, shown, ticket)) {
        this.#openTickets.set(shown, true)
        this.#openWork.ask()
      }
    }
    if (knownRow(this.#client, ticket) && this.#rows.size < ROWS_WAITING_MAX) {
      this.#rows.set(ticket, change === 'PUBLIC_REPLY' ? message : this.#rows.get(ticket))
      this.#rowWork.ask()
    }
    this.#overviewWork.ask()
    this.#wordsWork.ask()
  }

  async #refreshOpenTickets() {
    const tickets = [...this.#openTickets]
    this.#openTickets.clear()
    await Promise.all(
      tickets.map(([number, withMessages]) => refreshTicket(this.#client, number, { withMessages })),
    )
  }

  async #refreshRows() {
    const rows = [...this.#rows].slice(0, ROWS_AT_ONCE_MAX)
    for (const [number] of rows) {
      this.#rows.delete(number)
    }
    if (this.#rows.size > 0) {
      this.#rowWork.ask()
    }
    // A ticket that has gone to a team of others stays in the list as it was, until the list is asked for anew.
    await Promise.allSettled(rows.map(([number, reply]) => refreshRow(this.#client, number, reply)))
  }

  async #refreshSlas() {
    const slas = [...this.#slas].slice(0, ROWS_AT_ONCE_MAX)
    for (const number of slas) {
      this.#slas.delete(number)
    }
    if (this.#slas.size > 0) {
      this.#slaWork.ask()
    }
    await Promise.allSettled(slas.map((number) => refreshSla(this.#client, number)))
  }

  async #refreshOverviews() {
    if (this.#client.isMutating() > 0) {
      // The order of views, say, would be shown as it was before, for a moment.
      this.#overviewWork.ask()
      return
    }
    // A page that comes to sight asks by itself for what is old by then.
    const cancelRefetch = !this.#isBack
    this.#isBack = false
    await refreshOverviews(this.#client, { cancelRefetch })
  }

  #allWork() {
    return [this.#openWork, this.#rowWork, this.#slaWork, this.#overviewWork, this.#wordsWork]
  }
}

import type { QueryClient } from '@tanstack/react-query'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react'
import { addNote, endPresence, replyToTicket, scheduleReply, showPresence } from '@/api/generated/sdk.gen'
import type { Draft } from '@/api/generated/types.gen'
import { subscribeToLive } from '@/api/live'
import { isProblem } from '@/api/problem'
import type { Colleague } from './colleagues'
import { Colleagues } from './colleagues'
import { draftGateway } from './draft-gateway'
import type { DraftState } from './draft-sync'
import { DraftSync } from './draft-sync'
import type { OutgoingMessage, Sent } from './message-outbox'
import { MessageOutbox } from './message-outbox'
import { OwnPresence } from './own-presence'
import {
  acceptMessages,
  acceptRows,
  acceptTicket,
  fetchTicket,
  oneTicket,
  storeChange,
  ticketEvents,
} from './queries'
import type { RunningBulkEdit } from './running-bulk-edits'
import { RunningBulkEdits } from './running-bulk-edits'
import type { ScheduledReply } from './scheduled-replies'
import { acceptScheduledReply } from './scheduled-replies'
import { applyChanges } from './ticket-change'
import type { Message, Ticket, TicketRow } from './ticket-model'
import type { WriteTrouble } from './ticket-writes'
import { TicketWrites } from './ticket-writes'
import type { ComposerKind, UnsentText } from './unsent-text'
import { isEmpty, placeOf, ticketOfPlace, UnsentTexts } from './unsent-text'

/** What one agent has under way on this page: changes, messages, and text not sent; and who else is at which ticket. */
export class TicketDesk {
  readonly writes: TicketWrites
  readonly outbox: MessageOutbox
  readonly unsent: UnsentTexts
  readonly drafts: DraftSync
  readonly colleagues: Colleagues
  readonly presence: OwnPresence
  /** Tickets that were taken by beginning to write: whoever gives one back is not made to take it again. */
  readonly takenByWriting = new Set<number>()
  readonly runningBulkEdits = new RunningBulkEdits()
  readonly #troubleListeners = new Set<(trouble: WriteTrouble) => void>()
  readonly #heldListeners = new Set<(reply: ScheduledReply) => void>()
  readonly #backListeners = new Set<(ticketNumber: number, kind: ComposerKind) => void>()
  /** What was sent from this page and is kept back, as it was written. */
  readonly #held = new Map<string, OutgoingMessage>()

  readonly #personId: string

  constructor(client: QueryClient, storage: Storage, personId: string) {
    this.#personId = personId
    this.unsent = new UnsentTexts(storage, personId)
    this.colleagues = new Colleagues(personId)
    this.presence = ownPresence(crypto.randomUUID())
    this.writes = new TicketWrites({
      current: (number) => client.ensureQueryData(oneTicket(number)),
      fetch: (number) => fetchTicket(number),
      store: storeChange,
      isStale: (error) => isProblem(error, 'stale-version'),
      accept: (ticket) => {
        acceptTicket(client, ticket)
        client.invalidateQueries({ queryKey: ticketEvents(ticket.number).queryKey })
      },
      trouble: (trouble) => {
        for (const listener of this.#troubleListeners) {
          listener(trouble)
        }
      },
    })
    this.outbox = new MessageOutbox(
      {
        send: (message) => this.writes.inLine(message.ticketNumber, () => send(message)),
        newerMessages,
        delivered: (outgoing, { message, held }) => {
          this.drafts.sent(placeOf(outgoing.ticketNumber, outgoing.kind), outgoing.draftVersion)
          if (held) {
            this.#held.set(held.id, outgoing)
            acceptScheduledReply(client, held)
            for (const listener of this.#heldListeners) {
              listener(held)
            }
            return
          }
          if (outgoing.remindAt) {
            const snooze = { until: outgoing.remindAt }
            void this.writes.change(outgoing.ticketNumber, { kind: 'snooze', snooze })
          }
          acceptMessages(client, outgoing.ticketNumber, [message])
          acceptRows(client, (row) =>
            row.number === outgoing.ticketNumber && outgoing.kind === 'reply'
              ? { ...row, lastMessageAt: message.createdAt, lastMessageBy: 'STAFF' }
              : row,
          )
          client.invalidateQueries({ queryKey: ticketEvents(outgoing.ticketNumber).queryKey })
        },
        overtaken: (outgoing, newer) => {
          acceptMessages(client, outgoing.ticketNumber, newer)
          this.giveBack(outgoing, true)
        },
      },
      storage,
      personId,
    )
    this.drafts = new DraftSync(this.unsent, draftGateway(this.outbox), storage, personId)

    const send = async (message: OutgoingMessage) => {
      const sent = await post(message)
      if (sent.held) {
        return sent
      }
      // A message changes its ticket's version; a change that waits behind it needs the new one.
      const ticket = await fetchTicket(message.ticketNumber).catch(() => undefined)
      if (ticket) {
        acceptTicket(client, ticket)
      }
      return sent
    }
  }

  /** Puts a message that was not sent back where its author writes, before anything written meanwhile. */
  giveBack(outgoing: OutgoingMessage, heldBack: boolean) {
    const place = placeOf(outgoing.ticketNumber, outgoing.kind)
    const meanwhile = this.unsent.read(place)
    this.unsent.keep(place, {
      text: isEmpty(meanwhile) ? outgoing.text : `${outgoing.text}\n\n${meanwhile.text}`,
      attachments: [...outgoing.attachments, ...meanwhile.attachments],
      thenStatus: outgoing.thenStatus,
      reminder: outgoing.reminder,
      leavesOutSignature: outgoing.withSignature === false ? true : undefined,
      begunAfter: outgoing.lastSeenMessageId,
      heldBack,
    })
    for (const listener of this.#backListeners) {
      listener(outgoing.ticketNumber, outgoing.kind)
    }
  }

  /** Puts a reply that the server kept back, and does not any more, where it was written. */
  takeBack({ id, ticketNumber, author, content }: ScheduledReply) {
    const written = this.#held.get(id)
    this.#held.delete(id)
    if (content) {
      this.giveBack(
        {
          id,
          ticketNumber,
          kind: 'reply',
          text: content.text,
          // Files belong to whoever uploaded them.
          attachments: author.id === this.#personId ? content.attachments : [],
          thenStatus: content.thenStatus,
          reminder: written?.reminder,
          withSignature: content.withSignature,
          lastSeenMessageId: content.lastSeenMessageId,
          writtenAt: '',
          state: { kind: 'sending' },
        },
        false,
      )
    }
  }

  /** Told of each reply that was sent and is kept back for now. */
  onHeld(listener: (reply: ScheduledReply) => void): () => void {
    this.#heldListeners.add(listener)
    return () => this.#heldListeners.delete(listener)
  }

  /** Told when a text is back where it was written. */
  onBack(listener: (ticketNumber: number, kind: ComposerKind) => void): () => void {
    this.#backListeners.add(listener)
    return () => this.#backListeners.delete(listener)
  }

  /** Drafts come and go, until the function returned is called. */
  followDrafts(): () => void {
    let onTheirWay = new Set<string>()
    const followOutbox = () => {
      const before = onTheirWay
      onTheirWay = new Set(this.outbox.all().map((each) => placeOf(each.ticketNumber, each.kind)))
      for (const place of before) {
        if (!onTheirWay.has(place)) {
          this.drafts.released(place)
        }
      }
    }
    followOutbox()
    const followVisibility = () => this.drafts.setVisible(document.visibilityState === 'visible')
    const leave = () => this.drafts.flush({ isLeaving: true })
    const retry = () => this.drafts.retry()
    document.addEventListener('visibilitychange', followVisibility)
    window.addEventListener('pagehide', leave)
    window.addEventListener('online', retry)
    const stops = [
      this.outbox.subscribe(followOutbox),
      subscribeToLive((event) => {
        if (event.kind === 'draft') {
          this.drafts.heard(event.ticket, event.draft, event.version)
        } else if (event.kind === 'hello') {
          this.drafts.heardAgain()
        }
      }),
      this.drafts.start(),
    ]
    return () => {
      document.removeEventListener('visibilitychange', followVisibility)
      window.removeEventListener('pagehide', leave)
      window.removeEventListener('online', retry)
      for (const stop of stops) {
        stop()
      }
    }
  }

  onTrouble(listener: (trouble: WriteTrouble) => void): () => void {
    this.#troubleListeners.add(listener)
    return () => this.#troubleListeners.delete(listener)
  }

  hasUnsentWork(): boolean {
    return this.drafts.holdsUnsaved() || this.outbox.all().length > 0 || this.writes.allWaiting().size > 0
  }
}

/** A tab is where it was last seen, so that going from one ticket to the next needs no leaving. */
function ownPresence(tab: string) {
  return new OwnPresence({
    show: (number, activity) =>
      showPresence({ path: { number, tab }, body: { activity }, throwOnError: true }),
    // The page may be gone before it is answered.
    end: (number) => endPresence({ path: { number, tab }, keepalive: true, throwOnError: true }),
  })
}

async function post(message: OutgoingMessage): Promise<Sent> {
  const to = {
    path: { number: message.ticketNumber },
    headers: { 'Idempotency-Key': message.id },
    query: { draft: message.draftVersion },
    throwOnError: true,
  } as const
  const body = { body: message.text, attachmentIds: message.attachments.map((attachment) => attachment.id) }
  if (message.kind === 'note') {
    return { message: (await addNote({ ...to, body })).data }
  }
  const reply = { ...body, lastSeenMessageId: message.lastSeenMessageId ?? 0, thenStatus: message.thenStatus }
  if (message.isHeld) {
    try {
      const { remindAt, sendAt, sendAnyway, withSignature } = message
      const later = { remindAt, sendAt, sendAnyway, withSignature }
      return { held: (await scheduleReply({ ...to, body: { ...reply, ...later } })).data }
    } catch (error) {
      // A task of the release before can only send at once, which is not what a time was chosen for.
      if (!(isProblem(error) && error.status === 404) || message.sendAt) {
        throw error
      }
    }
  }
  const query = { ...to.query, signature: message.withSignature }
  return { message: (await replyToTicket({ ...to, query, body: reply })).data }
}

function newerMessages(error: unknown): readonly Message[] | undefined {
  return isProblem(error, 'newer-messages') ? ((error.document.newerMessages ?? []) as Message[]) : undefined
}

const DeskContext = createContext<TicketDesk | undefined>(undefined)

export function TicketDeskProvider({ personId, children }: { personId: string; children: ReactNode }) {
  const client = useQueryClient()
  const [desk] = useState(() => new TicketDesk(client, sessionStorage, personId))

  useEffect(() => desk.followDrafts(), [desk])

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (desk.hasUnsentWork()) {
        event.preventDefault()
      }
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [desk])

  return <DeskContext value={desk}>{children}</DeskContext>
}

export function useTicketDesk(): TicketDesk {
  const desk = use(DeskContext)
  if (!desk) {
    throw new Error('useTicketDesk needs a TicketDeskProvider above it')
  }
  return desk
}

/** A ticket or row as it will be once the server agrees with what waits. */
export function useWithWaitingChanges(): <T extends Ticket | TicketRow>(ticket: T) => T {
  const { writes } = useTicketDesk()
  const waiting = useSyncExternalStore(writes.subscribe, writes.allWaiting)
  return (ticket) => applyChanges(ticket, waiting.get(ticket.number) ?? [])
}

export function useOutgoing(ticketNumber: number): OutgoingMessage[] {
  const { outbox } = useTicketDesk()
  return useSyncExternalStore(outbox.subscribe, outbox.all).filter(
    (each) => each.ticketNumber === ticketNumber,
  )
}

export function useUnsent(ticketNumber: number, kind: ComposerKind): UnsentText {
  const { unsent } = useTicketDesk()
  return useSyncExternalStore(unsent.subscribe, () => unsent.read(placeOf(ticketNumber, kind)))
}

/** Whether the server keeps what is written here, so that it is found on other devices. */
export function useDraftState(ticketNumber: number, kind: ComposerKind): DraftState {
  const { drafts } = useTicketDesk()
  return useSyncExternalStore(drafts.subscribe, () => drafts.state(placeOf(ticketNumber, kind)))
}

/** What was written on another device, where it is not what is here. */
export function useTheirDraft(ticketNumber: number, kind: ComposerKind): Draft | undefined {
  const { drafts } = useTicketDesk()
  return useSyncExternalStore(drafts.subscribe, () => drafts.theirs(placeOf(ticketNumber, kind)))
}

/** Where something waits to be sent: replies and notes of tickets. */
export function useUnsentPlaces(): readonly string[] {
  const { unsent } = useTicketDesk()
  useSyncExternalStore(unsent.subscribe, unsent.tickets)
  return unsent.places().filter((place) => ticketOfPlace(place) !== undefined)
}

/** The edits of many tickets that are under way. */
export function useRunningBulkEdits(): readonly RunningBulkEdit[] {
  const { runningBulkEdits } = useTicketDesk()
  return useSyncExternalStore(runningBulkEdits.subscribe, runningBulkEdits.all)
}

/** The tickets that hold text their author has not sent. */
export function useUnsentTickets(): ReadonlySet<number> {
  const { unsent } = useTicketDesk()
  return useSyncExternalStore(unsent.subscribe, unsent.tickets)
}

/** Who else is at which ticket; a list stays the same until it changes. */
export function useColleagues(): ReadonlyMap<number, readonly Colleague[]> {
  const { colleagues } = useTicketDesk()
  return useSyncExternalStore(colleagues.subscribe, colleagues.all)
}

export function useColleaguesAt(ticketNumber: number): readonly Colleague[] {
  const { colleagues } = useTicketDesk()
  return useSyncExternalStore(colleagues.subscribe, () => colleagues.at(ticketNumber))
}

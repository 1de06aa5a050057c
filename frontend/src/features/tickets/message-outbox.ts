import type { Reminder } from './mornings'
import type { ScheduledReply } from './scheduled-replies'
import type { Attachment, Message } from './ticket-model'
import type { Status } from './ticket-words'
import type { ComposerKind } from './unsent-text'

/** A message that was sent by its author and that the server has not confirmed. */
export interface OutgoingMessage {
  /** Also the Idempotency-Key: sending again with the same id can never make a second message. */
  id: string
  ticketNumber: number
  kind: ComposerKind
  text: string
  /** When the ticket is to come back should the customer not have answered. */
  remindAt?: string
  /** What that was chosen as. */
  reminder?: Reminder
  withSignature?: boolean
  /** Whether the server keeps it back: for a moment, or until a time. */
  isHeld?: boolean
  /** The time, where it is not a moment. */
  sendAt?: string
  /** At that time also where somebody wrote meanwhile. */
  sendAnyway?: boolean
  attachments: readonly Attachment[]
  thenStatus?: Status
  lastSeenMessageId?: number
  /** The version of the draft that this was written as; it ends with the message. */
  draftVersion?: number
  writtenAt: string
  state: { kind: 'sending' } | { kind: 'failed'; error?: unknown }
}

/** What has become of a message: it is there, or the server keeps it back. */
export type Sent = { message: Message; held?: never } | { held: ScheduledReply; message?: never }

export interface OutboxGateway {
  send(message: OutgoingMessage): Promise<Sent>
  /** The messages that overtook a reply, where that is why it was refused. */
  newerMessages(error: unknown): readonly Message[] | undefined
  delivered(outgoing: OutgoingMessage, sent: Sent): void
  /** A reply came too late: its text goes back to its author. */
  overtaken(outgoing: OutgoingMessage, newer: readonly Message[]): void
}

/** The messages of one person on their way to the server. Those that failed wait here, also over a reload. */
export class MessageOutbox {
  readonly #gateway: OutboxGateway
  readonly #storage: Storage
  readonly #key: string
  readonly #listeners = new Set<() => void>()
  #messages: readonly OutgoingMessage[]

  constructor(gateway: OutboxGateway, storage: Storage, personId: string) {
    this.#gateway = gateway
    this.#storage = storage
    this.#key = `tealdesk.outbox.${personId}`
    this.#messages = this.#restore()
  }

  async send(written: Omit<OutgoingMessage, 'id' | 'writtenAt' | 'state'>): Promise<void> {
    const message: OutgoingMessage = {
      ...written,
      id: crypto.randomUUID(),
      writtenAt: new Date().toISOString(),
      state: { kind: 'sending' },
    }
    this.#set([...this.#messages, message])
    await this.#deliver(message)
  }

  /** Sends a failed message again under its old id. */
  async retry(id: string): Promise<void> {
    const failed = this.#messages.find((message) => message.id === id && message.state.kind === 'failed')
    if (failed) {
      await this.#deliver(this.#replace({ ...failed, state: { kind: 'sending' } }))
    }
  }

  /** Takes a failed message out, for its author to change or to forget. */
  takeBack(id: string): OutgoingMessage | undefined {
    const message = this.#messages.find((each) => each.id === id && each.state.kind === 'failed')
    if (message) {
      this.#remove(id)
    }
    return message
  }

  /** The same array until something changes. */
  readonly all = (): readonly OutgoingMessage[] => this.#messages

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async #deliver(outgoing: OutgoingMessage) {
    try {
      const sent = await this.#gateway.send(outgoing)
      this.#gateway.delivered(outgoing, sent)
      this.#remove(outgoing.id)
    } catch (error) {
      const newer = this.#gateway.newerMessages(error)
      if (newer) {
        this.#remove(outgoing.id)
        this.#gateway.overtaken(outgoing, newer)
      } else {
        this.#replace({ ...outgoing, state: { kind: 'failed', error } })
      }
    }
  }

  #replace(message: OutgoingMessage): OutgoingMessage {
    this.#set(this.#messages.map((each) => (each.id === message.id ? message : each)))
    return message
  }

  #remove(id: string) {
    this.#set(this.#messages.filter((each) => each.id !== id))
  }

  #set(messages: readonly OutgoingMessage[]) {
    this.#messages = messages
    try {
      if (messages.length > 0) {
        this.#storage.setItem(
          this.#key,
          JSON.stringify(messages.map((each) => ({ ...each, state: undefined }))),
        )
      } else {
        this.#storage.removeItem(this.#key)
      }
    } catch {
      // The tab's storage is full. The messages stay on the page, and leaving still warns.
    }
    for (const listener of this.#listeners) {
      listener()
    }
  }

  /** What a reload interrupted may have arrived or not; the id makes asking again harmless. */
  #restore(): OutgoingMessage[] {
    try {
      const stored: unknown = JSON.parse(this.#storage.getItem(this.#key) ?? '[]')
      return Array.isArray(stored) ? stored.map((each) => ({ ...each, state: { kind: 'failed' } })) : []
    } catch {
      return []
    }
  }
}

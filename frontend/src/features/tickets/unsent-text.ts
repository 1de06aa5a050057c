import type { Reminder } from './mornings'
import type { Attachment } from './ticket-model'
import type { Status } from './ticket-words'

export type ComposerKind = 'reply' | 'note'

/** What someone has written and not sent. */
export interface UnsentText {
  text: string
  attachments: readonly Attachment[]
  /** The status to set with the message. */
  thenStatus?: Status
  reminder?: Reminder
  leavesOutSignature?: boolean
  /** The newest message when writing began: anything newer arrived meanwhile. */
  begunAfter?: number
  /** The server held the reply back because of newer messages. */
  heldBack?: boolean
}

export const NOTHING_UNSENT: UnsentText = { text: '', attachments: [] }

const STORAGE_PREFIX = 'tealdesk.unsent'

/**
 * The unsent texts of one person in this tab; they survive reload, navigation and the end of the session.
 * Reply and note of a ticket are two places, so that a note never turns up in what a customer reads.
 */
export class UnsentTexts {
  readonly #storage: Storage
  readonly #prefix: string
  readonly #texts = new Map<string, UnsentText>()
  readonly #listeners = new Set<(place: string) => void>()
  #tickets: ReadonlySet<number> = new Set()

  constructor(storage: Storage, personId: string) {
    this.#storage = storage
    this.#prefix = `${STORAGE_PREFIX}.${personId}.`
    for (const key of Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')) {
      const unsent = key.startsWith(this.#prefix) ? parse(storage.getItem(key)) : undefined
      if (unsent) {
        this.#texts.set(key.slice(this.#prefix.length), unsent)
      }
    }
    this.#tickets = this.#ticketsNow()
  }

  /** The same object until it changes. */
  read(place: string): UnsentText {
    return this.#texts.get(place) ?? NOTHING_UNSENT
  }

  keep(place: string, unsent: UnsentText) {
    const key = this.#prefix + place
    if (isEmpty(unsent)) {
      this.#texts.delete(place)
      this.#storage.removeItem(key)
    } else {
      this.#texts.set(place, unsent)
      try {
        this.#storage.setItem(key, JSON.stringify(unsent))
      } catch {
        // The tab's storage is full. The text stays on the page, and leaving warns.
      }
    }
    this.#tickets = this.#ticketsNow()
    for (const listener of this.#listeners) {
      listener(place)
    }
  }

  forget(place: string) {
    this.keep(place, NOTHING_UNSENT)
  }

  /** The tickets that hold something; the same set until something is kept or forgotten. */
  readonly tickets = (): ReadonlySet<number> => this.#tickets

  /** Where something is kept. */
  places(): string[] {
    return [...this.#texts.keys()]
  }

  /** The listener is told the place. */
  readonly subscribe = (listener: (place: string) => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #ticketsNow(): ReadonlySet<number> {
    return new Set([...this.#texts.keys()].map(ticketOfPlace).filter((number) => number !== undefined))
  }
}

export function placeOf(ticketNumber: number, kind: ComposerKind): string {
  return `${ticketNumber}.${kind}`
}

/** Undefined for the ticket that is being opened, which has no number yet. */
export function ticketOfPlace(place: string): number | undefined {
  const number = Number.parseInt(place, 10)
  return Number.isNaN(number) ? undefined : number
}

export function isEmpty(unsent: UnsentText): boolean {
  return unsent.text.trim() === '' && unsent.attachments.length === 0
}

function parse(stored: string | null): UnsentText | undefined {
  try {
    const value: unknown = JSON.parse(stored ?? 'null')
    return isUnsentText(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isUnsentText(value: unknown): value is UnsentText {
  return (
    typeof value === 'object' &&
    value !== null &&
    'text' in value &&
    typeof value.text === 'string' &&
    'attachments' in value &&
    Array.isArray(value.attachments)
  )
}

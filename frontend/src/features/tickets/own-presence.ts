import type { PresenceActivity } from '@/api/generated/types.gen'

/** The server forgets after 40 s. */
const REPEAT_MS = 15_000
/** Whoever leafs through a list is at none of its tickets. */
const STAYS_AFTER_MS = 300
const STILL_WRITES_MS = 60_000

export interface PresenceGateway {
  show(ticketNumber: number, activity: PresenceActivity): Promise<unknown>
  end(ticketNumber: number): Promise<unknown>
}

interface Whereabouts {
  ticketNumber: number
  activity: PresenceActivity
}

/** Tells the others which ticket is open in this tab, and whether a reply is being written there. */
export class OwnPresence {
  readonly #gateway: PresenceGateway
  #ticketNumber: number | undefined
  #isVisible = true
  #isWriting = false
  #typedAt = Number.NEGATIVE_INFINITY
  #told: Whereabouts | undefined
  #isTelling = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(gateway: PresenceGateway) {
    this.#gateway = gateway
  }

  /** The ticket that is open here by now. */
  at(ticketNumber: number) {
    this.#moveTo(ticketNumber)
  }

  /** The ticket is not open here any more; another one may be. */
  left(ticketNumber: number) {
    if (this.#ticketNumber === ticketNumber) {
      this.#moveTo(undefined)
    }
  }

  /** Something was typed into the reply. */
  types() {
    this.#typedAt = Date.now()
    this.takesUp()
  }

  /** The reply has the focus. */
  takesUp() {
    this.#isWriting = true
    this.#tellNews()
  }

  /** The reply was sent, put aside, or lost the focus. */
  pauses() {
    this.#isWriting = false
    this.#tellNews()
  }

  /** Where nobody looks nothing is repeated, and the server soon forgets. */
  setVisible(isVisible: boolean) {
    this.#isVisible = isVisible
    if (isVisible && this.#ticketNumber !== undefined) {
      this.#tellIn(0)
    }
  }

  /** The page is about to go, and has no time to wait for its turn. */
  leave() {
    clearTimeout(this.#timer)
    void this.#end()
  }

  #moveTo(ticketNumber: number | undefined) {
    this.#ticketNumber = ticketNumber
    this.#isWriting = false
    this.#typedAt = Number.NEGATIVE_INFINITY
    this.#tellIn(STAYS_AFTER_MS)
  }

  #now(): Whereabouts | undefined {
    const writes = this.#isWriting && Date.now() - this.#typedAt < STILL_WRITES_MS
    return this.#ticketNumber === undefined
      ? undefined
      : { ticketNumber: this.#ticketNumber, activity: writes ? 'REPLYING' : 'VIEWING' }
  }

  #tellNews() {
    const now = this.#now()
    if (now && now.activity !== (this.#told?.activity ?? 'VIEWING')) {
      this.#tellIn(0)
    }
  }

  #tellIn(ms: number) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#tell(), ms)
  }

  /** One after the other, or the server could hear them in another order. */
  async #tell() {
    if (this.#isTelling) {
      return
    }
    this.#isTelling = true
    const now = this.#now()
    if (!now) {
      await this.#end()
    } else if (this.#isVisible) {
      this.#told = now
      // What fails is told again soon.
      await this.#gateway.show(now.ticketNumber, now.activity).catch(() => {})
    }
    this.#isTelling = false
    const next = this.#now()
    if (next?.ticketNumber !== now?.ticketNumber || next?.activity !== now?.activity) {
      this.#tellIn(0)
    } else if (next && this.#isVisible) {
      this.#tellIn(REPEAT_MS)
    }
  }

  async #end() {
    const told = this.#told
    this.#told = undefined
    if (told) {
      await this.#gateway.end(told.ticketNumber).catch(() => {})
    }
  }
}

import type { Draft } from '@/api/generated/types.gen'
import type { ComposerKind, UnsentText, UnsentTexts } from './unsent-text'
import { isEmpty, placeOf, ticketOfPlace } from './unsent-text'

/** After the last key; but somebody who never pauses is not kept waiting for long. */
const SAVES_AFTER_MS = 1_000
const SAVES_WITHIN_MS = 5_000
const RETRIES_AFTER_MS = 2_000
const RETRIES_AFTER_MS_MAX = 60_000
/** A page that comes to sight again asks what was written elsewhere, but not each time somebody switches tabs. */
const LOADED_FOR_MS = 60_000
const LOADED_JUST_NOW_MS = 3_000

const KINDS = ['reply', 'note'] as const
const STORAGE_PREFIX = 'tealdesk.drafts'

export interface DraftGateway {
  list(): Promise<{ drafts: readonly Draft[]; isComplete: boolean }>
  listOf(ticketNumber: number): Promise<readonly Draft[]>
  /** @param version what is replaced; undefined where there is none yet. Ends with the new version. */
  save(place: string, unsent: UnsentText, version: number | undefined, isLeaving: boolean): Promise<number>
  discard(place: string, version: number, isLeaving: boolean): Promise<unknown>
  /** What is kept by now, where that is why it was refused: null where that is nothing. */
  newerDraft(error: unknown): Draft | null | undefined
  /** Asking again can end no better. */
  isFinal(error: unknown): boolean
  /** The version of the draft of which a message is on its way; null of none, undefined where no message is. */
  onItsWay(place: string): number | null | undefined
}

/** How the text of a place stands to what the server keeps. */
export type DraftState = 'none' | 'changed' | 'saved' | 'waiting' | 'refused' | 'conflict'

/** As it is here, or as it is kept. */
export type Written = Pick<UnsentText, 'text' | 'attachments'>

/** What the text here was made of. */
interface Base {
  version: number
  content: string
}

interface Place {
  /** What another device has made of it, where that is not what is here. */
  theirs?: Draft
  /** Contents that were sent since the server last answered: any of them may be what it keeps. */
  tried: string[]
  /** Refused for good; another content may not be. */
  refused?: string
  failures: number
  isBusy: boolean
  /** Raised by everything that makes an answer asked for before worthless. */
  touched: number
  /** The newest version that was heard of while busy. */
  heard: number
  isDueToLook: boolean
  dirtySince?: number
  timer?: ReturnType<typeof setTimeout>
}

/**
 * Carries the unsent texts of this tab to the server and back, so that they are there on any device. The tab's own
 * storage comes first: nothing here ever makes somebody wait, and what cannot be saved is tried again. A text is put in
 * the place of what is here only where nothing would be lost; else both are shown.
 */
export class DraftSync {
  readonly #unsent: UnsentTexts
  readonly #gateway: DraftGateway
  readonly #storage: Storage
  readonly #key: string
  readonly #bases: Map<string, Base>
  readonly #places = new Map<string, Place>()
  readonly #subjects = new Map<number, string>()
  readonly #listeners = new Set<() => void>()
  #isVisible = true
  #hasMissed = false
  #loadedAt = Number.NEGATIVE_INFINITY
  #isLoading = false

  constructor(unsent: UnsentTexts, gateway: DraftGateway, storage: Storage, personId: string) {
    this.#unsent = unsent
    this.#gateway = gateway
    this.#storage = storage
    this.#key = `${STORAGE_PREFIX}.${personId}`
    this.#bases = restored(storage.getItem(this.#key))
  }

  /** Until the function returned is called, which saves what is not saved yet. */
  start(): () => void {
    const unsubscribe = this.#unsent.subscribe((place) => this.#changed(place))
    void this.load()
    return () => {
      unsubscribe()
      this.flush({ isLeaving: true })
      for (const { timer } of this.#places.values()) {
        clearTimeout(timer)
      }
    }
  }

  state(place: string): DraftState {
    const { theirs, refused, failures } = this.#place(place)
    const content = contentOf(this.#unsent.read(place))
    if (theirs) {
      return 'conflict'
    }
    if (isEmpty(this.#unsent.read(place))) {
      return 'none'
    }
    if (content === this.#bases.get(place)?.content) {
      return 'saved'
    }
    return content === refused ? 'refused' : failures > 0 ? 'waiting' : 'changed'
  }

  /** What another device has written, and is not what is here. The same object until it changes. */
  theirs(place: string): Draft | undefined {
    return this.#places.get(place)?.theirs
  }

  /** The draft that a message written here ends. */
  version(place: string): number | undefined {
    return this.#bases.get(place)?.version
  }

  /** Of a ticket with a draft, as far as it was told. */
  subject(ticketNumber: number): string | undefined {
    return this.#subjects.get(ticketNumber)
  }

  /** Text that would be gone with this tab. */
  holdsUnsaved(): boolean {
    return this.#unsent
      .places()
      .some((place) => !['none', 'saved'].includes(ticketOfPlace(place) ? this.state(place) : 'changed'))
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Asks for everything that was written elsewhere. */
  async load(): Promise<void> {
    if (this.#isLoading) {
      return
    }
    this.#isLoading = true
    this.#hasMissed = false
    this.#loadedAt = Date.now()
    const touched = this.#touches()
    try {
      const { drafts, isComplete } = await this.#gateway.list()
      this.#meetAll(drafts, touched, isComplete ? [...this.#bases.keys()] : [])
    } catch {
      // What is here is here. It is asked for again when somebody comes back to the page, or is heard again.
      this.#loadedAt = Number.NEGATIVE_INFINITY
    }
    this.#isLoading = false
    for (const place of this.#unsent.places()) {
      this.#changed(place)
    }
  }

  /** Changes are heard of again, and nobody knows what was missed. */
  heardAgain() {
    if (Date.now() - this.#loadedAt > LOADED_JUST_NOW_MS) {
      void this.load()
    }
    this.retry()
  }

  /** A draft has another version by now, or is gone. */
  heard(ticketNumber: number, draft: string, version: number | undefined) {
    const kind = KINDS.find((each) => each.toUpperCase() === draft)
    if (!kind) {
      return
    }
    if (!this.#isVisible) {
      this.#hasMissed = true
      return
    }
    const place = placeOf(ticketNumber, kind)
    const known = this.#bases.get(place)?.version
    // A message on its way takes its draft with it.
    const isNews =
      version === undefined
        ? known !== undefined && this.#gateway.onItsWay(place) === undefined
        : version > (known ?? 0)
    if (!isNews) {
      return
    }
    const state = this.#place(place)
    if (state.isBusy) {
      // It may be this tab's own doing; the answer will tell.
      state.heard = Math.max(state.heard, version ?? 0)
    } else {
      void this.#look(ticketNumber)
    }
  }

  setVisible(isVisible: boolean) {
    const isBack = isVisible && !this.#isVisible
    this.#isVisible = isVisible
    if (!isVisible) {
      this.flush({ isLeaving: true })
    } else if (isBack && (this.#hasMissed || Date.now() - this.#loadedAt > LOADED_FOR_MS)) {
      void this.load()
    }
  }

  /** Saves at once what waits for a pause in the writing. */
  flush({ isLeaving = false } = {}) {
    for (const place of new Set([...this.#unsent.places(), ...this.#bases.keys()])) {
      const { failures } = this.#place(place)
      if (ticketOfPlace(place) && this.#isDue(place) && (failures === 0 || isLeaving)) {
        void this.#settle(place, isLeaving)
      }
    }
  }

  /** The connection is back. */
  retry() {
    for (const [place, state] of this.#places) {
      if (state.failures > 0) {
        this.#plan(place, 0)
      }
    }
  }

  /** A message has been stored, and the draft of that version has ended with it. */
  sent(place: string, version: number | undefined) {
    this.#touch(place)
    if (version !== undefined && this.#bases.get(place)?.version === version) {
      this.#setBase(place, undefined)
    }
  }

  /** No message is on its way any more. What was put aside for it is looked at now. */
  released(place: string) {
    const state = this.#place(place)
    const theirs = state.theirs
    state.theirs = undefined
    if (theirs) {
      this.#meet(place, theirs)
    }
    if (state.isDueToLook) {
      state.isDueToLook = false
      void this.#look(Number(ticketOfPlace(place)))
    }
    this.#plan(place, SAVES_AFTER_MS)
  }

  /** What this device has written takes the place of what the other one has. */
  keepMine(place: string) {
    const { theirs } = this.#place(place)
    if (theirs) {
      this.#resolve(place, theirs, this.#unsent.read(place))
    }
  }

  /** What the other device has written takes the place of what is here. */
  takeTheirs(place: string) {
    const { theirs } = this.#place(place)
    if (theirs) {
      this.#resolve(place, theirs, textOf(theirs, this.#unsent.read(place)))
    }
  }

  keepBoth(place: string) {
    const { theirs } = this.#place(place)
    if (theirs) {
      this.#resolve(place, theirs, joined(this.#unsent.read(place), theirs))
    }
  }

  /** Adds a text to what is written here by now. */
  add(place: string, lost: Written) {
    this.#unsent.keep(place, joined(this.#unsent.read(place), lost))
  }

  #resolve(place: string, theirs: Draft, unsent: UnsentText) {
    const state = this.#place(place)
    state.theirs = undefined
    state.failures = 0
    this.#setBase(place, baseOf(theirs))
    this.#unsent.keep(place, unsent)
    void this.#settle(place)
  }

  #changed(place: string) {
    if (!ticketOfPlace(place)) {
      return
    }
    if (this.#isDue(place)) {
      const state = this.#place(place)
      const now = Date.now()
      state.dirtySince ??= now
      if (state.failures === 0) {
        this.#plan(place, Math.min(SAVES_AFTER_MS, Math.max(0, state.dirtySince + SAVES_WITHIN_MS - now)))
      }
    } else {
      this.#place(place).dirtySince = undefined
    }
    this.#tell()
  }

  /** Whether the server keeps something else than is here, and can be told. */
  #isDue(place: string): boolean {
    const unsent = this.#unsent.read(place)
    const base = this.#bases.get(place)
    const { theirs, refused } = this.#place(place)
    if (theirs) {
      return false
    }
    if (isEmpty(unsent)) {
      // A message on its way takes its draft with it.
      return base !== undefined && this.#gateway.onItsWay(place) === undefined
    }
    const content = contentOf(unsent)
    return content !== base?.content && content !== refused
  }

  #plan(place: string, ms: number) {
    const state = this.#place(place)
    clearTimeout(state.timer)
    state.timer = setTimeout(() => void this.#settle(place), ms)
  }

  /** One request of a place at a time; what was written meanwhile follows. */
  async #settle(place: string, isLeaving = false): Promise<void> {
    const state = this.#place(place)
    clearTimeout(state.timer)
    if (state.isBusy || !this.#isDue(place)) {
      return
    }
    state.isBusy = true
    state.dirtySince = undefined
    this.#touch(place)
    const unsent = this.#unsent.read(place)
    const content = contentOf(unsent)
    const base = this.#bases.get(place)
    try {
      if (isEmpty(unsent)) {
        await this.#gateway.discard(place, base?.version ?? 0, isLeaving)
        this.#setBase(place, undefined)
      } else {
        state.tried.push(content)
        const version = await this.#gateway.save(place, unsent, base?.version, isLeaving)
        state.tried = []
        this.#setBase(place, { version, content })
      }
      state.failures = 0
      state.refused = undefined
    } catch (error) {
      const newer = this.#gateway.newerDraft(error)
      if (newer !== undefined) {
        state.failures = 0
        this.#meet(place, newer ?? undefined)
      } else if (this.#gateway.isFinal(error)) {
        state.failures = 0
        state.refused = content
      } else {
        state.failures++
      }
    }
    state.isBusy = false
    this.#touch(place)
    if (state.heard > (this.#bases.get(place)?.version ?? 0)) {
      void this.#look(Number(ticketOfPlace(place)))
    }
    state.heard = 0
    if (state.failures > 0) {
      this.#plan(place, Math.min(RETRIES_AFTER_MS * 2 ** (state.failures - 1), RETRIES_AFTER_MS_MAX))
    } else if (this.#isDue(place)) {
      this.#plan(place, SAVES_AFTER_MS)
    }
    this.#tell()
  }

  async #look(ticketNumber: number): Promise<void> {
    const touched = this.#touches()
    try {
      const drafts = await this.#gateway.listOf(ticketNumber)
      this.#meetAll(
        drafts,
        touched,
        KINDS.map((kind) => placeOf(ticketNumber, kind)),
      )
    } catch {
      this.#hasMissed = true
    }
  }

  /** @param complete the places of which it is known that nothing else is kept */
  #meetAll(
    drafts: readonly Draft[],
    touchedBefore: ReadonlyMap<string, number>,
    complete: readonly string[],
  ) {
    for (const { ticketNumber, subject } of drafts) {
      this.#subjects.set(ticketNumber, subject)
    }
    const byPlace = new Map(drafts.map((draft) => [placeOfDraft(draft), draft]))
    for (const place of new Set([...byPlace.keys(), ...complete])) {
      const { isBusy, touched } = this.#place(place)
      if (!isBusy && touched === (touchedBefore.get(place) ?? 0)) {
        this.#meet(place, byPlace.get(place))
      }
    }
    this.#tell()
  }

  /** Learns what the server keeps. */
  #meet(place: string, draft: Draft | undefined) {
    const state = this.#place(place)
    const unsent = this.#unsent.read(place)
    const content = contentOf(unsent)
    const base = this.#bases.get(place)
    const wayVersion = this.#gateway.onItsWay(place)
    if (!draft) {
      state.theirs = undefined
      this.#setBase(place, undefined)
      if (base?.content === content && wayVersion === undefined) {
        // Sent or discarded elsewhere, and nothing was written here since.
        this.#unsent.forget(place)
      }
      return
    }
    const theirs = baseOf(draft)
    if (base && draft.version <= base.version) {
      return
    }
    if (theirs.content === content || state.tried.includes(theirs.content)) {
      state.theirs = undefined
      this.#setBase(place, theirs)
      return
    }
    if (wayVersion !== undefined) {
      if (wayVersion === draft.version) {
        this.#setBase(place, theirs)
      } else {
        state.isDueToLook = true
      }
      return
    }
    if (isEmpty(unsent) || base?.content === content) {
      state.theirs = undefined
      this.#setBase(place, theirs)
      this.#unsent.keep(place, textOf(draft, unsent))
      return
    }
    state.theirs = draft
  }

  #setBase(place: string, base: Base | undefined) {
    if (base) {
      this.#bases.set(place, base)
    } else {
      this.#bases.delete(place)
    }
    try {
      if (this.#bases.size > 0) {
        this.#storage.setItem(this.#key, JSON.stringify([...this.#bases]))
      } else {
        this.#storage.removeItem(this.#key)
      }
    } catch {
      // The tab's storage is full. After a reload both texts are shown where they differ.
    }
    this.#tell()
  }

  #place(place: string): Place {
    let state = this.#places.get(place)
    if (!state) {
      state = { tried: [], failures: 0, isBusy: false, touched: 0, heard: 0, isDueToLook: false }
      this.#places.set(place, state)
    }
    return state
  }

  #touch(place: string) {
    this.#place(place).touched++
  }

  #touches(): ReadonlyMap<string, number> {
    return new Map([...this.#places].map(([place, { touched }]) => [place, touched]))
  }

  #tell() {
    for (const listener of this.#listeners) {
      listener()
    }
  }
}

function joined(mine: UnsentText, lost: Written): UnsentText {
  const known = new Set(mine.attachments.map(({ id }) => id))
  return {
    ...mine,
    text: [mine.text, lost.text].filter((text) => text.trim() !== '').join('\n\n'),
    attachments: [...mine.attachments, ...lost.attachments.filter(({ id }) => !known.has(id))],
  }
}

export function kindOfPlace(place: string): ComposerKind {
  return place.endsWith('.note') ? 'note' : 'reply'
}

function placeOfDraft({ ticketNumber, kind }: Draft): string {
  return placeOf(ticketNumber, kind === 'NOTE' ? 'note' : 'reply')
}

/** What makes two texts the same; the rest is of no use to another device. */
function contentOf({ text, attachments }: Written): string {
  return JSON.stringify([text, attachments.map(({ id }) => id)])
}

function baseOf(draft: Draft): Base {
  return { version: draft.version, content: contentOf(draft) }
}

function textOf({ text, attachments, begunAfter }: Draft, before: UnsentText): UnsentText {
  return { ...before, text, attachments, begunAfter: begunAfter ?? before.begunAfter }
}

function restored(stored: string | null): Map<string, Base> {
  try {
    const value: unknown = JSON.parse(stored ?? '[]')
    return new Map(Array.isArray(value) ? value : [])
  } catch {
    return new Map()
  }
}

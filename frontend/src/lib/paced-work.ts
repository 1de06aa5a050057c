export interface Pace {
  /** So long after it was first asked for, at random between the two: not all browsers in one moment. */
  afterMs: readonly [from: number, to: number]
  /** Not more often than this. */
  everyMs: number
}

/** Work that many ask for and that is done once for all of them: soon, not too often, and never twice at a time. */
export class PacedWork {
  readonly #work: () => Promise<unknown>
  readonly #pace: Pace
  #isAsked = false
  #isPaused = false
  #isUnderWay = false
  #begunAt = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(work: () => Promise<unknown>, pace: Pace) {
    this.#work = work
    this.#pace = pace
  }

  ask() {
    this.#isAsked = true
    const [from, to] = this.#pace.afterMs
    const now = Date.now()
    this.#plan(Math.max(from + Math.random() * (to - from), this.#begunAt + this.#pace.everyMs - now))
  }

  /** What is asked for from now on waits. */
  pause() {
    this.#isPaused = true
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** Does at once what was asked for meanwhile. */
  resume() {
    this.#isPaused = false
    if (this.#isAsked) this.#plan(0)
  }

  stop() {
    this.pause()
    this.#isAsked = false
  }

  #plan(ms: number) {
    if (this.#isPaused || this.#isUnderWay || this.#timer !== undefined) return
    this.#timer = setTimeout(() => void this.#run(), ms)
  }

  async #run() {
    this.#timer = undefined
    this.#isAsked = false
    this.#isUnderWay = true
    this.#begunAt = Date.now()
    await this.#work().catch(() => {})
    this.#isUnderWay = false
    if (this.#isAsked) this.ask()
  }
}

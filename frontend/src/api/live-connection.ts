import type { StreamEvent } from './event-stream'
import { EventStreamParser } from './event-stream'

/** The server says every 15 s that it is there. */
const SILENT_AFTER_MS = 40_000
/** A computer that slept, or another network: what has been silent for so long is not waited for any more. */
const DOUBTFUL_AFTER_MS = 20_000
/** Until the server names another one. */
const PAUSE_MIN_MS = 1_000
const PAUSE_MAX_MS = 30_000
/** A server that bids goodbye sooner is not asked again at once, or it would be asked in circles. */
const LASTS_AT_LEAST_MS = 500

export interface LiveConnectionOptions {
  /** Asks for the stream, from behind the event with this id. */
  open: (lastEventId: string, signal: AbortSignal) => Promise<Response>
  lastEventId: string
  onEvent: (event: StreamEvent, lastEventId: string) => void
  /** Whether the server is heard at all; also said each time it was heard. */
  onState: (isConnected: boolean, lastEventId: string) => void
}

/** How an attempt ended: asked to come again, given up by us, or failed. */
type Ending = { kind: 'goodbye' | 'dropped' } | { kind: 'failed'; retryAfterMs: number }

/** One stream of live events. It comes again whenever it ends, from where it was, until it is stopped. */
export class LiveConnection {
  readonly #options: LiveConnectionOptions
  #lastEventId: string
  #attempt = new AbortController()
  #isStopped = false
  #isConnected = false
  #heardAt = 0
  #pauseMs = PAUSE_MIN_MS
  #endPause: (() => void) | undefined

  constructor(options: LiveConnectionOptions) {
    this.#options = options
    this.#lastEventId = options.lastEventId
    void this.#run()
  }

  /** The network or the reader is back: a pause ends, and a stream that may be dead is begun anew. */
  wake() {
    this.#endPause?.()
    if (this.#isConnected && Date.now() - this.#heardAt > DOUBTFUL_AFTER_MS) this.drop()
  }

  /** Begins anew, with the rights of this moment. */
  drop() {
    this.#attempt.abort()
  }

  stop() {
    this.#isStopped = true
    this.#attempt.abort()
    this.#endPause?.()
  }

  async #run() {
    let failures = 0
    while (!this.#isStopped) {
      this.#attempt = new AbortController()
      const begunAt = Date.now()
      const ending = await this.#stream(this.#attempt)
      if (this.#isStopped) return
      const wasConnected = this.#isConnected
      this.#say(false)
      if (ending.kind === 'failed') {
        failures = wasConnected ? 1 : failures + 1
        await this.#pause(Math.max(ending.retryAfterMs, pauseAfter(failures, this.#pauseMs)))
      } else if (ending.kind === 'goodbye' && Date.now() - begunAt < LASTS_AT_LEAST_MS) {
        await this.#pause(pauseAfter(1, this.#pauseMs))
      } else {
        failures = 0
      }
    }
  }

  async #stream(attempt: AbortController): Promise<Ending> {
    const silence = new Silence(() => attempt.abort(), SILENT_AFTER_MS)
    try {
      const response = await this.#options.open(this.#lastEventId, attempt.signal)
      if (!response.ok || !response.body) return { kind: 'failed', retryAfterMs: retryAfterMsOf(response) }
      const reader = response.body.getReader()
      const parser = new EventStreamParser(this.#lastEventId)
      const text = new TextDecoder()
      while (true) {
        const { done, value } = await reader.read()
        if (done) return { kind: 'failed', retryAfterMs: 0 }
        silence.broken()
        const events = parser.push(text.decode(value, { stream: true }))
        this.#lastEventId = parser.lastEventId
        this.#pauseMs = parser.retryMs ?? this.#pauseMs
        this.#heardAt = Date.now()
        this.#say(this.#isConnected || events.some(({ name }) => name === 'hello'))
        for (const event of events) this.#options.onEvent(event, this.#lastEventId)
        if (events.some(({ name }) => name === 'goodbye')) return { kind: 'goodbye' }
      }
    } catch {
      return attempt.signal.aborted && !silence.wasTooLong
        ? { kind: 'dropped' }
        : { kind: 'failed', retryAfterMs: 0 }
    } finally {
      silence.end()
      attempt.abort()
    }
  }

  #say(isConnected: boolean) {
    this.#isConnected = isConnected
    this.#options.onState(isConnected, this.#lastEventId)
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#endPause?.(), ms)
      this.#endPause = () => {
        clearTimeout(timer)
        this.#endPause = undefined
        resolve()
      }
    })
  }
}

/** Calls when nothing has broken it for so long. */
class Silence {
  wasTooLong = false
  readonly #ms: number
  readonly #onTooLong: () => void
  #timer: ReturnType<typeof setTimeout>

  constructor(onTooLong: () => void, ms: number) {
    this.#ms = ms
    this.#onTooLong = () => {
      this.wasTooLong = true
      onTooLong()
    }
    this.#timer = setTimeout(this.#onTooLong, ms)
  }

  broken() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#onTooLong, this.#ms)
  }

  end() {
    clearTimeout(this.#timer)
  }
}

/** Longer each time, and never the same for all whose task has died. */
function pauseAfter(failures: number, pauseMs: number) {
  const ms = Math.min(pauseMs * 2 ** (failures - 1), PAUSE_MAX_MS)
  return ms * (0.5 + Math.random() / 2)
}

function retryAfterMsOf(response: Response) {
  const seconds = Number(response.headers.get('Retry-After') ?? 0)
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds * 1000, 0), PAUSE_MAX_MS * 2) : 0
}

import { LiveConnection } from './live-connection'
import type { LiveEvent } from './live-event'
import { toLiveEvent } from './live-event'

/** The tab that connects is heard at least this often. */
const BEAT_MS = 15_000
/** A tab in sight that hears nothing for so long asks whether anybody is there … */
const ASKS_AFTER_MS = 45_000
/** … and takes over when there is no answer: a tab in the background can be frozen, and keeps its lock. */
const ANSWER_WITHIN_MS = 5_000

type TabMessage =
  | { kind: 'event'; event: LiveEvent; lastEventId: string }
  | { kind: 'state'; isConnected: boolean; release: string; lastEventId: string }
  | { kind: 'ask' }

export interface LiveTabOptions {
  /** Of the lock and of the channel: tabs of one name share one connection. */
  name: string
  /** Asks for the stream, from behind the event with this id. */
  open: (lastEventId: string, signal: AbortSignal) => Promise<Response>
  onEvent: (event: LiveEvent) => void
  onState: (isConnected: boolean) => void
  locks: LockManager | undefined
  newChannel: ((name: string) => BroadcastChannel) | undefined
}

/**
 * One browser tab's part in live events. A browser opens six connections to a host and no more, so the tab that holds a
 * lock connects for all of them and passes on what it hears. When it closes, the next in line goes on from the last
 * event that it was told. Where there are no locks, each tab connects for itself while it is in sight.
 */
export class LiveTab {
  readonly #options: LiveTabOptions
  readonly #channel: BroadcastChannel | undefined
  #connection: LiveConnection | undefined
  #lastEventId = ''
  #release = ''
  #isConnected = false
  /** A tab that has just opened does not know what it missed. */
  #hasBegun = false
  #isStopped = false
  #inLine = new AbortController()
  #giveUpLead = () => {}
  #beat: ReturnType<typeof setInterval> | undefined
  #doubt: ReturnType<typeof setTimeout> | undefined

  constructor(options: LiveTabOptions) {
    this.#options = options
    if (options.locks && options.newChannel) {
      this.#channel = options.newChannel(options.name)
      this.#channel.onmessage = ({ data }: MessageEvent<TabMessage>) => this.#hear(data)
      void this.#standInLine(options.locks)
    } else {
      this.wake()
    }
  }

  /** The network or the reader is back. */
  wake({ hasMissed = false } = {}) {
    if (hasMissed) this.#hasBegun = false
    if (!this.#channel) this.#connection ??= this.#connect()
    if (this.#connection) this.#connection.wake()
    else this.#ask()
  }

  /** The reader is away. */
  sleep() {
    if (!this.#channel) this.#disconnect()
  }

  /** Begins anew, with the rights of this moment. */
  drop() {
    this.#connection?.drop()
  }

  stop() {
    this.#isStopped = true
    clearTimeout(this.#doubt)
    this.#disconnect()
    this.#inLine.abort()
    this.#giveUpLead()
    this.#channel?.close()
  }

  async #standInLine(locks: LockManager) {
    while (!this.#isStopped) {
      this.#ask()
      this.#inLine = new AbortController()
      const { signal } = this.#inLine
      let hasLed = false
      const lead = () => {
        hasLed = true
        return this.#lead()
      }
      try {
        await locks.request(this.#options.name, { signal }, lead)
      } catch {
        // Stopped, taken over by another tab, or a browser that has locks and does not give any.
        if (!hasLed && !signal.aborted) return void this.#lead()
      }
      if (hasLed) this.#disconnect()
      if (signal.aborted) return
    }
  }

  async #takeOver(locks: LockManager) {
    this.#inLine.abort()
    // A third tab may be quicker, here or later.
    await locks.request(this.#options.name, { steal: true }, () => this.#lead()).catch(() => {})
    this.#disconnect()
    void this.#standInLine(locks)
  }

  #lead(): Promise<void> {
    if (this.#isStopped) return Promise.resolve()
    clearTimeout(this.#doubt)
    this.#connection = this.#connect()
    this.#beat = setInterval(() => this.#postState(), BEAT_MS)
    return new Promise((resolve) => {
      this.#giveUpLead = resolve
    })
  }

  #connect() {
    return new LiveConnection({
      open: this.#options.open,
      lastEventId: this.#lastEventId,
      onEvent: (streamed, lastEventId) => {
        const event = toLiveEvent(streamed)
        if (!event) return
        this.#post({ kind: 'event', event, lastEventId })
        this.#tell(event)
      },
      onState: (isConnected, lastEventId) => {
        this.#lastEventId = lastEventId
        this.#setConnected(isConnected)
        this.#postState()
      },
    })
  }

  #disconnect() {
    clearInterval(this.#beat)
    this.#connection?.stop()
    this.#connection = undefined
    this.#setConnected(false)
  }

  #hear(message: TabMessage) {
    if (this.#connection) {
      if (message.kind === 'ask') {
        this.#connection.wake()
        this.#postState()
      }
      return
    }
    if (message.kind === 'ask') return
    this.#lastEventId = message.lastEventId
    if (message.kind === 'event') {
      this.#tell(message.event)
    } else {
      const { isConnected, release } = message
      this.#setConnected(isConnected)
      if (isConnected && release !== '' && !this.#hasBegun) {
        this.#tell({ kind: 'hello', release, resumed: false })
      }
    }
    clearTimeout(this.#doubt)
    this.#doubt = setTimeout(() => {
      if (document.visibilityState === 'visible') this.#ask()
    }, ASKS_AFTER_MS)
  }

  #ask() {
    const { locks } = this.#options
    if (!locks || this.#connection || this.#isStopped) return
    this.#post({ kind: 'ask' })
    clearTimeout(this.#doubt)
    this.#doubt = setTimeout(() => void this.#takeOver(locks), ANSWER_WITHIN_MS)
  }

  #tell(event: LiveEvent) {
    if (event.kind === 'hello') {
      this.#release = event.release
      this.#hasBegun = true
    }
    this.#options.onEvent(event)
  }

  #setConnected(isConnected: boolean) {
    this.#isConnected = isConnected
    this.#options.onState(isConnected)
  }

  #postState() {
    const isConnected = this.#isConnected
    this.#post({ kind: 'state', isConnected, release: this.#release, lastEventId: this.#lastEventId })
  }

  #post(message: TabMessage) {
    if (!this.#isStopped) this.#channel?.postMessage(message)
  }
}

/** One event of a text/event-stream. */
export interface StreamEvent {
  name: string
  data: string
}

const LINE_END = /\r\n|\r|\n/g

/**
 * Reads server-sent events as they come in, in pieces of any size (https://html.spec.whatwg.org/#parsing-an-event-stream).
 * EventSource would, but it cannot send the access token.
 */
export class EventStreamParser {
  /** Where a stream that begins later has to go on; of whole events only. */
  lastEventId: string
  /** How long the server asks to wait before coming again. */
  retryMs: number | undefined
  #rest = ''
  #endedWithReturn = false
  #name = ''
  #data: string[] = []
  #id: string

  constructor(lastEventId = '') {
    this.lastEventId = lastEventId
    this.#id = lastEventId
  }

  /** The events that this piece completes. */
  push(piece: string): StreamEvent[] {
    // The two halves of a CRLF may come apart; the first one has ended its line already.
    const isSecondHalf = this.#endedWithReturn && piece.startsWith('\n')
    if (piece !== '') this.#endedWithReturn = piece.endsWith('\r')
    const lines = (this.#rest + (isSecondHalf ? piece.slice(1) : piece)).split(LINE_END)
    this.#rest = lines.pop() ?? ''
    return lines.flatMap((line) => this.#read(line))
  }

  #read(line: string): StreamEvent[] {
    if (line === '') return this.#finish()
    const colon = line.indexOf(':')
    if (colon === 0) return []
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    switch (field) {
      case 'event':
        this.#name = value
        break
      case 'data':
        this.#data.push(value)
        break
      case 'id':
        if (!value.includes('\0')) this.#id = value
        break
      case 'retry':
        if (/^\d+$/.test(value)) this.retryMs = Number(value)
    }
    return []
  }

  #finish(): StreamEvent[] {
    const event = { name: this.#name || 'message', data: this.#data.join('\n') }
    const isEmpty = this.#data.length === 0
    this.lastEventId = this.#id
    this.#name = ''
    this.#data = []
    return isEmpty ? [] : [event]
  }
}

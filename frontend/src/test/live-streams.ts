/** The server's end of live streams: a test says what is streamed, and when it breaks off. */
export class LiveStreams {
  readonly asked: { lastEventId: string; signal: AbortSignal | undefined }[] = []
  /** Answers with this status instead, until it is taken back. */
  refusal: { status: number; headers?: HeadersInit } | undefined
  readonly #open: ReadableStreamDefaultController<Uint8Array>[] = []

  readonly answer = async (lastEventId: string, signal?: AbortSignal): Promise<Response> => {
    this.asked.push({ lastEventId, signal })
    if (this.refusal) return new Response('{}', this.refusal)
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined
    const body = new ReadableStream<Uint8Array>({
      start: (begun) => {
        controller = begun
        this.#open.push(begun)
      },
      cancel: () => this.#forget(controller),
    })
    signal?.addEventListener('abort', () => {
      controller?.error(signal.reason)
      this.#forget(controller)
    })
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } })
  }

  get openCount() {
    return this.#open.length
  }

  send(text: string) {
    for (const controller of this.#open) controller.enqueue(new TextEncoder().encode(text))
  }

  event(name: string, data: object, id?: string) {
    this.send(`event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`)
  }

  hello({ resumed = false, release = 'r1', id = '1' } = {}) {
    this.event('hello', { release, resumed }, id)
  }

  /** As when a task dies. */
  breakOff() {
    for (const controller of this.#open.splice(0)) controller.error(new TypeError('network error'))
  }

  #forget(controller: ReadableStreamDefaultController<Uint8Array> | undefined) {
    const index = controller ? this.#open.indexOf(controller) : -1
    if (index >= 0) this.#open.splice(index, 1)
  }
}

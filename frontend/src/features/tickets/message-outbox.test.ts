import { beforeEach, expect, test } from 'vitest'
import type { OutgoingMessage } from './message-outbox'
import { MessageOutbox } from './message-outbox'
import type { Message } from './ticket-model'

class Overtaken extends Error {
  readonly newer: Message[]
  constructor(newer: Message[]) {
    super()
    this.newer = newer
  }
}

const written = {
  ticketNumber: 10482,
  kind: 'reply' as const,
  text: 'Please unplug it first.',
  attachments: [],
  lastSeenMessageId: 7,
}
const fromRita: Message = {
  id: 8,
  kind: 'PUBLIC_REPLY',
  author: { id: 'r', name: 'Rita', role: 'CUSTOMER' },
  bodyMarkdown: 'It stopped burning.',
  bodyHtml: '<p>It stopped burning.</p>',
  createdAt: '2026-11-22T10:00:00Z',
  attachments: [],
}

let answers: (Message | Error)[]
let sent: OutgoingMessage[]
let delivered: OutgoingMessage[]
let overtaken: { outgoing: OutgoingMessage; newer: readonly Message[] }[]

const anOutbox = (personId = 'dana') =>
  new MessageOutbox(
    {
      send: async (message) => {
        sent.push(message)
        const answer = answers.shift()
        if (!answer || answer instanceof Error) {
          throw answer ?? new Error('the test has no answer left')
        }
        return { message: answer }
      },
      newerMessages: (error) => (error instanceof Overtaken ? error.newer : undefined),
      delivered: (outgoing) => delivered.push(outgoing),
      overtaken: (outgoing, newer) => overtaken.push({ outgoing, newer }),
    },
    sessionStorage,
    personId,
  )

beforeEach(() => {
  sessionStorage.clear()
  answers = []
  sent = []
  delivered = []
  overtaken = []
})

test('a message shows as sending until it is delivered, then leaves nothing behind', async () => {
  answers = [fromRita]
  const outbox = anOutbox()
  const done = outbox.send(written)
  expect(outbox.all()).toMatchObject([{ text: written.text, state: { kind: 'sending' } }])
  await done
  expect(delivered).toHaveLength(1)
  expect(outbox.all()).toEqual([])
  expect(sessionStorage.length).toBe(0)
})

test('a failed message stays visible and is sent again under the same key', async () => {
  answers = [new TypeError('network'), fromRita]
  const outbox = anOutbox()
  await outbox.send(written)
  expect(outbox.all()).toMatchObject([{ text: written.text, state: { kind: 'failed' } }])
  await outbox.retry(outbox.all()[0]?.id ?? '')
  expect(sent.map((message) => message.id)).toEqual([sent[0]?.id, sent[0]?.id])
  expect(outbox.all()).toEqual([])
})

test('a failed message waits for its author over a reload', async () => {
  answers = [new TypeError('network')]
  const before = anOutbox()
  await before.send(written)
  const after = anOutbox()
  expect(after.all()).toMatchObject([
    { id: before.all()[0]?.id, text: written.text, state: { kind: 'failed' } },
  ])
  expect(anOutbox('eli').all()).toEqual([])
})

test('an overtaken reply goes back to its author with what overtook it', async () => {
  answers = [new Overtaken([fromRita])]
  const outbox = anOutbox()
  await outbox.send(written)
  expect(outbox.all()).toEqual([])
  expect(overtaken).toMatchObject([{ outgoing: { text: written.text }, newer: [{ id: 8 }] }])
})

test('a message that is being sent can neither be taken back nor sent twice', async () => {
  answers = [fromRita]
  const outbox = anOutbox()
  const done = outbox.send(written)
  const id = outbox.all()[0]?.id ?? ''
  expect(outbox.takeBack(id)).toBeUndefined()
  await outbox.retry(id)
  await done
  expect(sent).toHaveLength(1)
})

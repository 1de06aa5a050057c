import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Attachment, Draft } from '@/api/generated/types.gen'
import { DraftSync } from './draft-sync'
import type { UnsentText } from './unsent-text'
import { NOTHING_UNSENT, UnsentTexts } from './unsent-text'

const PLACE = '7.reply'
const NOTE = '7.note'
const photo: Attachment = { id: 'a1', fileName: 'photo.png', mediaType: 'image/png', sizeBytes: 12 }

class Refused extends Error {
  readonly draft: Draft | null
  constructor(draft: Draft | null) {
    super('newer draft')
    this.draft = draft
  }
}
class TooLong extends Error {}

/** What all devices have in common. */
class Server {
  readonly kept = new Map<string, Draft>()
  readonly asked: string[] = []
  isReachable = true
  losesAnswers = false
  isComplete = true
  held: Promise<void> | undefined
  #version = 0

  writes(place: string, text: string, attachments: readonly Attachment[] = []): number {
    const [number, kind] = place.split('.')
    const version = ++this.#version
    this.kept.set(place, {
      ticketNumber: Number(number),
      subject: 'Trailer squeaks',
      kind: kind === 'note' ? 'NOTE' : 'REPLY',
      text,
      attachments: [...attachments],
      version,
      updatedAt: '2026-11-30T19:00:00Z',
    })
    return version
  }

  async answer<T>(asked: string, work: () => T): Promise<T> {
    this.asked.push(asked)
    await this.held
    if (!this.isReachable) {
      throw new TypeError('network')
    }
    const done = work()
    if (this.losesAnswers) {
      throw new TypeError('network')
    }
    return done
  }

  requireVersion(place: string, version: number | undefined) {
    const kept = this.kept.get(place)
    if (kept?.version !== version) {
      throw new Refused(kept ?? null)
    }
  }
}

interface Device {
  unsent: UnsentTexts
  drafts: DraftSync
  /** The draft's version of a message that has left and is not confirmed. */
  onItsWay: Map<string, number | null>
  type(text: string, attachments?: readonly Attachment[]): void
  text(): string
  leave(): void
}

let server: Server
let devices: Device[]

function device(storage: Storage = memory()): Device {
  const unsent = new UnsentTexts(storage, 'dana')
  const onItsWay = new Map<string, number | null>()
  const drafts = new DraftSync(
    unsent,
    {
      list: () =>
        server.answer('list', () => ({ drafts: [...server.kept.values()], isComplete: server.isComplete })),
      listOf: (number) =>
        server.answer(`look at ${number}`, () =>
          [...server.kept.values()].filter(({ ticketNumber }) => ticketNumber === number),
        ),
      save: (place, { text, attachments }, version, isLeaving) =>
        server.answer(`save${isLeaving ? ' and go' : ''}: ${text}`, () => {
          if (text.length > 100) {
            throw new TooLong()
          }
          server.requireVersion(place, version)
          return server.writes(place, text, attachments)
        }),
      discard: (place, version) =>
        server.answer('discard', () => {
          if (server.kept.has(place)) {
            server.requireVersion(place, version)
          }
          server.kept.delete(place)
        }),
      newerDraft: (error) => (error instanceof Refused ? error.draft : undefined),
      isFinal: (error) => error instanceof TooLong,
      onItsWay: (place) => onItsWay.get(place),
    },
    storage,
    'dana',
  )
  const stop = drafts.start()
  const one: Device = {
    unsent,
    drafts,
    onItsWay,
    type: (text, attachments = []) => unsent.keep(PLACE, { ...unsent.read(PLACE), text, attachments }),
    text: () => unsent.read(PLACE).text,
    leave: stop,
  }
  devices.push(one)
  return one
}

function memory(): Storage {
  const values = new Map<string, string>()
  return {
    get length() {
      return values.size
    },
    clear: () => values.clear(),
    getItem: (key) => values.get(key) ?? null,
    key: (index) => [...values.keys()][index] ?? null,
    removeItem: (key) => void values.delete(key),
    setItem: (key, value) => void values.set(key, value),
  }
}

const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const saves = () => server.asked.filter((asked) => asked.startsWith('save'))

beforeEach(() => {
  vi.useFakeTimers()
  server = new Server()
  devices = []
})

afterEach(() => {
  for (const { leave } of devices) {
    leave()
  }
  vi.useRealTimers()
})

test('saves a second after the last key, and says so', async () => {
  const here = device()
  here.type('Have')
  await passes(900)
  here.type('Have you')
  await passes(900)
  expect(saves()).toEqual([])
  expect(here.drafts.state(PLACE)).toBe('changed')
  await passes(200)
  expect(saves()).toEqual(['save: Have you'])
  expect(here.drafts.state(PLACE)).toBe('saved')
  await passes(60_000)
  expect(saves()).toHaveLength(1)
})

test('somebody who never pauses is saved every few seconds', async () => {
  const here = device()
  for (let i = 0; i < 20; i++) {
    here.type('x'.repeat(i + 1))
    await passes(500)
  }
  expect(saves().length).toBeGreaterThanOrEqual(1)
  expect(saves().length).toBeLessThanOrEqual(3)
})

test('another device finds the text with its files, in its own place', async () => {
  const here = device()
  here.type('See the photo', [photo])
  here.unsent.keep(NOTE, { text: 'She pays late', attachments: [] })
  await passes(1_000)
  const there = device()
  await passes(0)
  expect(there.unsent.read(PLACE)).toMatchObject({ text: 'See the photo', attachments: [photo] })
  expect(there.unsent.read(NOTE).text).toBe('She pays late')
  expect([...there.unsent.tickets()]).toEqual([7])
  expect(there.drafts.state(PLACE)).toBe('saved')
  await passes(60_000)
  expect(saves()).toHaveLength(2)
})

test('the other device follows while nothing is written there', async () => {
  const here = device()
  const there = device()
  here.type('Have you')
  await passes(1_000)
  there.drafts.heard(7, 'REPLY', server.kept.get(PLACE)?.version)
  await passes(0)
  expect(there.text()).toBe('Have you')

  here.type('')
  await passes(1_000)
  there.drafts.heard(7, 'REPLY', undefined)
  await passes(0)
  expect(there.text()).toBe('')
})

test('what a device hears of its own doing asks for nothing', async () => {
  const here = device()
  here.type('Have you')
  await passes(1_000)
  here.drafts.heard(7, 'REPLY', server.kept.get(PLACE)?.version)
  here.drafts.heard(7, 'SOMETHING_NEW', 99)
  await passes(1_000)
  expect(server.asked).toEqual(['list', 'save: Have you'])
})

test('offline the text is kept here, and saved once the server answers', async () => {
  const here = device()
  await passes(0)
  server.isReachable = false
  here.type('Have you')
  await passes(1_000)
  expect(here.drafts.state(PLACE)).toBe('waiting')
  expect(here.drafts.holdsUnsaved()).toBe(true)
  here.type('Have you tried')
  await passes(60_000)
  const tries = saves().length
  expect(tries).toBeGreaterThan(2)
  expect(tries).toBeLessThan(10)
  server.isReachable = true
  here.drafts.retry()
  await passes(0)
  expect(server.kept.get(PLACE)?.text).toBe('Have you tried')
  expect(here.drafts.holdsUnsaved()).toBe(false)
})

test('an answer that was lost is not taken for another device', async () => {
  const here = device()
  server.losesAnswers = true
  here.type('Have you')
  await passes(1_000)
  server.losesAnswers = false
  here.type('Have you tried')
  await passes(60_000)
  expect(here.drafts.theirs(PLACE)).toBeUndefined()
  expect(server.kept.get(PLACE)?.text).toBe('Have you tried')
  expect(here.drafts.state(PLACE)).toBe('saved')
})

test('what was written while a text was being saved follows it', async () => {
  const here = device()
  let goOn = () => {}
  server.held = new Promise((resolve) => {
    goOn = resolve
  })
  here.type('Have')
  await passes(1_000)
  here.type('Have you')
  await passes(3_000)
  expect(saves()).toEqual(['save: Have'])
  server.held = undefined
  goOn()
  await passes(1_000)
  expect(saves()).toEqual(['save: Have', 'save: Have you'])
  expect(server.kept.get(PLACE)?.text).toBe('Have you')
})

async function twoTexts() {
  const here = device()
  await passes(0)
  here.type('Mine')
  server.writes(PLACE, 'Theirs', [photo])
  await passes(1_000)
  return here
}

test('two texts are both there until their author has chosen, and neither is written over', async () => {
  const here = await twoTexts()
  expect(here.drafts.state(PLACE)).toBe('conflict')
  expect(here.drafts.theirs(PLACE)).toMatchObject({ text: 'Theirs' })
  here.type('Mine, and more')
  await passes(60_000)
  expect(here.text()).toBe('Mine, and more')
  expect(server.kept.get(PLACE)?.text).toBe('Theirs')
  expect(here.drafts.holdsUnsaved()).toBe(true)
})

test('mine is kept', async () => {
  const here = await twoTexts()
  here.drafts.keepMine(PLACE)
  await passes(0)
  expect(server.kept.get(PLACE)?.text).toBe('Mine')
  expect(here.drafts.state(PLACE)).toBe('saved')
  expect(here.drafts.theirs(PLACE)).toBeUndefined()
})

test('theirs is taken, and what lost can be added after all', async () => {
  const here = await twoTexts()
  const mine = here.unsent.read(PLACE)
  here.drafts.takeTheirs(PLACE)
  expect(here.unsent.read(PLACE)).toMatchObject({ text: 'Theirs', attachments: [photo] })
  expect(here.drafts.state(PLACE)).toBe('saved')
  here.drafts.add(PLACE, mine)
  await passes(1_000)
  expect(server.kept.get(PLACE)?.text).toBe('Theirs\n\nMine')
})

test('both are kept', async () => {
  const here = await twoTexts()
  here.drafts.keepBoth(PLACE)
  await passes(0)
  expect(server.kept.get(PLACE)).toMatchObject({ text: 'Mine\n\nTheirs', attachments: [photo] })
})

test('a text begun before anything was heard of the other one is shown beside it', async () => {
  server.writes(PLACE, 'Theirs')
  const storage = memory()
  new UnsentTexts(storage, 'dana').keep(PLACE, { text: 'Mine', attachments: [] })
  const here = device(storage)
  await passes(0)
  expect(here.drafts.theirs(PLACE)?.text).toBe('Theirs')
  expect(here.text()).toBe('Mine')
})

test('a text that was unsent before there were drafts is saved', async () => {
  const storage = memory()
  new UnsentTexts(storage, 'dana').keep(PLACE, { text: 'From before', attachments: [] })
  device(storage)
  await passes(1_000)
  expect(server.kept.get(PLACE)?.text).toBe('From before')
})

test('a reload goes on from the version it had', async () => {
  const storage = memory()
  const before = device(storage)
  before.type('Have you')
  await passes(1_000)
  before.leave()
  const after = device(storage)
  after.type('Have you tried')
  await passes(1_000)
  expect(after.drafts.theirs(PLACE)).toBeUndefined()
  expect(server.kept.get(PLACE)?.text).toBe('Have you tried')
})

test('leaving saves at once', async () => {
  const here = device()
  await passes(0)
  here.type('Half a sen')
  here.drafts.setVisible(false)
  expect(saves()).toEqual(['save and go: Half a sen'])
})

test('a text written on after the draft was sent elsewhere stays, as a new draft', async () => {
  const here = device()
  here.type('Have you')
  await passes(1_000)
  server.kept.delete(PLACE)
  here.type('Have you tried')
  await passes(3_000)
  expect(here.text()).toBe('Have you tried')
  expect(server.kept.get(PLACE)?.text).toBe('Have you tried')
})

test('what was sent elsewhere is gone here when the page is looked at again', async () => {
  const here = device()
  here.type('Have you')
  await passes(1_000)
  here.drafts.setVisible(false)
  server.kept.delete(PLACE)
  here.drafts.heard(7, 'REPLY', undefined)
  await passes(0)
  expect(here.text()).toBe('Have you')
  here.drafts.setVisible(true)
  await passes(0)
  expect(here.text()).toBe('')
})

test('a list that is cut off says nothing about what it does not hold', async () => {
  const here = device()
  here.type('Have you')
  await passes(1_000)
  server.kept.clear()
  server.isComplete = false
  await passes(10_000)
  here.drafts.heardAgain()
  await passes(0)
  expect(here.text()).toBe('Have you')
})

test('an answer asked for before a save does not undo it', async () => {
  const here = device()
  await passes(10_000)
  let goOn = () => {}
  server.held = new Promise((resolve) => {
    goOn = resolve
  })
  here.drafts.heardAgain()
  server.held = undefined
  here.type('Have you')
  await passes(1_000)
  server.kept.clear()
  goOn()
  await passes(0)
  expect(here.text()).toBe('Have you')
})

/** As the composer does it: the text leaves it at once, and the message names the draft. */
function sends(here: Device) {
  const version = here.drafts.version(PLACE)
  here.onItsWay.set(PLACE, version ?? null)
  here.unsent.keep(PLACE, NOTHING_UNSENT)
  return {
    isStored: () => {
      if (server.kept.get(PLACE)?.version === version) {
        server.kept.delete(PLACE)
      }
      here.drafts.sent(PLACE, version)
      here.onItsWay.delete(PLACE)
      here.drafts.released(PLACE)
    },
    fails: (unsent: UnsentText) => {
      here.onItsWay.delete(PLACE)
      here.drafts.released(PLACE)
      here.unsent.keep(PLACE, unsent)
    },
  }
}

test('a message takes its draft with it, and nothing else is asked', async () => {
  const here = device()
  here.type('Grease it.')
  await passes(1_000)
  const message = sends(here)
  await passes(5_000)
  expect(server.kept.has(PLACE)).toBe(true)
  message.isStored()
  await passes(5_000)
  expect(server.kept.size).toBe(0)
  expect(server.asked).toEqual(['list', 'save: Grease it.'])
})

test('sent while it was being saved, the draft is gone all the same', async () => {
  for (const isFirstStored of [true, false]) {
    server = new Server()
    const here = device()
    await passes(0)
    let goOn = () => {}
    server.held = new Promise((resolve) => {
      goOn = resolve
    })
    here.type('Grease it.')
    await passes(1_000)
    server.held = undefined
    const message = sends(here)
    if (isFirstStored) {
      goOn()
      await passes(0)
      message.isStored()
    } else {
      message.isStored()
      goOn()
    }
    await passes(5_000)
    expect(server.kept.size).toBe(0)
    expect(here.text()).toBe('')
  }
})

test('a message that fails keeps its draft, also over a reload', async () => {
  const storage = memory()
  const here = device(storage)
  here.type('Grease it.')
  await passes(1_000)
  const unsent = here.unsent.read(PLACE)
  sends(here)
  await passes(5_000)
  here.leave()

  const after = device(memory())
  after.onItsWay.set(PLACE, server.kept.get(PLACE)?.version ?? 0)
  after.drafts.heardAgain()
  await passes(5_000)
  expect(after.text()).toBe('')
  after.onItsWay.delete(PLACE)
  after.drafts.released(PLACE)
  after.unsent.keep(PLACE, unsent)
  await passes(5_000)
  expect(after.text()).toBe('Grease it.')
  expect(server.kept.get(PLACE)?.text).toBe('Grease it.')
  expect(after.drafts.state(PLACE)).toBe('saved')
})

test('what another device wrote while a message was on its way comes up after it', async () => {
  const here = device()
  here.type('Grease it.')
  await passes(1_000)
  const message = sends(here)
  const version = server.writes(PLACE, 'Grease it. And the bolts')
  here.drafts.heard(7, 'REPLY', version)
  await passes(0)
  expect(here.text()).toBe('')
  message.isStored()
  await passes(5_000)
  expect(here.text()).toBe('Grease it. And the bolts')
  expect(server.kept.get(PLACE)?.text).toBe('Grease it. And the bolts')
})

test('discarding reaches the server, and undoing it too', async () => {
  const here = device()
  here.type('Have you')
  await passes(1_000)
  const discarded = here.unsent.read(PLACE)
  here.unsent.keep(PLACE, NOTHING_UNSENT)
  here.drafts.flush()
  await passes(0)
  expect(server.kept.size).toBe(0)
  here.unsent.keep(PLACE, discarded)
  await passes(1_000)
  expect(server.kept.get(PLACE)?.text).toBe('Have you')
})

test('what the server refuses for good is not sent again until it is changed', async () => {
  const here = device()
  here.type('x'.repeat(101))
  await passes(60_000)
  expect(here.drafts.state(PLACE)).toBe('refused')
  expect(saves()).toHaveLength(1)
  here.type('Shorter')
  await passes(1_000)
  expect(here.drafts.state(PLACE)).toBe('saved')
})

test('the ticket that is being opened has no number yet, and is kept in this tab only', async () => {
  const here = device()
  here.unsent.keep('new.body', { text: 'It rattles', attachments: [] })
  await passes(10_000)
  expect(server.asked).toEqual(['list'])
  expect(here.drafts.holdsUnsaved()).toBe(true)
})

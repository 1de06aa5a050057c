import { beforeEach, expect, test } from 'vitest'
import { NOTHING_UNSENT, UnsentTexts } from './unsent-text'

class MemoryStorage implements Storage {
  readonly #values = new Map<string, string>()
  full = false
  get length() {
    return this.#values.size
  }
  clear() {
    this.#values.clear()
  }
  getItem(key: string) {
    return this.#values.get(key) ?? null
  }
  key(index: number) {
    return [...this.#values.keys()][index] ?? null
  }
  removeItem(key: string) {
    this.#values.delete(key)
  }
  setItem(key: string, value: string) {
    if (this.full) {
      throw new DOMException('full', 'QuotaExceededError')
    }
    this.#values.set(key, value)
  }
}

let storage: MemoryStorage
beforeEach(() => {
  storage = new MemoryStorage()
})

const screenshot = { id: 'a1', fileName: 'screen.png', mediaType: 'image/png', sizeBytes: 12 }

test('text and attachments are there after the page was loaded again', () => {
  new UnsentTexts(storage, 'dana').keep('10482.reply', { text: 'Dear Rita,\n', attachments: [screenshot] })
  expect(new UnsentTexts(storage, 'dana').read('10482.reply')).toEqual({
    text: 'Dear Rita,\n',
    attachments: [screenshot],
  })
})

test('a note never turns up in the reply, nor on another ticket, nor for another person', () => {
  const dana = new UnsentTexts(storage, 'dana')
  dana.keep('10482.note', { text: 'The customer is lying', attachments: [] })
  expect(dana.read('10482.reply')).toEqual(NOTHING_UNSENT)
  expect(dana.read('10483.note')).toEqual(NOTHING_UNSENT)
  expect(new UnsentTexts(storage, 'eli').read('10482.note')).toEqual(NOTHING_UNSENT)
})

test('what was sent or emptied leaves nothing behind', () => {
  const dana = new UnsentTexts(storage, 'dana')
  dana.keep('10482.reply', { text: 'x', attachments: [] })
  dana.keep('10482.reply', { text: '  \n', attachments: [] })
  expect(storage.length).toBe(0)
})

test('damaged or full storage loses the page nothing', () => {
  storage.setItem('tealdesk.unsent.dana.1.reply', '{"text":5')
  const dana = new UnsentTexts(storage, 'dana')
  expect(dana.read('1.reply')).toEqual(NOTHING_UNSENT)
  storage.full = true
  dana.keep('2.reply', { text: 'long', attachments: [] })
  expect(dana.read('2.reply').text).toBe('long')
})

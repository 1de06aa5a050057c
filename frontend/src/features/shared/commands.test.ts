import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { clash } from '@/lib/keyboard'
import { refusalOf } from '@/lib/reserved-keys'
import { commandIds, definitionOf } from './commands'

const texts = import.meta.glob<{ command: unknown }>('../../messages/en/commands.json', {
  eager: true,
  import: 'default',
})
const names = Object.values(texts)[0]?.command
const nameOf = (id: string) =>
  id.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)?.[key], names)
const document = readFileSync('../docs/keyboard.md', 'utf8')

test('every command has a name', () => {
  for (const id of commandIds) expect(nameOf(id), id).toEqual(expect.any(String))
})

test('no two commands begin with keys that clash', () => {
  const withKeys = commandIds.flatMap((id) => {
    const { keys } = definitionOf(id)
    return keys ? [{ id, keys }] : []
  })
  for (const one of withKeys) {
    for (const other of withKeys) {
      if (one.id < other.id) {
        expect(clash(one.keys, other.keys), `${one.id} and ${other.id}`).toBe(false)
      }
    }
  }
  // What views begin with.
  for (const { id, keys } of withKeys) {
    expect(keys, id).not.toMatch(/^g( [1-9mua])?$/)
  }
})

test('nothing collides with the browser or a screen reader', () => {
  // A link that has the focus opens by Enter anyway, Escape leaves everywhere, and Space would only scroll.
  const alsoFocus = new Set(['Enter', 'Escape', 'Space'])
  for (const id of commandIds) {
    const { keys } = definitionOf(id)
    if (keys && !alsoFocus.has(keys)) expect(refusalOf(keys), id).toBeUndefined()
  }
})

test('docs/keyboard.md lists them all with their keys', () => {
  const listed = [...document.matchAll(/^\| `([a-z]+\.[A-Za-z]+)` \| (.*?) \| (.*?) \|$/gm)].map(
    ([, id, keys, name]) => ({ id, keys, name }),
  )
  expect(listed).toEqual(
    commandIds.map((id) => {
      const { keys } = definitionOf(id)
      return {
        id,
        keys: keys
          ? keys
              .split(' ')
              .map((key) => `\`${key}\``)
              .join(' ')
          : '–',
        name: nameOf(id),
      }
    }),
  )
})

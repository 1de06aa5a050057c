import { expect, test } from 'vitest'

// As they are written: the modules themselves hold precompiled messages.
const texts = import.meta.glob<string>('./*/*.json', { eager: true, import: 'default', query: '?raw' })
const files = Object.fromEntries(
  Object.entries(texts).map(([path, text]) => [path, JSON.parse(text) as unknown]),
)

function textsOf(value: unknown, path: string): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value as object).flatMap(([key, child]) => textsOf(child, `${path}.${key}`))
}

function textsIn(locale: string) {
  const own = Object.entries(files).filter(([path]) => path.startsWith(`./${locale}/`))
  return new Map(own.flatMap(([path, value]) => textsOf(value, path.slice(`./${locale}/`.length))))
}

/** `{count, plural, …}` and `{name}` → count, name. */
const argumentsOf = (text: string) =>
  [...new Set([...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map((match) => match[1]))].sort()

const english = textsIn('en')
const german = textsIn('de')

test('both languages have the same keys', () => {
  expect([...german.keys()].sort()).toEqual([...english.keys()].sort())
})

test('a text takes the same arguments in both languages', () => {
  for (const [key, text] of english) {
    expect(argumentsOf(german.get(key) ?? ''), key).toEqual(argumentsOf(text))
  }
})

test('no text is empty', () => {
  for (const [key, text] of [...english, ...german]) expect(text.trim(), key).not.toBe('')
})

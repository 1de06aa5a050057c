import { expect, test } from 'vitest'
import { fuzzyScore } from './fuzzy'

const best = (typed: string, texts: string[]) =>
  texts
    .map((text) => ({ text, score: fuzzyScore(text, typed) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ text }) => text)

test('words, beginnings of words, pieces and letters left out, in this order', () => {
  expect(best('team', ['My teammate', 'Steam', 'Team', 'Teams'])).toEqual([
    'Team',
    'Teams',
    'My teammate',
    'Steam',
  ])
  expect(best('rslv', ['Resolve', 'Reply'])).toEqual(['Resolve'])
  expect(best('opt', ['Open a ticket', 'Order'])).toEqual(['Open a ticket'])
})

test('every typed word has to be found, in any order', () => {
  expect(best('ticket open', ['Open a ticket', 'Open'])).toEqual(['Open a ticket'])
  expect(best('open xyz', ['Open a ticket'])).toEqual([])
})

test('accents and capitals do not matter', () => {
  expect(best('losen', ['Auflösen', 'Lösen'])).toEqual(['Lösen', 'Auflösen'])
  expect(best('STRASSE', ['Hauptstraße 3'])).toEqual(['Hauptstraße 3'])
})

test('nothing typed finds nothing, and two letters are not scattered over a text', () => {
  expect(fuzzyScore('Anything', '  ')).toBe(0)
  expect(fuzzyScore('Resolve', 'rv')).toBe(0)
})

import { expect, test } from 'vitest'
import type { Selection } from './selection'
import { countOf, extended, isSelected, NOTHING, ofRows, toggled } from './selection'

const rows = [1, 2, 3, 4, 5].map((number) => ({ number }))
const numbersOf = (selection: Selection) =>
  rows.map(({ number }) => number).filter((number) => isSelected(selection, number))

test('a row is taken in and out', () => {
  const one = toggled(NOTHING, rows, 2)
  const two = toggled(one, rows, 4)
  expect(numbersOf(two)).toEqual([2, 4])
  expect(numbersOf(toggled(two, rows, 2))).toEqual([4])
  expect(toggled(one, rows, 2)).toEqual(NOTHING)
})

test('Shift extends from the row that was taken last, and gives back what it goes back over', () => {
  const one = toggled(NOTHING, rows, 2)
  expect(numbersOf(extended(one, rows, 2, 4))).toEqual([2, 3, 4])
  expect(numbersOf(extended(extended(one, rows, 2, 4), rows, 4, 3))).toEqual([2, 3])
  expect(numbersOf(extended(extended(one, rows, 2, 4), rows, 4, 1))).toEqual([1, 2])
})

test('a stretch is added to what was selected before', () => {
  const apart = toggled(toggled(NOTHING, rows, 1), rows, 4)
  expect(numbersOf(extended(apart, rows, 4, 5))).toEqual([1, 4, 5])
})

test('without a selection it begins where the cursor is', () => {
  expect(numbersOf(extended(NOTHING, rows, 3, 4))).toEqual([3, 4])
})

test('all that match are more than the list has loaded; taking one out leaves the loaded ones', () => {
  const all: Selection = { kind: 'all', count: 2_314 }
  expect(countOf(all)).toBe(2_314)
  expect(numbersOf(all)).toEqual([1, 2, 3, 4, 5])
  expect(numbersOf(toggled(all, rows, 3))).toEqual([1, 2, 4, 5])
  expect(extended(all, rows, 1, 2)).toBe(all)
  expect(countOf(ofRows(rows))).toBe(5)
})

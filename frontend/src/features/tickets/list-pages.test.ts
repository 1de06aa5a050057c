import { describe, expect, test } from 'vitest'
import type { RowPages } from './list-pages'
import { driftOf, isBeginning, rowsOf, withNewerRows } from './list-pages'
import type { TicketRow } from './ticket-model'

const aRow = (number: number, change: Partial<TicketRow> = {}): TicketRow => ({
  number,
  subject: `Ticket ${number}`,
  status: 'OPEN',
  lane: 'TO_DO',
  priority: 'MEDIUM',
  requester: { id: 'r', name: 'Rita' },
  team: { id: 't', name: 'Support' },
  tags: [],
  createdAt: '2026-11-20T08:00:00Z',
  updatedAt: '2026-11-20T08:00:00Z',
  lastMessageAt: '2026-11-20T08:00:00Z',
  lastMessageBy: 'REQUESTER',
  version: 1,
  ...change,
})
const page = (numbers: number[], nextCursor?: string) => ({ items: numbers.map((n) => aRow(n)), nextCursor })
const numbers = (rows: TicketRow[]) => rows.map((row) => row.number)

test('a ticket that moved between two pages is listed once', () => {
  expect(numbers(rowsOf([page([1, 2, 3], 'c'), page([3, 4])]))).toEqual([1, 2, 3, 4])
})

describe('newer rows', () => {
  const pages: RowPages = { pages: [page([1, 2], 'c'), page([3])], pageParams: [undefined, 'c'] }

  test('change in place and never move', () => {
    const next = withNewerRows(pages, [aRow(3, { version: 2, priority: 'HIGH' }), aRow(9)])
    expect(numbers(rowsOf(next.pages))).toEqual([1, 2, 3])
    expect(rowsOf(next.pages)[2]?.priority).toBe('HIGH')
  })

  test('an answer that was overtaken changes nothing', () => {
    expect(withNewerRows(pages, [aRow(1, { version: 0, subject: 'old' }), aRow(2)])).toBe(pages)
  })

  test('a row of the same version that knows of a newer message is taken', () => {
    const answered = aRow(1, { lastMessageAt: '2026-11-21T08:00:00Z', lastMessageBy: 'STAFF' })
    expect(rowsOf(withNewerRows(pages, [answered]).pages)[0]).toBe(answered)
  })
})

describe('drift', () => {
  test('sees who arrived and who left', () => {
    expect(driftOf([page([1, 2, 3, 4], 'c')], page([7, 1, 3, 4], 'c'))).toEqual({ arrived: [7], left: [2] })
  })

  test('rows pulled up from beyond the loaded ones have not arrived', () => {
    expect(driftOf([page([1, 2, 3], 'c')], page([1, 3, 4], 'c'))).toEqual({ arrived: [], left: [2] })
  })

  test('at the end of a completely loaded list everything unknown has arrived', () => {
    expect(driftOf([page([1, 2])], page([1, 2, 3]))).toEqual({ arrived: [3], left: [] })
    expect(driftOf([page([])], page([5]))).toEqual({ arrived: [5], left: [] })
  })

  test('rows of later pages have not left because the first page ends before them', () => {
    expect(driftOf([page([1, 2], 'c'), page([3, 4])], page([1, 2], 'c'))).toEqual({ arrived: [], left: [] })
  })

  test('a list that is empty by now has lost all', () => {
    expect(driftOf([page([1, 2])], page([]))).toEqual({ arrived: [], left: [1, 2] })
  })
})

describe('a stretch from the middle', () => {
  test('news are what was not at the top before', () => {
    const seen = new Set([1, 2, 3])
    expect(driftOf([page([60, 61], 'c')], page([9, 1, 2], 'c'), seen)).toEqual({ arrived: [9], left: [] })
  })

  test('a page without a place is the beginning, whatever cursor it carries', () => {
    const withPrevious = { ...page([1], 'c'), previousCursor: 'p' }
    expect(isBeginning(withPrevious, undefined)).toBe(true)
    expect(isBeginning(withPrevious, { cursor: 'x' })).toBe(false)
    expect(isBeginning(page([1], 'c'), { before: 'x' })).toBe(true)
  })
})

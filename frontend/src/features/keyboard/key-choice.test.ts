import { expect, test } from 'vitest'
import { assignedKeys, NO_OWN_KEYS, type OwnKeys } from '@/lib/keyboard'
import { type Entry, judge, swapped, withKeys } from './key-choice'

const assign: Entry = { id: 'ticket.assign', label: 'Assign', group: 'Ticket', keys: 'a' }
const open: Entry = { id: 'list.open', label: 'Open', group: 'List', keys: 'Enter' }
const mine: Entry = { id: 'view.MINE', label: 'Mine', group: 'Views', keys: 'g m' }
const look: Entry = { id: 'list.look', label: 'Columns', group: 'List' }
const entries = [assign, open, mine, look]

const own = (keys: Record<string, string>): OwnKeys => ({
  singleKeys: true,
  keys: new Map(Object.entries(keys)),
})
const keysOf = (entry: Entry, by: OwnKeys) => assignedKeys(entry, by)

test('keys that nobody has are free', () => {
  expect(judge(assign, 'y', entries, NO_OWN_KEYS)).toEqual({ kind: 'free' })
  expect(judge(look, 'g l', entries, NO_OWN_KEYS)).toEqual({ kind: 'free' })
})

test('keys of another command are taken, at first and when they were given to it', () => {
  expect(judge(look, 'a', entries, NO_OWN_KEYS)).toEqual({ kind: 'taken', other: assign })
  expect(judge(look, 'y', entries, own({ 'ticket.assign': 'y' }))).toEqual({ kind: 'taken', other: assign })
  expect(judge(look, 'a', entries, own({ 'ticket.assign': 'y' }))).toEqual({ kind: 'free' })
  expect(judge(look, 'a', entries, own({ 'ticket.assign': '' }))).toEqual({ kind: 'free' })
})

test('a key that begins a sequence would bury it', () => {
  expect(judge(look, 'g', entries, NO_OWN_KEYS)).toEqual({ kind: 'overlaps', other: mine })
  expect(judge(look, 'a x', entries, NO_OWN_KEYS)).toEqual({ kind: 'overlaps', other: assign })
})

test('reserved keys are refused, except to the command that had them at the beginning', () => {
  expect(judge(assign, 'Enter', entries, NO_OWN_KEYS)).toEqual({ kind: 'refused', why: 'focus' })
  expect(judge(open, 'Enter', entries, own({ 'list.open': 'v' }))).toEqual({ kind: 'free' })
})

test('what everybody begins with is not kept', () => {
  expect(withKeys(own({ 'ticket.assign': 'y' }), assign, 'a').keys).toEqual(new Map())
  expect(withKeys(NO_OWN_KEYS, look, '').keys).toEqual(new Map())
  expect(withKeys(NO_OWN_KEYS, assign, '').keys).toEqual(new Map([['ticket.assign', '']]))
})

test('two commands swap their keys, and back', () => {
  const after = swapped(NO_OWN_KEYS, assign, 'g m', mine)
  expect(keysOf(assign, after)).toBe('g m')
  expect(keysOf(mine, after)).toBe('a')
  expect(swapped(after, assign, 'a', mine).keys).toEqual(new Map())
})

test('a swap hands on nothing that the other may not have', () => {
  const after = swapped(NO_OWN_KEYS, open, 'a', assign)
  expect(keysOf(open, after)).toBe('a')
  expect(keysOf(assign, after)).toBeUndefined()
  const withNone = swapped(NO_OWN_KEYS, look, 'a', assign)
  expect(keysOf(look, withNone)).toBe('a')
  expect(keysOf(assign, withNone)).toBeUndefined()
})

import { expect, test } from 'vitest'
import type { Shortcut } from '@/lib/keyboard'
import { commandsAtFirst, commandsMatching, ticketNumberIn } from './palette-options'

const command = (id: string, label: string, group: string): Shortcut => ({ id, label, group, run: () => {} })
const commands = [
  command('go.people', 'Personen', 'Gehe zu'),
  command('ticket.assign', 'Zuweisen', 'Ticket'),
  command('ticket.priority', 'Priorität', 'Ticket'),
  command('view.1', 'Prioritäre Kunden', 'Ansichten'),
]
const english = (id: string) => ({ 'ticket.assign': 'Assign', 'go.people': 'People' })[id]
const ids = (found: readonly Shortcut[]) => found.map(({ id }) => id)

test('what was used last comes first, as far as it works here', () => {
  const { recent, others } = commandsAtFirst(commands, ['ticket.priority', 'gone.command', 'go.people'])
  expect(ids(recent)).toEqual(['ticket.priority', 'go.people'])
  expect(ids(others)).toEqual(['ticket.assign', 'view.1'])
  expect(ids(commandsAtFirst(commands, []).others)).toEqual([
    'ticket.assign',
    'ticket.priority',
    'view.1',
    'go.people',
  ])
})

test("commands are found by the reader's words and by English ones", () => {
  expect(ids(commandsMatching(commands, 'zuw', english, []))).toEqual(['ticket.assign'])
  expect(ids(commandsMatching(commands, 'assign', english, []))).toEqual(['ticket.assign'])
  expect(ids(commandsMatching(commands, 'prioritat', english, []))[0]).toBe('ticket.priority')
  expect(ids(commandsMatching(commands, 'gehe personen', english, []))).toEqual(['go.people'])
})

test('of two that match alike, the one used lately comes first', () => {
  expect(ids(commandsMatching(commands, 'priori', english, ['view.1']))[0]).toBe('view.1')
})

test('a number is a ticket, with or without its sign', () => {
  expect(ticketNumberIn('10482')).toBe(10_482)
  expect(ticketNumberIn(' #10482 ')).toBe(10_482)
  expect(ticketNumberIn('10482a')).toBeUndefined()
  expect(ticketNumberIn('#')).toBeUndefined()
  expect(ticketNumberIn('1234567890123456')).toBeUndefined()
})

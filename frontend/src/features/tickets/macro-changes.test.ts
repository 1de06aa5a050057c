import { expect, test } from 'vitest'
import type { Macro, TicketRow } from '@/api/generated/types.gen'
import { changesOf } from './macro-changes'

const ticket: TicketRow = {
  number: 10_001,
  subject: 'Printer on fire',
  status: 'OPEN',
  lane: 'TO_DO',
  priority: 'MEDIUM',
  requester: { id: 'rita', name: 'Rita' },
  team: { id: 'support', name: 'Support' },
  assignee: { id: 'eli', name: 'Eli' },
  tags: ['old', 'stays'],
  createdAt: '2026-11-20T09:00:00Z',
  updatedAt: '2026-11-20T09:00:00Z',
  lastMessageAt: '2026-11-20T09:00:00Z',
  lastMessageBy: 'REQUESTER',
  version: 3,
}
const me = { id: 'dana', name: 'Dana' }
const NOW = Date.parse('2026-11-20T12:00:00Z')

const changes = (actions: Macro['actions'], named: Partial<Macro> = {}) =>
  changesOf({ actions, ...named }, ticket, me, NOW)

test('each action is a change of the ticket, the team before whom it decides about', () => {
  const team = { id: 'billing', name: 'Billing' }
  expect(
    changes(
      {
        status: 'WAITING_ON_CUSTOMER',
        priority: 'HIGH',
        teamId: 'billing',
        assignee: { to: 'ME' },
        addTags: ['vip', 'stays'],
        removeTags: ['old'],
        dueDate: { inHours: 2 },
      },
      { team },
    ),
  ).toEqual([
    { kind: 'team', team },
    { kind: 'assignee', assignee: me },
    { kind: 'priority', priority: 'HIGH' },
    { kind: 'tags', tags: ['stays', 'vip'] },
    { kind: 'dueAt', dueAt: '2026-11-20T14:00:00.000Z' },
    { kind: 'status', status: 'WAITING_ON_CUSTOMER' },
  ])
})

test('what is so already is no change', () => {
  expect(changes({ status: 'OPEN', priority: 'MEDIUM', addTags: ['old'], dueDate: {} })).toEqual([])
  expect(
    changes({ assignee: { to: 'PERSON', personId: 'eli' } }, { assignee: { id: 'eli', name: 'Eli' } }),
  ).toEqual([])
  expect(changes({ assignee: { to: 'NOBODY' } })).toEqual([{ kind: 'assignee', assignee: null }])
})

test('a reply starts the work unless the macro says where it stands', () => {
  const reply = { kind: 'REPLY', text: 'Hi' } as const
  expect(changes({ message: reply })).toEqual([{ kind: 'status', status: 'IN_PROGRESS' }])
  expect(changes({ message: reply, status: 'OPEN' })).toEqual([])
  expect(changes({ message: { kind: 'NOTE', text: 'Hi' } })).toEqual([])
})

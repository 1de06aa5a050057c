import { expect, test } from 'vitest'
import type { MacroActions } from '@/api/generated/types.gen'
import { actionsOf, formOf } from './macro-form'

test('a form holds what a macro does, and gives it back unchanged', () => {
  const actions: MacroActions = {
    status: 'RESOLVED',
    priority: 'HIGH',
    teamId: 'billing',
    assignee: { to: 'PERSON', personId: 'eli' },
    addTags: ['a', 'b'],
    removeTags: ['c'],
    dueDate: { inHours: 4 },
    message: { kind: 'NOTE', text: 'x' },
  }
  expect(actionsOf(formOf({ actions, assignee: { id: 'eli', name: 'Eli' } }))).toEqual(actions)
})

test('what is left alone is not said', () => {
  expect(JSON.stringify(actionsOf(formOf(null)))).toBe('{}')
  expect(JSON.stringify(actionsOf({ ...formOf(null), addTags: ' , a ,, b', due: 'REMOVE' }))).toBe(
    '{"addTags":["a","b"],"dueDate":{}}',
  )
})

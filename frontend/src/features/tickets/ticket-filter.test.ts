import { describe, expect, test } from 'vitest'
import { all, any, aTerm } from './filter-expression'
import type { TicketFilter } from './ticket-filter'
import {
  EVERYTHING,
  expressionOf,
  fieldsInUse,
  filterKey,
  filterParams,
  listQuery,
  parseFilter,
  sameTickets,
  unreadable,
  withExpression,
  withField,
  withoutField,
} from './ticket-filter'

const everyField: TicketFilter = {
  status: ['OPEN', 'RESOLVED'],
  lane: [],
  priority: ['CRITICAL', 'LOW'],
  team: ['0192-team'],
  assignee: 'me',
  requester: '0192-person',
  organisation: '0192-organisation',
  tag: ['refund', 'a&b=c', 'größe'],
  text: 'printer "on fire" & more',
  createdAfter: '2026-10-01',
  createdBefore: '2026-10-31',
  updatedAfter: '2026-11-01',
  updatedBefore: '2026-11-22',
  overdue: true,
  snoozed: true,
  order: 'DUE',
}

describe('filter and address', () => {
  test('a filter with every field survives the round trip through the address', () => {
    const address = filterParams(everyField).toString()
    expect(parseFilter(new URLSearchParams(address))).toEqual(everyField)
  })

  test('each field alone survives the round trip', () => {
    for (const field of fieldsInUse(everyField)) {
      const alone = withField(EVERYTHING, field, everyField[field])
      expect(parseFilter(filterParams(alone))).toEqual(alone)
      expect(fieldsInUse(alone)).toEqual([field])
    }
  })

  test('what is written can be read', () => {
    expect(unreadable(filterParams(everyField))).toEqual([])
    const nested = withExpression(
      EVERYTHING,
      all(any(aTerm('status', 'IN', 'OPEN'), all(aTerm('tag', 'EMPTY'), aTerm('created', 'AFTER', '-7d')))),
    )
    expect(unreadable(filterParams(nested))).toEqual([])
    expect(unreadable(new URLSearchParams())).toEqual([])
  })

  test.each([
    ['status=OPEN&status=OPNE', ['status']],
    ['createdAfter=2026-02-30', ['createdAfter']],
    ['overdue=yes&order=BEST', ['order', 'overdue']],
    ['filter={"all":[', ['filter']],
    ['filter=status', ['filter']],
    ['filter={"all":[]}', []],
    ['filter={"property":"colour","operator":"IN","values":["red"]}', ['filter']],
    [
      'filter={"all":[{"property":"tag","operator":"EMPTY"},{"property":"colour","operator":"IN","values":["red"]}]}',
      ['filter'],
    ],
  ])('what cannot be read is named: %s', (address, names) => {
    expect(unreadable(new URLSearchParams(address))).toEqual(names)
  })

  test('an empty filter makes an empty address', () => {
    expect(filterParams(EVERYTHING).toString()).toBe('')
    expect(parseFilter(new URLSearchParams())).toEqual(EVERYTHING)
  })

  test('an old or mistyped link opens without what it got wrong', () => {
    const filter = parseFilter(
      new URLSearchParams(
        'status=OPEN&status=BURNING&priority=&createdAfter=2026-02-31&order=FUNNY&unknown=1',
      ),
    )
    expect(filter).toEqual({ ...EVERYTHING, status: ['OPEN'] })
  })

  test('repeated and shuffled values make one key', () => {
    const one = parseFilter(new URLSearchParams('tag=b&tag=a&status=RESOLVED&status=OPEN&tag=a'))
    const other = parseFilter(new URLSearchParams('status=OPEN&tag=a&status=RESOLVED&tag=b'))
    expect(filterKey(one)).toBe(filterKey(other))
  })
})

describe('changing a filter', () => {
  test('status and lane are two ways to say one thing', () => {
    const lane = withField(EVERYTHING, 'lane', ['WAITING'])
    const status = withField(lane, 'status', ['OPEN'])
    expect(status.lane).toEqual([])
    expect(withField(status, 'lane', ['DONE']).status).toEqual([])
  })

  test('taking a field out leaves the others and the order', () => {
    const without = withoutField(everyField, 'tag')
    expect(without).toEqual({ ...everyField, tag: [] })
    expect(withoutField(everyField, 'assignee').assignee).toBeUndefined()
  })

  test('another order shows the same tickets, another field does not', () => {
    expect(sameTickets(everyField, { ...everyField, order: 'NEWEST' })).toBe(true)
    expect(sameTickets(everyField, withoutField(everyField, 'overdue'))).toBe(false)
  })
})

describe('what the API is asked', () => {
  test('lanes become statuses where snoozing makes no difference', () => {
    expect(listQuery(withField(EVERYTHING, 'lane', ['TO_DO', 'WAITING']))).toEqual({
      status: ['OPEN', 'IN_PROGRESS', 'WAITING_ON_CUSTOMER', 'WAITING_ON_THIRD_PARTY'],
    })
    expect(listQuery(withField(EVERYTHING, 'lane', ['TO_DO']))).toEqual({ lane: 'TO_DO' })
    expect(listQuery(withField(EVERYTHING, 'lane', ['WAITING', 'DONE'])).filter).toBe(
      '{"all":[{"property":"lane","operator":"IN","values":["WAITING","DONE"]}]}',
    )
  })

  test('days become instants, and the last day is included', () => {
    const query = listQuery({ ...EVERYTHING, createdAfter: '2026-10-31', createdBefore: '2026-10-31' })
    expect(query).toEqual({
      createdAfter: new Date(2026, 9, 31).toISOString(),
      createdBefore: new Date(2026, 10, 1).toISOString(),
    })
  })

  test('nothing asked for is nothing sent', () => {
    expect(listQuery(EVERYTHING)).toEqual({})
  })
})

describe('expressions', () => {
  const urgentOrTagged = any(aTerm('priority', 'IN', 'CRITICAL'), aTerm('tag', 'ALL_OF', 'a', 'b'))

  test('what plain fields can say becomes plain fields, and comes back', () => {
    const { status: _, ...rest } = everyField
    const filter: TicketFilter = { ...rest, status: ['OPEN'] }
    expect(withExpression({ ...EVERYTHING, order: 'DUE' }, expressionOf(filter))).toEqual({
      ...filter,
      tag: [...filter.tag].sort(),
    })
  })

  test('the rest stays an expression beside them, and survives the address', () => {
    const whole = all(aTerm('status', 'IN', 'OPEN'), urgentOrTagged, aTerm('created', 'AFTER', '-7d'))
    const filter = withExpression(EVERYTHING, whole)
    expect(filter.status).toEqual(['OPEN'])
    expect(filter.expression).toEqual(all(urgentOrTagged, aTerm('created', 'AFTER', '-7d')))
    expect(parseFilter(new URLSearchParams(filterParams(filter).toString()))).toEqual(filter)
  })

  test('the API is asked for all of it at once', () => {
    const query = listQuery(withExpression(EVERYTHING, all(aTerm('status', 'IN', 'OPEN'), urgentOrTagged)))
    expect(Object.keys(query)).toEqual(['filter', 'zone'])
    expect(JSON.parse(query.filter ?? '')).toEqual({
      all: [
        { property: 'status', operator: 'IN', values: ['OPEN'] },
        {
          any: [
            { property: 'priority', operator: 'IN', values: ['CRITICAL'] },
            { property: 'tag', operator: 'ALL_OF', values: ['a', 'b'] },
          ],
        },
      ],
    })
  })

  test('an address that says it the long way is the same list', () => {
    const long = parseFilter(
      new URLSearchParams({ filter: '{"property":"status","operator":"IN","values":["OPEN"]}' }),
    )
    expect(filterKey(long)).toBe('status=OPEN')
  })

  test('what a plain field cannot hold is not bent to fit', () => {
    for (const term of [
      aTerm('team', 'IN', 'mine'),
      aTerm('assignee', 'IN', 'me', 'none'),
      aTerm('organisation', 'IN', 'none'),
      aTerm('overdue', 'IS', 'false'),
      aTerm('status', 'NOT_IN', 'OPEN'),
      aTerm('created', 'AFTER', '2026-10-01T12:34:56.000Z'),
    ]) {
      const filter = withExpression(EVERYTHING, all(term))
      expect(filter.expression, term.property).toEqual(all(term))
      expect(fieldsInUse(filter)).toEqual([])
    }
  })

  test('the view that a filter began as changes nothing about its rows', () => {
    const viewed = parseFilter(new URLSearchParams('status=OPEN&view=0192-view'))
    expect(viewed.view).toBe('0192-view')
    expect(filterKey(viewed)).toBe('status=OPEN')
    expect(filterParams(viewed).get('view')).toBe('0192-view')
  })
})

import { describe, expect, test } from 'vitest'
import type { TicketFilter } from './ticket-filter'
import {
  EVERYTHING,
  fieldsInUse,
  filterKey,
  filterParams,
  listQuery,
  parseFilter,
  sameTickets,
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
  test('lanes become statuses', () => {
    expect(listQuery(withField(EVERYTHING, 'lane', ['TO_DO', 'WAITING']))).toEqual({
      status: ['OPEN', 'IN_PROGRESS', 'WAITING_ON_CUSTOMER', 'WAITING_ON_THIRD_PARTY'],
    })
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

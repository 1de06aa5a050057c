import { describe, expect, test } from 'vitest'
import { axisTicks, changeOf } from './report-model'
import {
  daysBetween,
  parseRequest,
  requestParams,
  stepsFor,
  unreadable,
  withDays,
  withPeriod,
} from './report-request'

const NOW = new Date(2026, 10, 23, 15, 30)
const parsed = (search: string) => parseRequest(new URLSearchParams(search), NOW)

describe('address', () => {
  test('nothing said is the last thirty days by day', () => {
    expect(parsed('')).toEqual({
      report: 'volume',
      period: '30d',
      from: '2026-10-25',
      to: '2026-11-23',
      by: 'day',
      team: undefined,
      agent: undefined,
      compare: false,
    })
    expect(requestParams(parsed('')).toString()).toBe('')
  })

  test('everything said survives the round trip', () => {
    const search = 'report=first-reply&from=2026-01-05&to=2026-02-10&by=week&team=t&agent=a&compare=true'
    const request = parsed(search)
    expect(request).toMatchObject({ period: 'days', by: 'week', compare: true, team: 't', agent: 'a' })
    expect(parsed(requestParams(request).toString())).toEqual(request)
  })

  test('what it does not understand it leaves out', () => {
    expect(parsed('report=mood&period=soon&by=minute&from=2026-02-30&to=2026-01-01')).toEqual(parsed(''))
    expect(parsed('period=365d&by=hour').by).toBe('week')
  })

  test('what it left out has its name said', () => {
    const names = (search: string) => unreadable(new URLSearchParams(search))
    expect(names('report=tags&from=2026-01-05&to=2026-02-10&by=week&team=t&compare=true')).toEqual([])
    expect(names('report=mood&period=soon&by=minute&from=2026-02-30&to=2026-01-01')).toEqual([
      'report',
      'period',
      'by',
      'from',
    ])
  })

  test('days of an address in the wrong order are turned around', () => {
    expect(parsed('from=2026-02-10&to=2026-01-05')).toEqual(parsed('from=2026-01-05&to=2026-02-10'))
  })
})

describe('periods', () => {
  test('follow the calendar', () => {
    const of = (period: Parameters<typeof withPeriod>[1]) => {
      const { from, to } = withPeriod(parsed(''), period, NOW)
      return [from, to]
    }
    expect(of('month')).toEqual(['2026-11-01', '2026-11-23'])
    expect(of('last-month')).toEqual(['2026-10-01', '2026-10-31'])
    expect(of('year')).toEqual(['2026-01-01', '2026-11-23'])
    expect(of('365d')).toEqual(['2025-11-24', '2026-11-23'])
  })

  test('have as many bars as can be told apart', () => {
    expect(stepsFor('2026-11-23', '2026-11-23')).toEqual(['hour', 'day'])
    expect(stepsFor('2025-11-24', '2026-11-23')).toEqual(['day', 'week', 'month'])
    expect(stepsFor('2020-01-01', '2026-11-23')).toEqual(['week', 'month'])
  })

  test('days in the wrong order are turned around', () => {
    expect(withDays(parsed(''), '2026-03-01', '2026-02-01')).toMatchObject({
      from: '2026-02-01',
      to: '2026-03-01',
    })
  })

  test('days are counted across a change of clocks', () => {
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(3)
  })
})

describe('axis', () => {
  test('ends in round numbers above the largest', () => {
    expect(axisTicks(0, 'count')).toEqual([0, 1])
    expect(axisTicks(37, 'count')).toEqual([0, 10, 20, 30, 40])
    expect(axisTicks(9_800, 'count')).toEqual([0, 5_000, 10_000])
    expect(axisTicks(100 * 60, 'seconds')).toEqual([0, 1_800, 3_600, 5_400, 7_200])
  })

  test('a change needs something to compare with', () => {
    expect(changeOf(15, 10)).toBe(0.5)
    expect(changeOf(15, 0)).toBeUndefined()
    expect(changeOf(undefined, 3)).toBeUndefined()
  })
})

import { describe, expect, test } from 'vitest'
import {
  all,
  any,
  aTerm,
  canonical,
  depthOf,
  FILTER_PROPERTIES,
  filterFromWire,
  momentOf,
  nodeAt,
  OPERATORS,
  parseExpression,
  takesNoValue,
  termCount,
  withNodeAdded,
  withNodeAt,
  writeExpression,
} from './filter-expression'

const urgentOrOld = all(
  aTerm('status', 'IN', 'OPEN', 'IN_PROGRESS'),
  any(
    aTerm('priority', 'IN', 'CRITICAL'),
    all(aTerm('tag', 'ALL_OF', 'größe', 'refund'), aTerm('created', 'BEFORE', '-7d')),
  ),
  aTerm('due', 'EMPTY'),
)

describe('filter and text', () => {
  test('a nested filter survives the round trip', () => {
    expect(parseExpression(writeExpression(urgentOrOld))).toEqual(urgentOrOld)
  })

  test('it is written the way the API reads it', () => {
    expect(writeExpression(all(aTerm('status', 'IN', 'OPEN'), aTerm('resolved', 'EMPTY')))).toBe(
      '{"all":[{"property":"status","operator":"IN","values":["OPEN"]},{"property":"resolved","operator":"EMPTY"}]}',
    )
  })

  test('each property survives the round trip with each of its operators', () => {
    const values = {
      status: 'OPEN',
      lane: 'DONE',
      priority: 'LOW',
      lastMessageBy: 'STAFF',
      overdue: 'true',
      snoozed: 'true',
    }
    for (const property of FILTER_PROPERTIES) {
      for (const operator of OPERATORS[property]) {
        const isMoment = operator === 'BEFORE' || operator === 'AFTER'
        const value = isMoment ? 'startOfWeek' : ((values as Record<string, string>)[property] ?? 'x')
        const filter = all(aTerm(property, operator, ...(takesNoValue(operator) ? [] : [value])))
        expect(parseExpression(writeExpression(filter)), `${property} ${operator}`).toEqual(filter)
      }
    }
  })

  test('a single term needs no group around it', () => {
    expect(filterFromWire({ property: 'tag', operator: 'IN', values: ['vip'] })).toEqual(
      all(aTerm('tag', 'IN', 'vip')),
    )
  })

  test('an old or mistyped filter keeps what it got right', () => {
    const wire = {
      all: [
        { property: 'status', operator: 'IN', values: ['OPEN', 'BURNING', 7] },
        { property: 'mood', operator: 'IN', values: ['bad'] },
        { property: 'overdue', operator: 'CONTAINS', values: ['true'] },
        { property: 'created', operator: 'AFTER', values: ['yesterday'] },
        'nonsense',
      ],
    }
    expect(filterFromWire(wire)).toEqual(all(aTerm('status', 'IN', 'OPEN')))
  })

  test('what is no filter is none', () => {
    for (const text of ['', '{', 'null', '[]', '3', '{"all":[]}', '{"any":[{"property":"mood"}]}', null]) {
      expect(parseExpression(text), String(text)).toBeUndefined()
    }
  })

  test('more than the server takes is not asked for', () => {
    const tags = Array.from({ length: 31 }, (_, i) => aTerm('tag', 'IN', `t${i}`))
    expect(parseExpression(JSON.stringify({ any: tags }))).toBeUndefined()
    const tooDeep = { all: [{ any: [{ all: [{ any: [{ property: 'due', operator: 'EMPTY' }] }] }] }] }
    expect(filterFromWire(tooDeep)).toBeUndefined()
  })
})

describe('one form', () => {
  test('shuffled and doubled values are the same filter', () => {
    const one = all(aTerm('status', 'IN', 'RESOLVED', 'OPEN', 'OPEN'), aTerm('tag', 'IN', 'b', 'a'))
    const other = all(aTerm('status', 'IN', 'OPEN', 'RESOLVED'), aTerm('tag', 'IN', 'a', 'b', ' b '))
    expect(writeExpression(one)).toBe(writeExpression(other))
  })

  test('groups of one and groups like their parent are opened, unfinished terms left out', () => {
    const filter = all(
      any(aTerm('status', 'IN', 'OPEN')),
      all(aTerm('tag', 'IN', 'a'), aTerm('priority', 'IN')),
      aTerm('text', 'CONTAINS', '  '),
      any(),
    )
    expect(canonical(filter)).toEqual(all(aTerm('status', 'IN', 'OPEN'), aTerm('tag', 'IN', 'a')))
  })

  test('a group around one group is that group', () => {
    const either = any(aTerm('due', 'EMPTY'), aTerm('tag', 'IN', 'a'))
    expect(canonical(all(either))).toEqual(either)
  })

  test('the form does not change any more', () => {
    const once = canonical(urgentOrOld)
    expect(canonical(once)).toEqual(once)
  })
})

describe('moments', () => {
  test('are instants, spans from now, or beginnings', () => {
    expect(momentOf('-7d')).toEqual({ kind: 'relative', direction: '-', count: 7, unit: 'd' })
    expect(momentOf('+24h')).toEqual({ kind: 'relative', direction: '+', count: 24, unit: 'h' })
    expect(momentOf('startOfMonth')).toEqual({ kind: 'start', of: 'startOfMonth' })
    expect(momentOf('2026-11-01T00:00:00Z')).toEqual({
      kind: 'instant',
      at: new Date('2026-11-01T00:00:00Z'),
    })
  })

  test('are nothing else', () => {
    for (const text of ['7d', '-7 d', '-7x', '2026', '2026-13-45T00:00', 'startOfYear', '']) {
      expect(momentOf(text), text).toBeUndefined()
    }
  })
})

test('depth counts the groups around the innermost term', () => {
  expect(depthOf(urgentOrOld)).toBe(3)
  expect(depthOf(all(aTerm('due', 'EMPTY')))).toBe(1)
})

describe('editing', () => {
  test('a deep term is replaced and taken out', () => {
    const place = [1, 1, 0]
    const other = aTerm('tag', 'NOT_IN', 'spam')
    const changed = withNodeAt(urgentOrOld, place, other)
    expect(nodeAt(changed, place)).toEqual(other)
    expect(termCount(changed)).toBe(termCount(urgentOrOld))
    expect(termCount(withNodeAt(urgentOrOld, place, undefined))).toBe(termCount(urgentOrOld) - 1)
    expect(nodeAt(urgentOrOld, place)).not.toEqual(other)
  })

  test('a term is added to the group that was meant', () => {
    const added = withNodeAdded(urgentOrOld, [1], aTerm('subject', 'CONTAINS', 'fire'))
    expect(nodeAt(added, [1, 2])).toEqual(aTerm('subject', 'CONTAINS', 'fire'))
    expect(withNodeAdded(urgentOrOld, [0], aTerm('due', 'EMPTY'))).toEqual(urgentOrOld)
  })
})

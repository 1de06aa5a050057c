import { LANES, PRIORITIES, STATUSES } from './ticket-words'

/**
 * What a filter can say: terms about a ticket's properties, joined by "all of" and "any of". Lists, counts, views,
 * exports and the bars of reports all speak this one language.
 */
export interface FilterTerm {
  kind: 'term'
  property: FilterProperty
  operator: FilterOperator
  values: readonly string[]
}

export interface FilterGroup {
  kind: 'group'
  match: 'all' | 'any'
  items: readonly FilterNode[]
}

export type FilterNode = FilterTerm | FilterGroup

export const FILTER_PROPERTIES = [
  'status',
  'lane',
  'priority',
  'team',
  'assignee',
  'requester',
  'organisation',
  'tag',
  'lastMessageBy',
  'created',
  'updated',
  'lastMessage',
  'firstReplied',
  'resolved',
  'due',
  'overdue',
  'snoozed',
  'snoozedUntil',
  'slaDue',
  'subject',
  'text',
] as const
export type FilterProperty = (typeof FILTER_PROPERTIES)[number]

export type FilterOperator =
  | 'IN'
  | 'NOT_IN'
  | 'ALL_OF'
  | 'EMPTY'
  | 'NOT_EMPTY'
  | 'BEFORE'
  | 'AFTER'
  | 'IS'
  | 'CONTAINS'

export const SPEAKERS = ['REQUESTER', 'STAFF'] as const

/** The limits of the server; the builder does not let anybody reach beyond them. */
export const DEPTH_MAX = 3
export const TERMS_MAX = 30
const TEXT_MAX = 200

const MOMENT: readonly FilterOperator[] = ['AFTER', 'BEFORE']
const MOMENT_OR_NONE: readonly FilterOperator[] = ['AFTER', 'BEFORE', 'EMPTY', 'NOT_EMPTY']
const CHOICE: readonly FilterOperator[] = ['IN', 'NOT_IN']

/** What each property can be asked, the likeliest first. */
export const OPERATORS: Record<FilterProperty, readonly FilterOperator[]> = {
  status: CHOICE,
  lane: CHOICE,
  priority: CHOICE,
  team: CHOICE,
  assignee: CHOICE,
  requester: CHOICE,
  organisation: CHOICE,
  tag: ['IN', 'ALL_OF', 'NOT_IN', 'EMPTY', 'NOT_EMPTY'],
  lastMessageBy: CHOICE,
  created: MOMENT,
  updated: MOMENT,
  lastMessage: MOMENT,
  firstReplied: MOMENT_OR_NONE,
  resolved: MOMENT_OR_NONE,
  due: MOMENT_OR_NONE,
  overdue: ['IS'],
  snoozed: ['IS'],
  snoozedUntil: MOMENT,
  slaDue: MOMENT,
  subject: ['CONTAINS'],
  text: ['CONTAINS'],
}

/** The values of properties that have only a few, in the order in which people read them. */
export const CLOSED_VALUES = {
  status: STATUSES,
  lane: LANES,
  priority: PRIORITIES,
  lastMessageBy: SPEAKERS,
  overdue: ['true', 'false'],
  snoozed: ['true', 'false'],
} as const satisfies Partial<Record<FilterProperty, readonly string[]>>

/** Moments that move with the clock: `startOfToday`, `-7d`, `+2h`, `-2w`. */
export const STARTS = ['now', 'startOfToday', 'startOfWeek', 'startOfMonth'] as const
const RELATIVE = /^([+-])(\d{1,4})([hdw])$/

export type Moment =
  | { kind: 'start'; of: (typeof STARTS)[number] }
  | { kind: 'relative'; direction: '-' | '+'; count: number; unit: 'h' | 'd' }
  | { kind: 'instant'; at: Date }

export function momentOf(value: string): Moment | undefined {
  const start = STARTS.find((each) => each === value)
  if (start) {
    return { kind: 'start', of: start }
  }
  const relative = RELATIVE.exec(value)
  if (relative) {
    return {
      kind: 'relative',
      direction: relative[1] === '+' ? '+' : '-',
      count: Number(relative[2]) * (relative[3] === 'w' ? 7 : 1),
      unit: relative[3] === 'h' ? 'h' : 'd',
    }
  }
  const at = /^\d{4}-\d{2}-\d{2}T/.test(value) ? new Date(value) : undefined
  return at && !Number.isNaN(at.getTime()) ? { kind: 'instant', at } : undefined
}

export const all = (...items: FilterNode[]): FilterGroup => ({ kind: 'group', match: 'all', items })
export const any = (...items: FilterNode[]): FilterGroup => ({ kind: 'group', match: 'any', items })
export const aTerm = (
  property: FilterProperty,
  operator: FilterOperator,
  ...values: string[]
): FilterTerm => ({ kind: 'term', property, operator, values })

export const takesNoValue = (operator: FilterOperator) => operator === 'EMPTY' || operator === 'NOT_EMPTY'
export const takesOneValue = (operator: FilterOperator) =>
  operator === 'BEFORE' || operator === 'AFTER' || operator === 'IS' || operator === 'CONTAINS'
export const isMomentOperator = (operator: FilterOperator) => operator === 'BEFORE' || operator === 'AFTER'

export function termCount(node: FilterNode): number {
  return node.kind === 'term' ? 1 : node.items.reduce((sum, item) => sum + termCount(item), 0)
}

/** How many groups lie around the innermost term. */
export function depthOf(node: FilterNode): number {
  return node.kind === 'term' ? 0 : 1 + Math.max(0, ...node.items.map(depthOf))
}

/**
 * The same filter in its one form: values in order and once, terms that say nothing yet left out, groups of one
 * item opened. Equal filters become equal texts, and so share their rows.
 */
export function canonical(group: FilterGroup): FilterGroup {
  const items = group.items.flatMap((item): FilterNode[] => {
    if (item.kind === 'term') {
      const term = canonicalTerm(item)
      return term ? [term] : []
    }
    const inner = canonical(item)
    return inner.match === group.match || inner.items.length < 2 ? [...inner.items] : [inner]
  })
  const seen = new Set<string>()
  const distinct = items.filter((item) => {
    const text = JSON.stringify(wireOf(item))
    return !seen.has(text) && seen.add(text)
  })
  const only = distinct[0]
  if (distinct.length === 1 && only?.kind === 'group') {
    return only
  }
  return { kind: 'group', match: distinct.length < 2 ? 'all' : group.match, items: distinct }
}

function canonicalTerm(term: FilterTerm): FilterTerm | undefined {
  if (takesNoValue(term.operator)) {
    return { ...term, values: [] }
  }
  const values = knownValues(term)
  return values.length > 0 ? { ...term, values } : undefined
}

function knownValues({ property, operator, values }: FilterTerm): string[] {
  if (isMomentOperator(operator)) {
    return values.filter((value) => momentOf(value) !== undefined).slice(0, 1)
  }
  if (operator === 'CONTAINS') {
    return values
      .map((value) => value.trim().slice(0, TEXT_MAX))
      .filter(Boolean)
      .slice(0, 1)
  }
  const closed = closedValuesOf(property)
  const given = [...new Set(values.map((value) => value.trim()).filter(Boolean))]
  const known = closed ? closed.filter((value) => given.includes(value)) : given.sort()
  return takesOneValue(operator) ? known.slice(0, 1) : known
}

export function closedValuesOf(property: FilterProperty): readonly string[] | undefined {
  return property in CLOSED_VALUES ? CLOSED_VALUES[property as keyof typeof CLOSED_VALUES] : undefined
}

/** How the API writes a filter: `{"all":[{"property":"status","operator":"IN","values":["OPEN"]}]}`. */
export type WireFilter =
  | { all: readonly WireFilter[] }
  | { any: readonly WireFilter[] }
  | { property: string; operator: string; values?: readonly string[] }

export function wireOf(node: FilterNode): WireFilter {
  if (node.kind === 'group') {
    const items = node.items.map(wireOf)
    return node.match === 'all' ? { all: items } : { any: items }
  }
  const { property, operator, values } = node
  return takesNoValue(operator) ? { property, operator } : { property, operator, values }
}

/**
 * Reads what an address, a saved view or a report holds. What it does not understand it leaves out, so that an
 * old link still opens; what is no filter at all is none.
 */
export function filterFromWire(wire: unknown): FilterGroup | undefined {
  const node = nodeFromWire(wire, 1)
  if (!node) {
    return undefined
  }
  const group = canonical(node.kind === 'group' ? node : all(node))
  return termCount(group) > 0 && termCount(group) <= TERMS_MAX ? group : undefined
}

export function parseExpression(text: string | null | undefined): FilterGroup | undefined {
  if (!text) {
    return undefined
  }
  try {
    return filterFromWire(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Whether all of a text can be read, rather than a part of it or nothing. */
export function isReadable(text: string): boolean {
  const read = parseExpression(text)
  try {
    return termCount(read ?? all()) === termsWritten(JSON.parse(text))
  } catch {
    return false
  }
}

function termsWritten(wire: unknown): number {
  if (typeof wire !== 'object' || wire === null) {
    return 1
  }
  const { all: every, any: some } = wire as Record<string, unknown>
  const items = Array.isArray(every) ? every : some
  return Array.isArray(items) ? items.reduce((sum: number, item: unknown) => sum + termsWritten(item), 0) : 1
}

export function writeExpression(group: FilterGroup): string {
  return JSON.stringify(wireOf(canonical(group)))
}

function nodeFromWire(wire: unknown, depth: number): FilterNode | undefined {
  if (typeof wire !== 'object' || wire === null) {
    return undefined
  }
  for (const match of ['all', 'any'] as const) {
    const items = (wire as Record<string, unknown>)[match]
    if (Array.isArray(items)) {
      return depth > DEPTH_MAX
        ? undefined
        : {
            kind: 'group',
            match,
            items: items.flatMap((item: unknown) => nodeFromWire(item, depth + 1) ?? []),
          }
    }
  }
  const { property, operator, values } = wire as Record<string, unknown>
  const knownProperty = FILTER_PROPERTIES.find((each) => each === property)
  const knownOperator = knownProperty && OPERATORS[knownProperty].find((each) => each === operator)
  if (!knownProperty || !knownOperator) {
    return undefined
  }
  const texts = Array.isArray(values) ? values.filter((value) => typeof value === 'string') : []
  return { kind: 'term', property: knownProperty, operator: knownOperator, values: texts }
}

/** A group with the node at a place replaced; `undefined` takes it out. A place is the index at each level. */
export function withNodeAt(
  group: FilterGroup,
  place: readonly number[],
  node: FilterNode | undefined,
): FilterGroup {
  const [index, ...deeper] = place
  if (index === undefined) {
    return node?.kind === 'group' ? node : group
  }
  const items = group.items.flatMap((item, at): FilterNode[] => {
    if (at !== index) {
      return [item]
    }
    if (deeper.length === 0) {
      return node ? [node] : []
    }
    return [item.kind === 'group' ? withNodeAt(item, deeper, node) : item]
  })
  return { ...group, items }
}

/** Adds a node to the end of the group at a place. */
export function withNodeAdded(group: FilterGroup, place: readonly number[], node: FilterNode): FilterGroup {
  const target = nodeAt(group, place)
  return target?.kind === 'group'
    ? withNodeAt(group, place, { ...target, items: [...target.items, node] })
    : group
}

export function nodeAt(group: FilterGroup, place: readonly number[]): FilterNode | undefined {
  return place.reduce<FilterNode | undefined>(
    (node, index) => (node?.kind === 'group' ? node.items[index] : undefined),
    group,
  )
}

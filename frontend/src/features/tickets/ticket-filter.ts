import type { FilterGroup, FilterNode, FilterTerm } from './filter-expression'
import {
  all,
  aTerm,
  canonical,
  isReadable,
  parseExpression,
  termCount,
  writeExpression,
} from './filter-expression'
import type { Lane, Priority, Status, TicketOrder } from './ticket-words'
import { LANE_STATUSES, LANES, ORDERS, PRIORITIES, STATUSES } from './ticket-words'

/** What the list shows. Its only home is the URL: see `parseFilter` and `filterParams`. */
export interface TicketFilter {
  status: readonly Status[]
  /** Another way to say status; choosing one clears the other. */
  lane: readonly Lane[]
  priority: readonly Priority[]
  team: readonly string[]
  /** A person's id, `me`, or `none`. */
  assignee?: string
  requester?: string
  organisation?: string
  tag: readonly string[]
  text?: string
  /** Calendar days in the reader's time zone, `2026-11-22`; both ends are included. */
  createdAfter?: string
  createdBefore?: string
  updatedAfter?: string
  updatedBefore?: string
  overdue: boolean
  snoozed: boolean
  /** What the fields above cannot say; it holds in addition to them. */
  expression?: FilterGroup
  order: TicketOrder
  /** The saved view that this began as; it says nothing about which tickets are shown. */
  view?: string
}

export type FilterField = Exclude<keyof TicketFilter, 'order' | 'expression' | 'view'>
export type DayField = 'createdAfter' | 'createdBefore' | 'updatedAfter' | 'updatedBefore'
type ListField = 'status' | 'lane' | 'priority' | 'team' | 'tag'
type SingleField = 'assignee' | 'requester' | 'organisation' | 'text' | DayField

export const FILTER_FIELDS = [
  'lane',
  'status',
  'priority',
  'team',
  'assignee',
  'requester',
  'organisation',
  'tag',
  'text',
  'overdue',
  'snoozed',
  'createdAfter',
  'createdBefore',
  'updatedAfter',
  'updatedBefore',
] as const satisfies readonly FilterField[]

export const DAY_FIELDS = ['createdAfter', 'createdBefore', 'updatedAfter', 'updatedBefore'] as const
const LIST_FIELDS = ['lane', 'status', 'priority', 'team', 'tag'] as const satisfies readonly ListField[]
const SINGLE_FIELDS = [
  'assignee',
  'requester',
  'organisation',
  'text',
  ...DAY_FIELDS,
] as const satisfies readonly SingleField[]

export const EVERYTHING: TicketFilter = {
  status: [],
  lane: [],
  priority: [],
  team: [],
  tag: [],
  overdue: false,
  snoozed: false,
  order: 'UPDATED',
}

/** Reads a filter from a URL. What it does not understand it leaves out, so that an old link still opens. */
export function parseFilter(params: URLSearchParams): TicketFilter {
  const filter: TicketFilter = {
    ...EVERYTHING,
    status: known(STATUSES, params.getAll('status')),
    lane: known(LANES, params.getAll('lane')),
    priority: known(PRIORITIES, params.getAll('priority')),
    team: distinct(params.getAll('team')),
    tag: distinct(params.getAll('tag')),
    overdue: params.get('overdue') === 'true',
    snoozed: params.get('snoozed') === 'true',
    order: known(ORDERS, params.getAll('order'))[0] ?? EVERYTHING.order,
  }
  if (filter.status.length > 0) {
    filter.lane = []
  }
  for (const field of SINGLE_FIELDS) {
    const value = params.get(field)?.trim()
    if (value && (!isDayField(field) || isDay(value))) {
      filter[field] = value
    }
  }
  const view = params.get('view')?.trim()
  if (view) {
    filter.view = view
  }
  const expression = parseExpression(params.get('filter'))
  return expression ? withExpression(filter, all(expressionOf(filter), expression)) : filter
}

/** The names of what a URL says and `parseFilter` cannot read, wholly or in part. */
export function unreadable(params: URLSearchParams): string[] {
  const knownWords = {
    status: STATUSES,
    lane: LANES,
    priority: PRIORITIES,
    order: ORDERS,
    overdue: ['true', 'false'],
  }
  const closed = Object.entries<readonly string[]>(knownWords).filter(([name, words]) =>
    params.getAll(name).some((value) => !words.includes(value)),
  )
  const days = DAY_FIELDS.filter((field) => params.getAll(field).some((value) => !isDay(value.trim())))
  const expression = params.get('filter')
  return [
    ...closed.map(([name]) => name),
    ...days,
    ...(expression && !isReadable(expression) ? ['filter'] : []),
  ]
}

/** Writes a filter to a URL, in one order, so that equal filters make equal addresses. */
export function filterParams(filter: TicketFilter): URLSearchParams {
  const params = new URLSearchParams()
  for (const field of LIST_FIELDS) {
    for (const value of filter[field]) {
      params.append(field, value)
    }
  }
  for (const field of SINGLE_FIELDS) {
    const value = filter[field]
    if (value) {
      params.set(field, value)
    }
  }
  if (filter.overdue) {
    params.set('overdue', 'true')
  }
  if (filter.snoozed) {
    params.set('snoozed', 'true')
  }
  if (filter.expression) {
    params.set('filter', writeExpression(filter.expression))
  }
  if (filter.order !== EVERYTHING.order) {
    params.set('order', filter.order)
  }
  if (filter.view) {
    params.set('view', filter.view)
  }
  return params
}

/** The whole filter as one expression. */
export function expressionOf(filter: TicketFilter): FilterGroup {
  const terms: FilterNode[] = LIST_FIELDS.filter((field) => filter[field].length > 0).map((field) =>
    aTerm(field, 'IN', ...filter[field]),
  )
  for (const field of ['assignee', 'requester', 'organisation'] as const) {
    const value = filter[field]
    if (value) terms.push(aTerm(field, 'IN', value))
  }
  if (filter.text) terms.push(aTerm('text', 'CONTAINS', filter.text))
  if (filter.createdAfter) terms.push(aTerm('created', 'AFTER', startOfDay(filter.createdAfter, 0)))
  if (filter.createdBefore) terms.push(aTerm('created', 'BEFORE', startOfDay(filter.createdBefore, 1)))
  if (filter.updatedAfter) terms.push(aTerm('updated', 'AFTER', startOfDay(filter.updatedAfter, 0)))
  if (filter.updatedBefore) terms.push(aTerm('updated', 'BEFORE', startOfDay(filter.updatedBefore, 1)))
  if (filter.overdue) terms.push(aTerm('overdue', 'IS', 'true'))
  if (filter.snoozed) terms.push(aTerm('snoozed', 'IS', 'true'))
  if (filter.expression) terms.push(filter.expression)
  return canonical(all(...terms))
}

/** The filter that shows what an expression says: as plain fields as far as they go, so that its address is short. */
export function withExpression(filter: TicketFilter, expression: FilterGroup): TicketFilter {
  const plain: TicketFilter = { ...EVERYTHING, order: filter.order }
  if (filter.view) {
    plain.view = filter.view
  }
  const whole = canonical(expression)
  const items = whole.match === 'all' ? whole.items : [whole]
  const rest = items.filter((item) => item.kind === 'group' || !takePlainly(plain, item))
  const left = canonical(all(...rest))
  return termCount(left) > 0 ? { ...plain, expression: left } : plain
}

/** Puts a term into the field that says the same, where there is one and it is free. */
function takePlainly(filter: TicketFilter, { property, operator, values }: FilterTerm): boolean {
  const field = plainFieldOf(property, operator)
  const first = values[0]
  if (!field || first === undefined || hasField(filter, field)) {
    return false
  }
  switch (field) {
    case 'status':
      if (filter.lane.length > 0) return false
      filter.status = known(STATUSES, values)
      return true
    case 'lane':
      if (filter.status.length > 0) return false
      filter.lane = known(LANES, values)
      return true
    case 'priority':
      filter.priority = known(PRIORITIES, values)
      return true
    case 'team':
      if (values.includes('mine')) return false
      filter.team = values
      return true
    case 'tag':
      filter.tag = values
      return true
    case 'overdue':
    case 'snoozed':
      filter[field] = first === 'true'
      return filter[field]
    case 'text':
      filter.text = first
      return true
    case 'assignee':
    case 'requester':
    case 'organisation':
      if (values.length > 1 || (field === 'organisation' && first === 'none')) return false
      filter[field] = first
      return true
    default: {
      const day = dayStartingAt(first, operator === 'BEFORE' ? -1 : 0)
      if (!day) return false
      filter[field] = day
      return true
    }
  }
}

function plainFieldOf(
  property: FilterTerm['property'],
  operator: FilterTerm['operator'],
): FilterField | undefined {
  if (property === 'created' || property === 'updated') {
    if (operator === 'AFTER') return `${property}After`
    return operator === 'BEFORE' ? `${property}Before` : undefined
  }
  const isPlain = operator === 'IN' || operator === 'IS' || (operator === 'CONTAINS' && property === 'text')
  return isPlain ? FILTER_FIELDS.find((field) => field === property) : undefined
}

export interface TicketListQuery {
  status?: Status[]
  lane?: Lane
  priority?: Priority[]
  team?: string[]
  assignee?: string
  requester?: string
  organisation?: string
  tag?: string[]
  text?: string
  createdAfter?: string
  createdBefore?: string
  updatedAfter?: string
  updatedBefore?: string
  overdue?: true
  snoozed?: true
  /** The whole filter as an expression, where the other parameters cannot say it. */
  filter?: string
  /** Where the viewer's days and weeks begin. */
  zone?: string
}

/** The filter as the API asks for it: lanes as statuses where snoozing makes no difference, days as instants. */
export function listQuery(filter: TicketFilter): TicketListQuery {
  const isOneLane = filter.status.length === 0 && filter.lane.length === 1
  const isSplit = filter.lane.includes('TO_DO') !== filter.lane.includes('WAITING')
  if (filter.expression || (filter.lane.length > 1 && isSplit)) {
    return {
      filter: writeExpression(expressionOf(filter)),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }
  }
  const status = filter.status.length > 0 ? filter.status : filter.lane.flatMap((lane) => LANE_STATUSES[lane])
  const query: TicketListQuery = {}
  if (isOneLane) query.lane = filter.lane[0]
  else if (status.length > 0) query.status = [...status]
  if (filter.priority.length > 0) query.priority = [...filter.priority]
  if (filter.team.length > 0) query.team = [...filter.team]
  if (filter.tag.length > 0) query.tag = [...filter.tag]
  if (filter.assignee) query.assignee = filter.assignee
  if (filter.requester) query.requester = filter.requester
  if (filter.organisation) query.organisation = filter.organisation
  if (filter.text) query.text = filter.text
  if (filter.createdAfter) query.createdAfter = startOfDay(filter.createdAfter, 0)
  if (filter.createdBefore) query.createdBefore = startOfDay(filter.createdBefore, 1)
  if (filter.updatedAfter) query.updatedAfter = startOfDay(filter.updatedAfter, 0)
  if (filter.updatedBefore) query.updatedBefore = startOfDay(filter.updatedBefore, 1)
  if (filter.overdue) query.overdue = true
  if (filter.snoozed) query.snoozed = true
  return query
}

export function withField<F extends FilterField>(
  filter: TicketFilter,
  field: F,
  value: TicketFilter[F],
): TicketFilter {
  const next = { ...filter, [field]: value }
  if (field === 'status' && next.status.length > 0) {
    next.lane = []
  }
  if (field === 'lane' && next.lane.length > 0) {
    next.status = []
  }
  return next
}

export function withoutField(filter: TicketFilter, field: FilterField): TicketFilter {
  return { ...filter, [field]: EVERYTHING[field] }
}

export function hasField(filter: TicketFilter, field: FilterField): boolean {
  const value = filter[field]
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}

export function fieldsInUse(filter: TicketFilter): FilterField[] {
  return FILTER_FIELDS.filter((field) => hasField(filter, field))
}

export function isFiltered(filter: TicketFilter): boolean {
  return filter.expression !== undefined || fieldsInUse(filter).length > 0
}

/** The same tickets, whatever their order. */
export function sameTickets(one: TicketFilter, other: TicketFilter): boolean {
  return filterKey({ ...one, order: 'UPDATED' }) === filterKey({ ...other, order: 'UPDATED' })
}

/** Equal for filters that show the same rows in the same order, however they were clicked together. */
export function filterKey(filter: TicketFilter): string {
  const params = filterParams(filter)
  params.delete('view')
  params.sort()
  return [...params]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&')
}

/** Fields that are either asked for or not. */
export function isFlag(field: FilterField): field is 'overdue' | 'snoozed' {
  return field === 'overdue' || field === 'snoozed'
}

export function isDayField(field: FilterField): field is DayField {
  return (DAY_FIELDS as readonly string[]).includes(field)
}

function known<T extends string>(words: readonly T[], values: readonly string[]): T[] {
  return words.filter((word) => values.includes(word))
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values.map((value) => value.trim()).filter(Boolean))]
}

function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!parts) {
    return false
  }
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const date = new Date(year, month - 1, day)
  return date.getFullYear() === year && date.getMonth() === month - 1 && date.getDate() === day
}

/** The day, or the one before it, that begins at exactly this instant in the reader's time zone. */
function dayStartingAt(instant: string, plusDays: number): string | undefined {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime()) || at.getTime() !== new Date(at).setHours(0, 0, 0, 0)) {
    return undefined
  }
  at.setDate(at.getDate() + plusDays)
  const twoDigits = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`
}

function startOfDay(day: string, plusDays: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + plusDays).toISOString()
}

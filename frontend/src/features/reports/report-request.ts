import type { ReportName, ReportStep } from './report-model'
import { REPORTS, STEPS } from './report-model'

/** Periods that move with the calendar; an address that names one is good tomorrow, too. */
export const PERIODS = ['7d', '30d', '90d', '365d', 'month', 'last-month', 'year', 'days'] as const
export type Period = (typeof PERIODS)[number]

export interface ReportRequest {
  report: ReportName
  period: Period
  /** Calendar days of the reader, `2026-11-23`; both belong to the period. */
  from: string
  to: string
  by: ReportStep
  team?: string
  agent?: string
  compare: boolean
}

const BARS_MAX = 400
const HOURS_PER_DAY = 24
const DAY = /^\d{4}-\d{2}-\d{2}$/

export function parseRequest(params: URLSearchParams, now: Date): ReportRequest {
  const report = REPORTS.find((each) => each === params.get('report')) ?? 'volume'
  const [from = '', to = ''] = [params.get('from') ?? '', params.get('to') ?? ''].sort()
  const given = { from, to }
  const hasDays = isDay(from) && isDay(to)
  const named = PERIODS.find((each) => each === params.get('period'))
  const period = named === 'days' || (!named && hasDays) ? (hasDays ? 'days' : '30d') : (named ?? '30d')
  const days = period === 'days' ? given : daysOf(period, now)
  const possible = stepsFor(days.from, days.to)
  return {
    report,
    period,
    ...days,
    by: possible.find((each) => each === params.get('by')) ?? usualStep(days.from, days.to),
    team: params.get('team') || undefined,
    agent: params.get('agent') || undefined,
    compare: params.get('compare') === 'true',
  }
}

/** The names of what an address says and `parseRequest` cannot read. */
export function unreadable(params: URLSearchParams): string[] {
  const knownWords = { report: REPORTS, period: PERIODS, by: STEPS, compare: ['true', 'false'] }
  const words = Object.entries<readonly string[]>(knownWords).filter(([name, known]) =>
    params.getAll(name).some((value) => !known.includes(value)),
  )
  const days = ['from', 'to'].filter((name) => params.has(name) && !isDay(params.get(name) ?? ''))
  return [...words.map(([name]) => name), ...days]
}

/** Only what differs from the usual. */
export function requestParams(request: ReportRequest): URLSearchParams {
  const params = new URLSearchParams()
  if (request.report !== 'volume') params.set('report', request.report)
  if (request.period === 'days') {
    params.set('from', request.from)
    params.set('to', request.to)
  } else if (request.period !== '30d') {
    params.set('period', request.period)
  }
  if (request.by !== usualStep(request.from, request.to)) params.set('by', request.by)
  if (request.team) params.set('team', request.team)
  if (request.agent) params.set('agent', request.agent)
  if (request.compare) params.set('compare', 'true')
  return params
}

export function withPeriod(request: ReportRequest, period: Period, now: Date): ReportRequest {
  const days = period === 'days' ? { from: request.from, to: request.to } : daysOf(period, now)
  return { ...request, period, ...days, by: usualStep(days.from, days.to) }
}

export function withDays(request: ReportRequest, from: string, to: string): ReportRequest {
  const days = from <= to ? { from, to } : { from: to, to: from }
  return { ...request, period: 'days', ...days, by: usualStep(days.from, days.to) }
}

/** The steps that make neither one bar nor more than can be told apart. */
export function stepsFor(from: string, to: string): ReportStep[] {
  const days = daysBetween(from, to)
  const fits: Record<ReportStep, boolean> = {
    hour: days * HOURS_PER_DAY <= BARS_MAX,
    day: days <= BARS_MAX,
    week: days > 7,
    month: days > 31,
  }
  return STEPS.filter((step) => fits[step])
}

function usualStep(from: string, to: string): ReportStep {
  const days = daysBetween(from, to)
  if (days <= 2) return 'hour'
  if (days <= 92) return 'day'
  return days <= 2 * 366 ? 'week' : 'month'
}

function daysOf(period: Exclude<Period, 'days'>, now: Date): { from: string; to: string } {
  const on = (year: number, month: number, day: number) => dayText(new Date(year, month, day))
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()]
  switch (period) {
    case 'month':
      return { from: on(year, month, 1), to: on(year, month, day) }
    case 'last-month':
      return { from: on(year, month - 1, 1), to: on(year, month, 0) }
    case 'year':
      return { from: on(year, 0, 1), to: on(year, month, day) }
    default:
      return { from: on(year, month, day - Number.parseInt(period, 10) + 1), to: on(year, month, day) }
  }
}

function isDay(text: string): boolean {
  return DAY.test(text) && dayText(new Date(`${text}T12:00`)) === text
}

function dayText(date: Date): string {
  const twoDigits = (number: number) => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`
}

const DAY_MS = 86_400_000

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1
}

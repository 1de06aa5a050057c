/** The reports there are, in the order of their tabs. */
export const REPORTS = ['volume', 'backlog', 'first-reply', 'resolution', 'load', 'tags'] as const
export type ReportName = (typeof REPORTS)[number]

export const STEPS = ['hour', 'day', 'week', 'month'] as const
export type ReportStep = (typeof STEPS)[number]

export type ReportColumn =
  | 'OPENED'
  | 'RESOLVED'
  | 'REOPENED'
  | 'CANCELLED'
  | 'BACKLOG'
  | 'FIRST_REPLY_COUNT'
  | 'FIRST_REPLY_MEDIAN'
  | 'FIRST_REPLY_P90'
  | 'RESOLUTION_COUNT'
  | 'RESOLUTION_MEDIAN'
  | 'RESOLUTION_P90'
  | 'PUBLIC_REPLIES'
  | 'INTERNAL_NOTES'

export const isDuration = (column: ReportColumn) => column.endsWith('_MEDIAN') || column.endsWith('_P90')

export const isTable = (report: ReportName) => report === 'load' || report === 'tags'

/** A filter expression as lists take it; reports hand it on without looking into it. */
export type DrillDown = Readonly<Record<string, unknown>>

export interface ReportPoint {
  start: string
  end: string
  value?: number
  previous?: number
  filter?: DrillDown
}

export interface ReportSeries {
  from: string
  to: string
  by: string
  zone: string
  previousFrom?: string
  previousTo?: string
  series: {
    column: ReportColumn
    total?: number
    previousTotal?: number
    /** Of all points, with the texts {start} and {end} where a point's are meant. */
    filter?: DrillDown
    points: ReportPoint[]
  }[]
}

/** With each point its own filter. */
export function withFilters(report: ReportSeries): ReportSeries {
  const series = report.series.map(({ filter, points, ...rest }) => {
    if (!filter) {
      return { ...rest, points }
    }
    const text = JSON.stringify(filter)
    const filtered = points.map((point) => ({
      ...point,
      filter: JSON.parse(text.replaceAll('{start}', point.start).replaceAll('{end}', point.end)) as DrillDown,
    }))
    return { ...rest, points: filtered }
  })
  return { ...report, series }
}

export interface ReportCell {
  column: ReportColumn
  value: number
  previous?: number
  filter?: DrillDown
}

export interface ReportTable {
  from: string
  to: string
  zone: string
  previousFrom?: string
  previousTo?: string
  rows: { subject: 'TEAM' | 'AGENT' | 'TAG'; id?: string; name: string; cells: ReportCell[] }[]
}

/** Round values from zero to at least the largest, few enough to be read. */
export function axisTicks(largest: number, unit: 'count' | 'seconds'): number[] {
  const top = Math.max(largest, 1)
  const step = unit === 'seconds' ? secondsStep(top / 4) : roundStep(top / 4)
  const ticks = [0]
  while ((ticks.at(-1) ?? 0) < top) {
    ticks.push((ticks.at(-1) ?? 0) + step)
  }
  return ticks
}

function roundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(atLeast, 1)))
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= atLeast) ?? power
}

const MINUTE = 60
const HOUR = 60 * MINUTE
export const DAY_SECONDS = 24 * HOUR
const SECOND_STEPS = [1, 5, 15, 30].map((minutes) => minutes * MINUTE)
const HOUR_STEPS = [1, 2, 4, 6, 12].map((hours) => hours * HOUR)

function secondsStep(atLeast: number): number {
  return (
    [...SECOND_STEPS, ...HOUR_STEPS].find((step) => step >= atLeast) ??
    roundStep(atLeast / DAY_SECONDS) * DAY_SECONDS
  )
}

/** The share by which a number changed; nothing where there was none before. */
export function changeOf(value: number | undefined, previous: number | undefined): number | undefined {
  return value === undefined || previous === undefined || previous === 0
    ? undefined
    : (value - previous) / previous
}

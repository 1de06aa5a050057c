import { useFormatter, useNow, useTranslations } from 'use-intl'
import css from './times.module.css'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const WEEK_MS = 7 * DAY_MS
const YEAR_MS = 365 * DAY_MS

export type SpanUnit = 'minute' | 'hour' | 'day' | 'week' | 'year'

/** The largest unit that fits a span of time at least once, the way people say how long something has waited. */
export function spanOf(milliseconds: number): { count: number; unit: SpanUnit } {
  const span = Math.abs(milliseconds)
  if (span < HOUR_MS) return { count: Math.floor(span / MINUTE_MS), unit: 'minute' }
  if (span < DAY_MS) return { count: Math.floor(span / HOUR_MS), unit: 'hour' }
  if (span < 2 * WEEK_MS) return { count: Math.floor(span / DAY_MS), unit: 'day' }
  if (span < YEAR_MS) return { count: Math.floor(span / WEEK_MS), unit: 'week' }
  return { count: Math.floor(span / YEAR_MS), unit: 'year' }
}

export function useSpanText(): (milliseconds: number) => string {
  const format = useFormatter()
  return (milliseconds) => {
    const { count, unit } = spanOf(milliseconds)
    return format.number(count, { style: 'unit', unit, unitDisplay: 'narrow' })
  }
}

/** How long ago, in two or three characters; the exact time on hover. */
export function Age({ since, className }: { since: string; className?: string }) {
  const t = useTranslations('tickets')
  const format = useFormatter()
  const spanText = useSpanText()
  const now = useNow({ updateInterval: MINUTE_MS })
  const at = new Date(since)
  const age = now.getTime() - at.getTime()
  return (
    <time
      className={className}
      dateTime={since}
      title={format.dateTime(at, { dateStyle: 'full', timeStyle: 'short' })}
    >
      {age < MINUTE_MS ? t('justNow') : spanText(age)}
    </time>
  )
}

/** The day, as short as the reader's language writes it. */
export function ShortDate({ at }: { at: string }) {
  const format = useFormatter()
  const date = new Date(at)
  return (
    <time dateTime={at} title={format.dateTime(date, { dateStyle: 'full', timeStyle: 'short' })}>
      {format.dateTime(date, { dateStyle: 'short' })}
    </time>
  )
}

export function Due({ at, isDone }: { at: string; isDone: boolean }) {
  const t = useTranslations('tickets')
  const format = useFormatter()
  const spanText = useSpanText()
  const now = useNow({ updateInterval: MINUTE_MS })
  const due = new Date(at)
  const left = due.getTime() - now.getTime()
  const state = isDone ? 'done' : left < 0 ? 'overdue' : left < DAY_MS ? 'soon' : 'later'
  const span = spanText(left)
  return (
    <time
      className={css.due}
      data-state={state}
      dateTime={at}
      title={t('dueOn', { date: format.dateTime(due, { dateStyle: 'full', timeStyle: 'short' }) })}
    >
      {state === 'overdue'
        ? t('overdueBy', { span })
        : isDone
          ? format.dateTime(due, { dateStyle: 'short' })
          : t('dueIn', { span })}
    </time>
  )
}

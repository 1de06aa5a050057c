import { useFormatter } from 'use-intl'
import type { Interval } from '@/api/generated/types.gen'
import { textOfSpans } from './times-of-day'

export const DAYS = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const satisfies readonly Interval['day'][]

/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1, 12)
const DAY_MS = 86_400_000

export function useDayName(style: 'short' | 'long') {
  const format = useFormatter()
  return (day: Interval['day']) =>
    format.dateTime(new Date(MONDAY + DAYS.indexOf(day) * DAY_MS), { weekday: style, timeZone: 'UTC' })
}

/** `Mon–Fri 09:00–17:00`: days with the same times together. */
export function useWeekText(): (intervals: readonly Interval[]) => string[] {
  const dayName = useDayName('short')
  return (intervals) => {
    const lines: { first: Interval['day']; last: Interval['day']; times: string }[] = []
    for (const [index, day] of DAYS.entries()) {
      const times = textOfSpans(intervals.filter((interval) => interval.day === day))
      const line = lines.at(-1)
      if (times === '') continue
      if (line && line.times === times && line.last === DAYS[index - 1]) line.last = day
      else lines.push({ first: day, last: day, times })
    }
    return lines.map(({ first, last, times }) =>
      first === last ? `${dayName(first)} ${times}` : `${dayName(first)}–${dayName(last)} ${times}`,
    )
  }
}

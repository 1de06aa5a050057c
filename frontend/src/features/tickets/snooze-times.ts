import { dayAt, MORNING_HOUR } from './mornings'

const HOURS_LATER = 3
/** Later than this today is no longer "later today". */
const LAST_HOUR = 21
const DAY_MS = 86_400_000
/** The server's limit. */
export const SNOOZE_DAYS_MAX = 366

export const PRESETS = ['laterToday', 'tomorrow', 'monday', 'inAWeek'] as const
export type Preset = (typeof PRESETS)[number]

/** The times that people snooze until most, as far as they make sense now; all in the reader's time zone. */
export function presetTimes(now: Date, morningHour = MORNING_HOUR): { preset: Preset; at: Date }[] {
  const later = new Date(now)
  later.setHours(now.getHours() + HOURS_LATER, now.getMinutes() > 0 ? 60 : 0, 0, 0)
  const isToday = later.getDate() === now.getDate() && later.getHours() <= LAST_HOUR
  const daysToMonday = (8 - now.getDay()) % 7 || 7
  const times: { preset: Preset; at: Date }[] = [
    { preset: 'tomorrow', at: dayAt(now, 1, morningHour) },
    { preset: 'inAWeek', at: dayAt(now, 7, morningHour) },
  ]
  if (isToday) {
    times.unshift({ preset: 'laterToday', at: later })
  }
  // On a Sunday that is tomorrow, on a Monday in a week.
  if (daysToMonday > 1 && daysToMonday < 7) {
    times.splice(-1, 0, { preset: 'monday', at: dayAt(now, daysToMonday, morningHour) })
  }
  return times
}

/**
 * The time that somebody typed, in English or German whatever the language of the page: `3 days`, `2h`, `tomorrow
 * 14:30`, `Fr 10 Uhr`, `5.12.`, `5 dec`, `2026-12-05 14:00`, `4pm`. Days without a time are their morning.
 */
export function parseTime(typed: string, now: Date): Date | undefined {
  const text = typed
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[,\s]+/g, ' ')
    .trim()
    .replace(/^(in|for|until|till|fur|bis|on|am) /, '')
  const at = spanFrom(text, now) ?? dayAndTime(text, now) ?? timeAlone(text, now)
  return at && at > now && at.getTime() - now.getTime() <= SNOOZE_DAYS_MAX * DAY_MS ? at : undefined
}

const ONE = new Set(['a', 'an', 'one', 'ein', 'eine', 'einem', 'einer', 'einen'])

function spanFrom(text: string, now: Date): Date | undefined {
  const parts = /^(\d{1,4}|[a-z]+) ?([a-z]+)\.?$/.exec(text)
  const count = parts?.[1] && (ONE.has(parts[1]) ? 1 : Number(parts[1]))
  if (!count) {
    return undefined
  }
  const unit = parts?.[2] ?? ''
  if (/^(m|min|mins|minutes?|minuten?)$/.test(unit)) return new Date(now.getTime() + count * 60_000)
  if (/^(h|hrs?|hours?|std|stunden?)$/.test(unit)) return new Date(now.getTime() + count * 3_600_000)
  if (/^(d|days?|tage?n?)$/.test(unit)) return dayAt(now, count)
  if (/^(w|wk|weeks?|wochen?)$/.test(unit)) return dayAt(now, count * 7)
  if (/^(mo|months?|monate?n?)$/.test(unit)) return monthsLater(now, count)
  return undefined
}

function dayAndTime(text: string, now: Date): Date | undefined {
  const day = dayIn(text, now)
  if (!day) {
    return undefined
  }
  const time = day.rest === '' ? { hours: MORNING_HOUR, minutes: 0 } : timeIn(day.rest, true)
  return time && new Date(day.year, day.month, day.date, time.hours, time.minutes)
}

interface Day {
  year: number
  month: number
  date: number
  rest: string
}

const WEEKDAYS: readonly RegExp[] = [
  /^(sun|sunday|so|sonntag)$/,
  /^(mon?|monday|montag)$/,
  /^(tue?|tues|tuesday|di|dienstag)$/,
  /^(wed?|wednesday|mi|mittwoch)$/,
  /^(thu?|thurs?|thursday|do|donnerstag)$/,
  /^(fri?|friday|freitag)$/,
  /^(sat?|saturday|samstag|sonnabend)$/,
]
const MONTHS: readonly RegExp[] = [
  /^jan/,
  /^feb/,
  /^(mar|mrz)/,
  /^apr/,
  /^(may|mai)/,
  /^jun/,
  /^jul/,
  /^aug/,
  /^sep/,
  /^(oct|okt)/,
  /^nov/,
  /^(dec|dez)/,
]

function dayIn(text: string, now: Date): Day | undefined {
  const [first = '', ...others] = text.split(' ')
  const rest = others.join(' ')
  if (first === 'today' || first === 'heute') return dayLater(now, 0, rest)
  if (first === 'tomorrow' || first === 'morgen') return dayLater(now, 1, rest)
  if (first === 'ubermorgen') return dayLater(now, 2, rest)
  const nextWeek = /^(?:next week|nachste woche)(?: (.*))?$/.exec(text)
  if (nextWeek) return dayLater(now, (8 - now.getDay()) % 7 || 7, nextWeek[1] ?? '')

  const weekday = WEEKDAYS.findIndex((names) => names.test(first.replace('.', '')))
  if (weekday >= 0) return dayLater(now, (weekday - now.getDay() + 7) % 7 || 7, rest)

  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ](.*))?$/.exec(text)
  if (iso) return existing(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]), iso[4] ?? '')
  const dotted = /^(\d{1,2})\. ?(\d{1,2})\.?(\d{4})?(?: (.*))?$/.exec(text)
  if (dotted) return dated(Number(dotted[1]), Number(dotted[2]) - 1, dotted[3], dotted[4], now)
  const named =
    /^(?<date>\d{1,2})(?:\.|st|nd|rd|th)? (?<month>[a-z]{3,9})\.?(?: (?<year>\d{4}))?(?: (?<rest>.*))?$/.exec(
      text,
    ) ??
    /^(?<month>[a-z]{3,9})\.? (?<date>\d{1,2})(?:st|nd|rd|th)?(?: (?<year>\d{4}))?(?: (?<rest>.*))?$/.exec(
      text,
    )
  const { date, month = '', year, rest: after } = named?.groups ?? {}
  const monthIndex = MONTHS.findIndex((names) => names.test(month))
  return named && monthIndex >= 0 ? dated(Number(date), monthIndex, year, after, now) : undefined
}

/** A day without a year is the next one of that date. */
function dated(date: number, month: number, year: string | undefined, rest = '', now: Date): Day | undefined {
  if (year !== undefined) {
    return existing(Number(year), month, date, rest)
  }
  const isPast = new Date(now.getFullYear(), month, date + 1) <= now
  return existing(now.getFullYear() + (isPast ? 1 : 0), month, date, rest)
}

function existing(year: number, month: number, date: number, rest: string): Day | undefined {
  const day = new Date(year, month, date)
  return day.getMonth() === month && day.getDate() === date ? { year, month, date, rest } : undefined
}

function dayLater(now: Date, days: number, rest: string): Day {
  return { year: now.getFullYear(), month: now.getMonth(), date: now.getDate() + days, rest }
}

const HOUR_OF: readonly [RegExp, number][] = [
  [/^(morning|fruh|vormittag)$/, MORNING_HOUR],
  [/^(noon|mittag)$/, 12],
  [/^(afternoon|nachmittag)$/, 14],
  [/^(evening|abend)$/, 18],
]

function timeIn(text: string, isAfterDay: boolean): { hours: number; minutes: number } | undefined {
  const plain = text.replace(/^(at|um|@|in the) ?/, '')
  const hourOf = HOUR_OF.find(([names]) => names.test(plain))
  if (hourOf) {
    return { hours: hourOf[1], minutes: 0 }
  }
  const parts = /^(\d{1,2})(?:[:.](\d{2}))? ?(am|pm|uhr|h)?$/.exec(plain)
  if (!parts || (!isAfterDay && !parts[2] && !parts[3])) {
    return undefined
  }
  const isHalf = parts[3] === 'am' || parts[3] === 'pm'
  const hours = Number(parts[1])
  const minutes = Number(parts[2] ?? 0)
  if (minutes > 59 || hours > (isHalf ? 12 : 23) || (isHalf && hours === 0)) {
    return undefined
  }
  return { hours: isHalf ? (hours % 12) + (parts[3] === 'pm' ? 12 : 0) : hours, minutes }
}

/** The next time that a clock shows it. */
function timeAlone(text: string, now: Date): Date | undefined {
  const time = timeIn(text, false)
  if (!time) {
    return undefined
  }
  const at = (days: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, time.hours, time.minutes)
  return at(0) > now ? at(0) : at(1)
}

/** The last day of a shorter month stands for the days that it has not. */
function monthsLater(now: Date, months: number): Date {
  const lastDay = new Date(now.getFullYear(), now.getMonth() + months + 1, 0).getDate()
  return new Date(now.getFullYear(), now.getMonth() + months, Math.min(now.getDate(), lastDay), MORNING_HOUR)
}

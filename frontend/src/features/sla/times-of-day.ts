export interface Span {
  from: string
  to: string
}

const SPAN = /^(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?$/
const DAY = 24 * 60

/** `9-12, 13-17:30` as times; `undefined` for what is none, out of order or overlapping. */
export function parseSpans(text: string): Span[] | undefined {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean)
  const spans: [number, number][] = []
  for (const part of parts) {
    const match = SPAN.exec(part)
    if (!match) return undefined
    const from = minutes(match[1], match[2])
    const to = minutes(match[3], match[4])
    if (from === undefined || to === undefined || from >= to) return undefined
    spans.push([from, to])
  }
  spans.sort(([one], [other]) => one - other)
  if (spans.some(([from], index) => index > 0 && from < (spans[index - 1]?.[1] ?? 0))) return undefined
  return spans.map(([from, to]) => ({ from: written(from), to: written(to) }))
}

export const textOfSpans = (spans: readonly Span[]) => spans.map(({ from, to }) => `${from}–${to}`).join(', ')

function minutes(hours: string | undefined, rest: string | undefined): number | undefined {
  const minute = Number(rest ?? 0)
  const time = Number(hours) * 60 + minute
  return minute < 60 && time <= DAY ? time : undefined
}

const written = (time: number) =>
  `${String(Math.floor(time / 60)).padStart(2, '0')}:${String(time % 60).padStart(2, '0')}`

const DURATION = /^(\d{1,4})(?::([0-5]\d)|[.,](\d))?$/
const MINUTES_MAX = 366 * DAY

/** `4`, `0:30` or `1.5` hours in minutes, `null` for nothing, `undefined` for what is no duration. */
export function parseHours(text: string): number | null | undefined {
  if (text.trim() === '') return null
  const match = DURATION.exec(text.trim())
  if (!match) return undefined
  const sum = Number(match[1]) * 60 + Number(match[2] ?? 0) + Number(match[3] ?? 0) * 6
  return sum > 0 && sum <= MINUTES_MAX ? sum : undefined
}

export function textOfMinutes(minutes: number | undefined): string {
  if (minutes === undefined) return ''
  const rest = minutes % 60
  return `${Math.floor(minutes / 60)}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`
}

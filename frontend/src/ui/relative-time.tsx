import { useFormatter, useNow } from 'use-intl'

const DAY_MS = 86_400_000

/** Relative while it is near, a date after a month; the exact time on hover, in the reader's language and zone. */
export function RelativeTime({ value }: { value: string }) {
  const format = useFormatter()
  const now = useNow({ updateInterval: 30_000 })
  const date = new Date(value)
  const age = now.getTime() - date.getTime()
  // A clock that runs a little behind the server's must not make news come from the future.
  const shown =
    Math.abs(age) < 30 * DAY_MS
      ? format.relativeTime(age < 0 && age > -60_000 ? now : date, now)
      : format.dateTime(date, { dateStyle: 'medium' })
  return (
    <time dateTime={value} title={format.dateTime(date, { dateStyle: 'full', timeStyle: 'short' })}>
      {shown}
    </time>
  )
}

import type { Snippet } from './desk-api'

/** Text with what matched marked: built from text and places, never from HTML. */
export function HighlightedText({ snippet }: { snippet: Snippet }) {
  const { text, cutBefore, cutAfter } = snippet
  return (
    <>
      {cutBefore ? '… ' : null}
      {stretchesOf(snippet).map(({ from, to, isMatch }) =>
        isMatch ? <mark key={from}>{text.slice(from, to)}</mark> : text.slice(from, to),
      )}
      {cutAfter ? ' …' : null}
    </>
  )
}

export interface Stretch {
  from: number
  to: number
  isMatch: boolean
}

/** All of the text, in stretches that match or do not. Places that overlap or lie outside do no harm. */
export function stretchesOf({ text, matches }: Pick<Snippet, 'text' | 'matches'>): Stretch[] {
  const stretches: Stretch[] = []
  let done = 0
  for (const { start, end } of [...matches].sort((one, other) => one.start - other.start)) {
    const from = Math.max(start, done)
    const to = Math.min(end, text.length)
    if (from < to) {
      if (from > done) stretches.push({ from: done, to: from, isMatch: false })
      stretches.push({ from, to, isMatch: true })
      done = to
    }
  }
  if (done < text.length) stretches.push({ from: done, to: text.length, isMatch: false })
  return stretches
}

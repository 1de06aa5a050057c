/** How well a text answers what was typed: 0 for not at all. */
export function fuzzyScore(text: string, typed: string): number {
  const wanted = plain(typed).split(/\s+/).filter(Boolean)
  const whole = plain(text)
  const words = whole.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  let sum = 0
  for (const part of wanted) {
    const score = partScore(words, whole, part)
    if (score === 0) return 0
    sum += score
  }
  return wanted.length === 0 ? 0 : sum / wanted.length + (whole.startsWith(plain(typed)) ? 1 : 0)
}

const SKIPPING_FROM = 3

function partScore(words: readonly string[], whole: string, part: string): number {
  if (words.includes(part)) return 4
  if (words.some((word) => word.startsWith(part))) return 3
  if (whole.includes(part)) return 2
  // Letters left out, as quick typing does; of two letters nearly every text would do.
  if (
    part.length >= SKIPPING_FROM &&
    words.some((word) => word[0] === part[0] && holdsInOrder(whole.slice(whole.indexOf(word)), part))
  )
    return 1
  return 0
}

function holdsInOrder(text: string, letters: string) {
  let from = 0
  for (const letter of letters) {
    const at = text.indexOf(letter, from)
    if (at < 0) return false
    from = at + 1
  }
  return true
}

/** Without accents and capitals, so that „Losen“ finds „Lösen“ and “strasse” „Straße“. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss').trim()
}

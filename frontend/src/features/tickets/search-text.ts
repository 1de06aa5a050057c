/** What is typed into the search, and what a suggestion makes of it. */

/** The word that is being typed: all behind the last blank that is not inside quotation marks. */
export function lastWordOf(typed: string): { before: string; word: string } {
  let isQuoted = false
  let from = 0
  for (let index = 0; index < typed.length; index++) {
    const character = typed[index]
    if (character === '"') isQuoted = !isQuoted
    else if (character === ' ' && !isQuoted) from = index + 1
  }
  return { before: typed.slice(0, from), word: typed.slice(from) }
}

/** A value as it can stand behind an operator. */
export function quoted(value: string): string {
  return /[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value
}

/** The text with the last word replaced; a minus before it stays. */
export function withLastWord(typed: string, replacement: string): string {
  const { before, word } = lastWordOf(typed)
  return `${before}${word.startsWith('-') ? '-' : ''}${replacement}`
}

/** Narrowed to a person: as the one that was asked for with `to:`, otherwise as the one who wrote. */
export function withPerson(typed: string, email: string): string {
  const { word } = lastWordOf(typed)
  return withLastWord(typed, `${/^-?to:/i.test(word) ? 'to' : 'from'}:${quoted(email)}`)
}

export const withTag = (typed: string, tag: string) => withLastWord(typed, `tag:${quoted(tag)}`)

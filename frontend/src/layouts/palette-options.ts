import { fuzzyScore } from '@/lib/fuzzy'
import type { Shortcut } from '@/lib/keyboard'

const COMMANDS_SHOWN_MAX = 12
/** The shortest beginning that people and tickets are looked for by. */
export const SEARCH_LENGTH_MIN = 2

export interface CommandsOffered {
  recent: readonly Shortcut[]
  others: readonly Shortcut[]
}

/** With nothing typed: what was used last, then all that works here, in the order of the page. */
export function commandsAtFirst(
  commands: readonly Shortcut[],
  recentIds: readonly string[],
): CommandsOffered {
  const recent = recentIds.flatMap((id) => commands.find((command) => command.id === id) ?? [])
  return { recent, others: commands.filter((command) => !recent.includes(command)) }
}

/** The commands that what was typed may mean, the best first; their English names are understood everywhere. */
export function commandsMatching(
  commands: readonly Shortcut[],
  typed: string,
  englishName: (id: string) => string | undefined,
  recentIds: readonly string[],
): Shortcut[] {
  return commands
    .map((command) => {
      const inGroup = `${command.group ?? ''} ${command.label}`
      const score = Math.max(
        fuzzyScore(command.label, typed),
        fuzzyScore(englishName(command.id) ?? '', typed),
        // The group's name helps to find, and never more than the command's own.
        fuzzyScore(inGroup, typed) / 2,
      )
      return { command, score: score > 0 && recentIds.includes(command.id) ? score + 0.5 : score }
    })
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, COMMANDS_SHOWN_MAX)
    .map(({ command }) => command)
}

/** `10482` and `#10482`. */
export function ticketNumberIn(typed: string): number | undefined {
  const digits = /^#?(\d{1,15})$/.exec(typed.trim())?.[1]
  return digits ? Number(digits) : undefined
}

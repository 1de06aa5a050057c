import { fuzzyScore } from '@/lib/fuzzy'
import type { Shortcut } from '@/lib/keyboard'

const COMMANDS_SHOWN_MAX = 12
/** The shortest beginning that people and tickets are looked for by. */
export const SEARCH_LENGTH_MIN = 2

/** The beginnings of names, what is done to tickets first. */
const IN_ORDER = ['ticket', 'list', 'view', 'go']

export interface CommandsOffered {
  recent: readonly Shortcut[]
  others: readonly Shortcut[]
}

/** With nothing typed: what was used last, then all that works here, what is done to tickets first. */
export function commandsAtFirst(
  commands: readonly Shortcut[],
  recentIds: readonly string[],
): CommandsOffered {
  const recent = recentIds.flatMap((id) => commands.find((command) => command.id === id) ?? [])
  const others = commands.filter((command) => !recent.includes(command))
  return { recent, others: others.sort((one, other) => placeOf(one) - placeOf(other)) }
}

function placeOf({ id }: Shortcut) {
  const place = IN_ORDER.indexOf(id.split('.')[0] ?? '')
  return place < 0 ? IN_ORDER.length : place
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

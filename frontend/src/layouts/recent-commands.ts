const KEY = 'tealdesk.recent-commands'
const RECENT_MAX = 6

/** What this browser's reader did last by the palette, newest first: names of commands, and nothing about tickets. */
export function recentCommands(personId: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(`${KEY}.${personId}`) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, RECENT_MAX) : []
  } catch {
    return []
  }
}

export function rememberCommand(personId: string, id: string) {
  const recent = [id, ...recentCommands(personId).filter((each) => each !== id)].slice(0, RECENT_MAX)
  try {
    localStorage.setItem(`${KEY}.${personId}`, JSON.stringify(recent))
  } catch {
    // Storage can be switched off; the palette then begins the same way each time.
  }
}

import { useSyncExternalStore } from 'react'
import type { TicketColumn } from './ticket-columns'
import { knownColumns, USUAL_COLUMNS } from './ticket-columns'

const KEY = 'tealdesk.columns'
/** The columns of lists that are no saved view. */
const LISTS = 'lists'

const listeners = new Set<() => void>()
let chosen: Readonly<Record<string, readonly string[]>> = read()

function read(): Record<string, readonly string[]> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    const entries = Object.entries(typeof stored === 'object' && stored !== null ? stored : {})
    return Object.fromEntries(entries.filter(([, columns]) => Array.isArray(columns)))
  } catch {
    return {}
  }
}

/** Chooses the columns of a saved view, or of all other lists; `undefined` goes back to what they were. */
export function chooseColumns(view: string | undefined, columns: readonly TicketColumn[] | undefined) {
  const { [view ?? LISTS]: _, ...others } = chosen
  chosen = columns ? { ...others, [view ?? LISTS]: columns } : others
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen))
  } catch {
    // Storage can be switched off; the choice then lasts as long as the page.
  }
  for (const listener of listeners) {
    listener()
  }
}

/** The reader's own choice, or else what the saved view was stored with. */
export function useColumns(view?: { id: string; columns: readonly string[] }): readonly TicketColumn[] {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => chosen,
  )
  return (
    (view && (knownColumns(all[view.id]) ?? knownColumns(view.columns))) ??
    knownColumns(all[LISTS]) ??
    USUAL_COLUMNS
  )
}

/** A place in a list: the rows behind a cursor, or those before one. */
export interface PagePlace {
  cursor?: string
  before?: string
}

/** Where a reader was in a list: the ticket at the upper edge, by how much it was cut off, and the page it came with. */
export interface ListPlace {
  page?: PagePlace
  row: number
  shiftPx: number
}

const KEY = 'tealdesk.list-places'
const PLACES_MAX = 20

/** For the way back to the same row: in memory while the page lives, in the tab's storage for a reload. */
const places = new Map<string, ListPlace>(stored())

function stored(): [string, ListPlace][] {
  try {
    const read: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
    return Array.isArray(read) ? (read as [string, ListPlace][]) : []
  } catch {
    return []
  }
}

export function rememberPlace(listKey: string, place: ListPlace) {
  places.delete(listKey)
  places.set(listKey, place)
  const oldest = places.keys().next().value
  if (places.size > PLACES_MAX && oldest !== undefined) {
    places.delete(oldest)
  }
}

export function rememberedPlace(listKey: string): ListPlace | undefined {
  return places.get(listKey)
}

export function forgetPlace(listKey: string) {
  places.delete(listKey)
}

function keepPlaces() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...places]))
  } catch {
    // Storage can be switched off or full; a reload then begins at the top.
  }
}

window.addEventListener('pagehide', keepPlaces)

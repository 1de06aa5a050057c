import { useSyncExternalStore } from 'react'

export type Density = 'normal' | 'dense'

const KEY = 'tealdesk.row-density'
const listeners = new Set<() => void>()
let density: Density = read()

function read(): Density {
  try {
    return localStorage.getItem(KEY) === 'dense' ? 'dense' : 'normal'
  } catch {
    return 'normal'
  }
}

export function chooseDensity(chosen: Density) {
  density = chosen
  try {
    localStorage.setItem(KEY, density)
  } catch {
    // Storage can be switched off; the choice then lasts as long as the page.
  }
  for (const listener of listeners) {
    listener()
  }
}

export function useDensity(): Density {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => density,
  )
}

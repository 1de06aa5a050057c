import { useSyncExternalStore } from 'react'

/** The release that answered first; another one later means that a newer page is there to be loaded. */
let firstRelease: string | null = null
let isOutdated = false
const listeners = new Set<() => void>()

export function noteRelease(response: Response) {
  const release = response.headers.get('X-Release')
  if (release) noteReleaseName(release)
}

export function noteReleaseName(release: string) {
  firstRelease ??= release
  if (release === firstRelease || isOutdated) return
  isOutdated = true
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useIsOutdated() {
  return useSyncExternalStore(subscribe, () => isOutdated)
}

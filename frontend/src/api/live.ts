import { useEffect, useState, useSyncExternalStore } from 'react'
import { authorizedFetch } from './client'
import type { LiveEvent } from './live-event'
import { LiveTab } from './live-tab'
import { noteReleaseName } from './release'
import { getSession, subscribeToSession } from './session'

/** A release, or a short gap in the network, is over before. */
const NOTICED_AFTER_MS = 10_000

const listeners = new Set<(event: LiveEvent) => void>()
const stateListeners = new Set<() => void>()
let isConnected = false

/** Listens to what the server tells one person, who is of the staff, until the function returned is called. */
export function startLive(personId: string): () => void {
  const tab = new LiveTab({
    name: `tealdesk-live-${personId}`,
    open: (lastEventId, signal) =>
      authorizedFetch(new URL('/api/v1/live', window.location.origin), {
        headers: lastEventId === '' ? {} : { 'Last-Event-ID': lastEventId },
        cache: 'no-store',
        signal,
      }),
    onEvent: tell,
    onState: setConnected,
    locks: navigator.locks,
    newChannel: typeof BroadcastChannel === 'undefined' ? undefined : (name) => new BroadcastChannel(name),
  })
  const onVisibility = () => (document.visibilityState === 'visible' ? tab.wake() : tab.sleep())
  const onOnline = () => tab.wake()
  // Back from the browser's cache of pages that were left, where nothing is heard.
  const onPageShow = ({ persisted }: PageTransitionEvent) => persisted && tab.wake({ hasMissed: true })
  const onSession = () => {
    const { status } = getSession()
    // The stream was of the session that has ended; the next one waits for the sign-in.
    if (status === 'expired') tab.drop()
    if (status === 'signed-in') tab.wake()
  }
  document.addEventListener('visibilitychange', onVisibility)
  window.addEventListener('online', onOnline)
  window.addEventListener('pageshow', onPageShow)
  const unsubscribe = subscribeToSession(onSession)
  return () => {
    document.removeEventListener('visibilitychange', onVisibility)
    window.removeEventListener('online', onOnline)
    window.removeEventListener('pageshow', onPageShow)
    unsubscribe()
    tab.stop()
  }
}

export function subscribeToLive(listener: (event: LiveEvent) => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Whether changes arrive by themselves just now. */
export const isLive = () => isConnected

/** Whether they have not for so long that the reader should know. */
export function useIsCutOff() {
  const live = useSyncExternalStore(subscribeToState, isLive)
  const [isCutOff, setCutOff] = useState(false)
  if (live && isCutOff) setCutOff(false)
  useEffect(() => {
    if (live) return
    const timer = setTimeout(() => setCutOff(true), NOTICED_AFTER_MS)
    return () => clearTimeout(timer)
  }, [live])
  return isCutOff
}

function subscribeToState(listener: () => void) {
  stateListeners.add(listener)
  return () => {
    stateListeners.delete(listener)
  }
}

function tell(event: LiveEvent) {
  if (event.kind === 'hello') noteReleaseName(event.release)
  for (const listener of [...listeners]) listener(event)
}

function setConnected(next: boolean) {
  if (next === isConnected) return
  isConnected = next
  for (const listener of [...stateListeners]) listener()
}

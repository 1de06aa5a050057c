import { useSyncExternalStore } from 'react'
import type { MeResponse, SessionResponse } from './generated/types.gen'
import { ApiProblem, offlineProblem, toProblem } from './problem'
import { noteRelease } from './release'

/**
 * The signed-in person and the access token, which lives in this module's memory only. Tabs stay in step through a
 * BroadcastChannel; a Web Lock lets only one of them use the refresh cookie at a time, because the server ends the
 * whole session when one refresh token is used twice.
 */
export type SessionState =
  | { status: 'starting' }
  | { status: 'unreachable' }
  | { status: 'signed-out' }
  | { status: 'signed-in'; person: MeResponse }
  /** The session ended under a page that is still open: the page stays, a dialog asks to sign in again. */
  | { status: 'expired'; person: MeResponse }

type TabMessage =
  | { kind: 'signed-in'; accessToken: string; expiresAt: number; person: MeResponse }
  | { kind: 'signed-out' }
  | { kind: 'person'; person: MeResponse }

const LOCK = 'tealdesk-refresh'
const CHANNEL = 'tealdesk-session'
/** Says only that a refresh is worth trying; it saves visitors without a session a request that must fail. */
const HINT_KEY = 'tealdesk.has-session'
/** The attempt whose answer may have been lost; repeating it is safe, a second attempt would end the session. */
const ATTEMPT_KEY = 'tealdesk.refresh-attempt'
const REFRESH_AHEAD_MS = 60_000
// Long enough for all tasks to be replaced. Without a connection nobody is kept waiting for so long.
const REFRESH_PAUSES_MS = [0, 400, 1_500, 3_000, 5_000, 8_000]
const OFFLINE_ATTEMPTS = 3

let state: SessionState = { status: 'starting' }
let accessToken: string | null = null
let expiresAt = 0
let lastPerson: MeResponse | null = null
let refreshing: Promise<boolean> | null = null
let refreshTimer: ReturnType<typeof setTimeout> | undefined
let channel: BroadcastChannel | null = null
const listeners = new Set<() => void>()
let beforeSignOut = () => {}

function setState(next: SessionState) {
  state = next
  for (const listener of [...listeners]) listener()
}

export const getSession = () => state

export function subscribeToSession(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function useSession() {
  return useSyncExternalStore(subscribeToSession, getSession)
}

/** The signed-in person, inside pages that only a signed-in person reaches. */
export function useCurrentUser(): MeResponse {
  const session = useSession()
  // A page that is about to go after a sign-out may render once more.
  const person = 'person' in session ? session.person : lastPerson
  if (!person) throw new Error('Nobody is signed in')
  return person
}

/** Called once from main.tsx; `onSignOut` empties the caches. */
export async function startSession(options: { onSignOut: () => void }) {
  beforeSignOut = options.onSignOut
  if (typeof BroadcastChannel !== 'undefined') {
    channel = new BroadcastChannel(CHANNEL)
    channel.onmessage = (event: MessageEvent<TabMessage>) => receive(event.data)
  }
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && state.status === 'signed-in') void refreshIfNeeded()
  })
  await resumeSession()
}

export async function resumeSession() {
  if (!readStorage(HINT_KEY)) {
    setState({ status: 'signed-out' })
    return
  }
  try {
    if (!(await refreshSession()) && state.status === 'starting') endSession()
  } catch {
    setState({ status: 'unreachable' })
  }
}

function receive(message: TabMessage) {
  switch (message.kind) {
    case 'signed-in': {
      const previous = 'person' in state ? state.person : null
      // Somebody else signed in in another tab: what this page shows is no longer ours to show.
      if (previous && previous.id !== message.person.id) {
        beforeSignOut()
        window.location.assign('/')
        return
      }
      adopt(message.accessToken, message.expiresAt, message.person)
      return
    }
    case 'signed-out':
      forget()
      setState({ status: 'signed-out' })
      return
    case 'person':
      if (state.status === 'signed-in' && state.person.id === message.person.id) {
        setState({ status: 'signed-in', person: message.person })
      }
  }
}

function adopt(token: string, tokenExpiresAt: number, person: MeResponse) {
  accessToken = token
  expiresAt = tokenExpiresAt
  writeStorage(HINT_KEY, '1')
  clearTimeout(refreshTimer)
  const wait = Math.max(tokenExpiresAt - Date.now() - REFRESH_AHEAD_MS, 1_000)
  refreshTimer = setTimeout(() => void refreshIfNeeded(), wait)
  lastPerson = person
  setState({ status: 'signed-in', person })
}

export function signIn(response: SessionResponse) {
  const tokenExpiresAt = Date.now() + response.expiresInSeconds * 1000
  adopt(response.accessToken, tokenExpiresAt, response.person)
  channel?.postMessage({
    kind: 'signed-in',
    accessToken: response.accessToken,
    expiresAt: tokenExpiresAt,
    person: response.person,
  } satisfies TabMessage)
}

/** After the person changed name or language. */
export function updatePerson(person: MeResponse) {
  if (state.status !== 'signed-in') return
  setState({ status: 'signed-in', person })
  channel?.postMessage({ kind: 'person', person } satisfies TabMessage)
}

/** Forgets the session here and in the other tabs; the server has been told before. */
export function signOut() {
  forget()
  channel?.postMessage({ kind: 'signed-out' } satisfies TabMessage)
  setState({ status: 'signed-out' })
}

function forget() {
  accessToken = null
  expiresAt = 0
  clearTimeout(refreshTimer)
  removeStorage(HINT_KEY)
  removeStorage(ATTEMPT_KEY)
  beforeSignOut()
}

/** The server ended the session. A page that is open stays open, with everything typed into it. */
function endSession() {
  accessToken = null
  expiresAt = 0
  clearTimeout(refreshTimer)
  removeStorage(HINT_KEY)
  setState('person' in state ? { status: 'expired', person: state.person } : { status: 'signed-out' })
}

const needsRefresh = () => accessToken === null || Date.now() > expiresAt - REFRESH_AHEAD_MS / 2

async function refreshIfNeeded() {
  if (Date.now() <= expiresAt - REFRESH_AHEAD_MS - 1_000) return
  try {
    if (!(await refreshSession())) endSession()
  } catch {
    // Offline: the next request tries again.
  }
}

/**
 * A token that is good for a request, or null for a visitor. Waits for the sign-in dialog when the session ended, so
 * that the request a person made is sent once they are back, instead of failing.
 */
export async function tokenForRequest(signal?: AbortSignal): Promise<string | null> {
  if (state.status === 'signed-in' && needsRefresh()) await renewOrWait(signal)
  else if (state.status === 'expired') await signedInAgain(signal)
  return accessToken
}

/** After a 401: a newer token, or null when there is none to be had. */
export async function tokenAfterRefusal(refused: string, signal?: AbortSignal): Promise<string | null> {
  if (accessToken === refused) await renewOrWait(signal)
  else if (state.status === 'expired') await signedInAgain(signal)
  return accessToken
}

async function renewOrWait(signal?: AbortSignal) {
  if (await refreshSession()) return
  endSession()
  await signedInAgain(signal)
}

function signedInAgain(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      unsubscribe()
      signal?.removeEventListener('abort', abort)
    }
    const abort = () => {
      stop()
      reject(signal?.reason)
    }
    const check = () => {
      if (state.status === 'expired') return
      stop()
      if (state.status === 'signed-in') resolve()
      else reject(new ApiProblem({ kind: 'refused', slug: 'session-ended', status: 401 }))
    }
    const unsubscribe = subscribeToSession(check)
    signal?.addEventListener('abort', abort)
    check()
  })
}

/** True with a fresh token, false when the server ended the session; throws when the server cannot be reached. */
export function refreshSession(): Promise<boolean> {
  refreshing ??= withRefreshLock(refreshOnce).finally(() => {
    refreshing = null
  })
  return refreshing
}

async function withRefreshLock(work: (tokenBefore: string | null) => Promise<boolean>) {
  const tokenBefore = accessToken
  if (!navigator.locks) return work(tokenBefore)
  return navigator.locks.request(LOCK, () => work(tokenBefore)) as Promise<boolean>
}

async function refreshOnce(tokenBefore: string | null): Promise<boolean> {
  // While this tab waited for the lock, another one may have shared a new token.
  if (accessToken !== null && accessToken !== tokenBefore) return true
  const attempt = readStorage(ATTEMPT_KEY) ?? crypto.randomUUID()
  writeStorage(ATTEMPT_KEY, attempt)

  let problem: unknown = offlineProblem()
  let unreachable = 0
  for (const pause of REFRESH_PAUSES_MS) {
    if (unreachable === OFFLINE_ATTEMPTS) break
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
    let response: Response
    try {
      response = await fetch(new URL('/api/v1/sessions/refresh', window.location.origin), {
        method: 'POST',
        headers: { 'Idempotency-Key': attempt },
      })
    } catch (error) {
      problem = toProblem(error, undefined)
      unreachable += 1
      continue
    }
    noteRelease(response)
    if (response.ok) {
      // A body that breaks off is a lost answer too: the attempt stays, and is made again.
      const body = await response.json().catch(() => null)
      if (body === null) continue
      removeStorage(ATTEMPT_KEY)
      signIn(body as SessionResponse)
      return true
    }
    if (response.status === 401) {
      removeStorage(ATTEMPT_KEY)
      return false
    }
    problem = toProblem(await response.json().catch(() => ({})), response)
  }
  throw problem
}

// Storage can be switched off or full; the session then simply lasts as long as the page.
function readStorage(key: string) {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
function writeStorage(key: string, value: string) {
  try {
    localStorage.setItem(key, value)
  } catch {
    // See above.
  }
}
function removeStorage(key: string) {
  try {
    localStorage.removeItem(key)
  } catch {
    // See above.
  }
}

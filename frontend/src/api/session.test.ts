import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aPerson, aSession } from '@/test/person'

type SessionModule = typeof import('./session')
type ClientModule = typeof import('./client')

const server = vi.fn<(request: Request) => Promise<Response>>()
let session: SessionModule
let client: ClientModule
let otherTab: BroadcastChannel
const onSignOut = vi.fn()

beforeEach(async () => {
  vi.resetModules()
  server.mockReset()
  onSignOut.mockReset()
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) => server(new Request(input, init)))
  session = await import('./session')
  client = await import('./client')
  otherTab = new BroadcastChannel('tealdesk-session')
})

afterEach(() => {
  otherTab.close()
  vi.useRealTimers()
})

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })
const pathOf = (request: Request) => new URL(request.url).pathname
const isRefresh = (request: Request) => pathOf(request) === '/api/v1/sessions/refresh'
const refreshes = () => server.mock.calls.map(([request]) => request).filter(isRefresh)
const tokenOf = (request: Request) => request.headers.get('Authorization')
const api = (path: string) => `${window.location.origin}/api/v1${path}`
const ended = () => json({ type: '/problems/session-ended' }, 401)
const accessTokenInvalid = () => json({ type: '/problems/access-token-invalid' }, 401)

/** Accepts only the newest token; a refresh hands out the next one. */
function serverWithTokens(newest: { token: string }) {
  server.mockImplementation(async (request) => {
    if (isRefresh(request)) {
      newest.token = `${newest.token}+`
      return json(aSession({ accessToken: newest.token }))
    }
    return tokenOf(request) === `Bearer ${newest.token}` ? json({ ok: true }) : accessTokenInvalid()
  })
}

test('a visitor without a session costs no request', async () => {
  await session.startSession({ onSignOut })
  expect(session.getSession()).toEqual({ status: 'signed-out' })
  expect(server).not.toHaveBeenCalled()
})

test('a reload resumes the session', async () => {
  session.signIn(aSession())
  vi.resetModules()
  const reloaded: SessionModule = await import('./session')
  server.mockResolvedValue(json(aSession({ accessToken: 'second-token' })))
  await reloaded.startSession({ onSignOut })
  expect(reloaded.getSession()).toMatchObject({ status: 'signed-in' })
})

test('tokens are never stored', async () => {
  session.signIn(aSession({ accessToken: 'secret-token' }))
  const stored = JSON.stringify([{ ...localStorage }, { ...sessionStorage }])
  expect(stored).not.toContain('secret-token')
})

test('requests refused at the same time share one refresh, and are all sent again', async () => {
  session.signIn(aSession({ accessToken: 'old' }))
  serverWithTokens({ token: 'new' })
  const responses = await Promise.all(
    ['/me', '/teams', '/views'].map((path) => client.authorizedFetch(api(path))),
  )
  expect(responses.map((response) => response.status)).toEqual([200, 200, 200])
  expect(refreshes()).toHaveLength(1)
})

test('a request that is sent again has its body again', async () => {
  session.signIn(aSession({ accessToken: 'old' }))
  const bodies: string[] = []
  server.mockImplementation(async (request) => {
    if (isRefresh(request)) return json(aSession({ accessToken: 'new' }))
    bodies.push(await request.text())
    return tokenOf(request) === 'Bearer new' ? json({}) : accessTokenInvalid()
  })
  await client.authorizedFetch(api('/tickets'), { method: 'POST', body: 'my words' })
  expect(bodies).toEqual(['my words', 'my words'])
})

test('a token about to expire is renewed before it is used', async () => {
  session.signIn(aSession({ accessToken: 'old', expiresInSeconds: 5 }))
  serverWithTokens({ token: 'new' })
  const response = await client.authorizedFetch(api('/me'))
  expect(response.status).toBe(200)
  expect(server.mock.calls.map(([request]) => pathOf(request))).toEqual([
    '/api/v1/sessions/refresh',
    '/api/v1/me',
  ])
})

test('a refresh whose answer is lost is repeated as the same attempt', async () => {
  vi.useFakeTimers()
  session.signIn(aSession())
  server.mockRejectedValueOnce(new TypeError('Failed to fetch')).mockResolvedValueOnce(json(aSession()))
  const refreshed = session.refreshSession()
  await vi.runAllTimersAsync()
  expect(await refreshed).toBe(true)
  const [first, second] = refreshes().map((request) => request.headers.get('Idempotency-Key'))
  expect(first).toBeTruthy()
  expect(second).toBe(first)
})

test('a refresh outlasts the seconds in which every task is being replaced', async () => {
  vi.useFakeTimers()
  session.signIn(aSession())
  for (let refused = 0; refused < 5; refused++) server.mockResolvedValueOnce(json({}, 503))
  server.mockResolvedValueOnce(json(aSession()))
  const refreshed = session.refreshSession()
  await vi.runAllTimersAsync()
  expect(await refreshed).toBe(true)
  const attempts = refreshes()
    .slice(0, 6)
    .map((request) => request.headers.get('Idempotency-Key'))
  expect(attempts).toHaveLength(6)
  expect(new Set(attempts).size).toBe(1)
})

test('an attempt that stayed without an answer is taken up again after a reload', async () => {
  vi.useFakeTimers()
  session.signIn(aSession())
  server.mockRejectedValue(new TypeError('Failed to fetch'))
  const failed = session.refreshSession().catch((error: unknown) => error)
  await vi.runAllTimersAsync()
  expect(await failed).toMatchObject({ kind: 'offline' })

  vi.resetModules()
  const reloaded: SessionModule = await import('./session')
  server.mockReset().mockResolvedValue(json(aSession()))
  const lostAttempt = localStorage.getItem('tealdesk.refresh-attempt')
  await reloaded.refreshSession()
  expect(refreshes()[0]?.headers.get('Idempotency-Key')).toBe(lostAttempt)
  expect(localStorage.getItem('tealdesk.refresh-attempt')).toBeNull()
})

test('a new refresh is a new attempt', async () => {
  server.mockImplementation(async () => json(aSession()))
  await session.refreshSession()
  await session.refreshSession()
  const [first, second] = refreshes().map((request) => request.headers.get('Idempotency-Key'))
  expect(second).not.toBe(first)
})

test('being offline does not end the session', async () => {
  vi.useFakeTimers()
  session.signIn(aSession({ expiresInSeconds: 5 }))
  server.mockRejectedValue(new TypeError('Failed to fetch'))
  const failed = client.authorizedFetch(api('/me')).catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await failed).toMatchObject({ kind: 'offline' })
  expect(session.getSession()).toMatchObject({ status: 'signed-in' })
})

test('when the session ends the page stays, and the request is sent once the person is back', async () => {
  session.signIn(aSession({ accessToken: 'old' }))
  server.mockImplementation(async (request) => {
    if (isRefresh(request)) return ended()
    return tokenOf(request) === 'Bearer after-dialog' ? json({ ok: true }) : accessTokenInvalid()
  })
  const sent = client.authorizedFetch(api('/portal/tickets'), { method: 'POST', body: 'my words' })
  await vi.waitFor(() => expect(session.getSession()).toMatchObject({ status: 'expired', person: aPerson() }))
  expect(onSignOut).not.toHaveBeenCalled()
  session.signIn(aSession({ accessToken: 'after-dialog' }))
  expect((await sent).status).toBe(200)
})

test('who leaves instead of signing in again lets the request fail', async () => {
  session.signIn(aSession({ accessToken: 'old' }))
  server.mockImplementation(async (request) => (isRefresh(request) ? ended() : accessTokenInvalid()))
  const sent = client.authorizedFetch(api('/me')).catch((error: unknown) => error)
  await vi.waitFor(() => expect(session.getSession()).toMatchObject({ status: 'expired' }))
  session.signOut()
  expect(await sent).toMatchObject({ slug: 'session-ended' })
})

test('a wrong password is an answer, not a reason to refresh', async () => {
  session.signIn(aSession())
  server.mockResolvedValue(json({ type: '/problems/invalid-credentials' }, 401))
  const response = await client.authorizedFetch(api('/sessions'), { method: 'POST', body: '{}' })
  expect(response.status).toBe(401)
  expect(refreshes()).toHaveLength(0)
})

test('signing out in one tab signs out the others', async () => {
  await session.startSession({ onSignOut })
  session.signIn(aSession())
  otherTab.postMessage({ kind: 'signed-out' })
  await vi.waitFor(() => expect(session.getSession()).toEqual({ status: 'signed-out' }))
  expect(onSignOut).toHaveBeenCalled()
})

test('signing in in one tab signs in the others', async () => {
  await session.startSession({ onSignOut })
  const { accessToken, person } = aSession({ accessToken: 'from-other-tab' })
  otherTab.postMessage({ kind: 'signed-in', accessToken, expiresAt: Date.now() + 600_000, person })
  await vi.waitFor(() => expect(session.getSession()).toEqual({ status: 'signed-in', person }))
  server.mockResolvedValue(json({}))
  await client.authorizedFetch(api('/me'))
  expect(server.mock.calls.map(([request]) => tokenOf(request))).toEqual(['Bearer from-other-tab'])
})

test('the other tabs hear of a sign-out here', async () => {
  await session.startSession({ onSignOut })
  const heard = new Promise((resolve) => {
    otherTab.onmessage = (event) => resolve(event.data)
  })
  session.signOut()
  expect(await heard).toEqual({ kind: 'signed-out' })
})

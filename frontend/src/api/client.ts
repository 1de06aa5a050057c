import { QueryClient } from '@tanstack/react-query'
import { client } from './generated/client.gen'
import { ApiProblem, toProblem } from './problem'
import { noteRelease } from './release'
import { tokenAfterRefusal, tokenForRequest } from './session'

const ANONYMOUS = new Set([
  'GET /api/v1/about',
  'POST /api/v1/registrations',
  'POST /api/v1/email-verification-requests',
  'POST /api/v1/email-verifications',
  'POST /api/v1/sessions',
  'POST /api/v1/sessions/refresh',
  'POST /api/v1/password-reset-requests',
  'POST /api/v1/password-resets',
  'POST /api/v1/invitation-acceptances',
])

/** fetch with the access token; a refused token is renewed once and the request sent again. */
export async function authorizedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init)
  if (ANONYMOUS.has(`${request.method} ${new URL(request.url).pathname}`)) return noted(await fetch(request))

  const token = await tokenForRequest(request.signal)
  const again = request.clone()
  const response = noted(await fetch(withToken(request, token)))
  if (response.status !== 401 || token === null) return response
  const renewed = await tokenAfterRefusal(token, request.signal)
  return renewed === null ? response : noted(await fetch(withToken(again, renewed)))
}

function withToken(request: Request, token: string | null) {
  if (token !== null) request.headers.set('Authorization', `Bearer ${token}`)
  return request
}

function noted(response: Response) {
  noteRelease(response)
  return response
}

/** `"3"`: the entity tag of version 3, for the If-Match header. */
export const ifMatch = (version: number) => `"${version}"`

export function configureClient() {
  client.setConfig({
    baseUrl: window.location.origin,
    fetch: authorizedFetch as typeof fetch,
    throwOnError: true,
  })
  client.interceptors.error.use((error, response) => toProblem(error, response))
}

const ATTEMPTS_MAX = 2

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (attempts, error) =>
        attempts < ATTEMPTS_MAX && error instanceof ApiProblem && error.kind !== 'refused',
      // Being offline shows as a problem with a retry button, instead of a page that loads for ever.
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})

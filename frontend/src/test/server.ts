import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll } from 'vitest'

/** A server for one test file; each test says itself what it answers. */
export function aServer() {
  const server = setupServer()
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
  afterEach(() => server.resetHandlers())
  afterAll(() => server.close())
  return server
}

export const api = (path: string) => `http://localhost:3000/api/v1${path}`

export function problem(status: number, slug: string, more?: { errors?: object[]; headers?: HeadersInit }) {
  return HttpResponse.json(
    { type: `/problems/${slug}`, status, title: 'Not for the eyes of the reader', errors: more?.errors },
    { status, headers: { 'Content-Type': 'application/problem+json', ...(more?.headers as object) } },
  )
}

export { HttpResponse, http }

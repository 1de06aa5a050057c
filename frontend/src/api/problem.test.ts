import { expect, test } from 'vitest'
import { type ApiProblem, isProblem, toProblem } from './problem'

const refused = (status: number, headers?: HeadersInit) => new Response(null, { status, headers })

test('a problem is known by the last part of its type', () => {
  const problem = toProblem({ type: '/problems/ticket-closed', title: 'whatever' }, refused(409))
  expect(isProblem(problem, 'ticket-closed')).toBe(true)
  expect(isProblem(problem, 'stale-version')).toBe(false)
})

test('a validation problem carries its fields', () => {
  const errors = [{ field: 'subject', code: 'NotBlank', message: 'must not be blank' }]
  const problem = toProblem({ type: '/problems/validation-failed', errors }, refused(400)) as ApiProblem
  expect(problem.fields).toEqual(errors)
})

test('an answer that is no problem document is a problem all the same', () => {
  const problem = toProblem('<html>Bad gateway</html>', refused(502)) as ApiProblem
  expect(problem).toMatchObject({ kind: 'unavailable', slug: '', status: 502 })
})

test('no answer at all means offline', () => {
  expect(toProblem(new TypeError('Failed to fetch'), undefined)).toMatchObject({ kind: 'offline' })
})

test('an aborted request stays what it is', () => {
  const abort = new DOMException('Aborted', 'AbortError')
  expect(toProblem(abort, undefined)).toBe(abort)
})

test('knows how long to wait', () => {
  const problem = toProblem({ type: '/problems/too-many-attempts' }, refused(429, { 'Retry-After': '90' }))
  expect(problem).toMatchObject({ retryAfterSeconds: 90, isRetryable: true })
})

test('a refusal is not worth repeating, an outage is', () => {
  expect(toProblem({}, refused(403))).toMatchObject({ isRetryable: false })
  expect(toProblem({}, refused(503))).toMatchObject({ isRetryable: true })
})

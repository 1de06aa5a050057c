import { renderHook } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { loadCatalogues, TextProvider } from '@/lib/i18n'
import { offlineProblem, toProblem } from './problem'
import { useFieldProblems, useProblemText } from './use-problem-text'

beforeAll(() => loadCatalogues('common'))

function textOf(document: object, status: number, headers?: HeadersInit) {
  const problem = toProblem(document, new Response(null, { status, headers }))
  return renderHook(useProblemText, { wrapper: TextProvider }).result.current(problem)
}

test('speaks by type, never with the words of the server', () => {
  const text = textOf({ type: '/problems/email-taken', detail: 'SQLSTATE 23505' }, 409)
  expect(text).toBe('There is already somebody with this e-mail address.')
})

test('says how long to wait, in the unit a person would use', () => {
  const document = { type: '/problems/too-many-attempts' }
  expect(textOf(document, 429, { 'Retry-After': '45' })).toContain('45 seconds')
  expect(textOf(document, 429, { 'Retry-After': '601' })).toContain('11 minutes')
})

test('an unknown problem names the number to report', () => {
  expect(textOf({ type: '/problems/brand-new', requestId: 'r-17' }, 409)).toContain('r-17')
})

test('a type that happens to be a group of texts does not break the page', () => {
  expect(textOf({ type: '/problems/fields' }, 404)).toContain('does not exist')
})

test('offline says that nothing is lost', () => {
  const text = renderHook(useProblemText, { wrapper: TextProvider }).result.current(offlineProblem())
  expect(text).toContain('offline')
})

test('a field gets the words for its own problem', () => {
  const errors = [
    { field: 'name', code: 'NotBlank', message: 'x' },
    { field: 'email', code: 'SomethingNew', message: 'x' },
  ]
  const problem = toProblem({ errors }, new Response(null, { status: 400 }))
  const { result } = renderHook(() => useFieldProblems(problem), { wrapper: TextProvider })
  expect(result.current('name')).toBe('Please fill this in.')
  expect(result.current('email')).toBe('Please check this.')
  expect(result.current('password')).toBeUndefined()
})

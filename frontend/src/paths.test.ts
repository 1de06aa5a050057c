import { expect, test } from 'vitest'
import { paths, safeNextPath } from './paths'

test('goes back to where the person wanted to be', () => {
  expect(safeNextPath('/tickets/10482?lane=TO_DO#m7')).toBe('/tickets/10482?lane=TO_DO#m7')
})

test.each([
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '',
])('does not leave the site for %j', (next) => {
  expect(safeNextPath(next)).toBeNull()
})

test('the address of the sign-in remembers where to go', () => {
  expect(paths.signIn('/portal/tickets/7?a=b')).toBe('/sign-in?next=%2Fportal%2Ftickets%2F7%3Fa%3Db')
  expect(paths.signIn('/')).toBe('/sign-in')
})

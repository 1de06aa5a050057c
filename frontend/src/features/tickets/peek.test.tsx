import { screen, waitFor, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { fakeDesk, server } from './test-fake-desk'
import { currentAddress, renderWorkspace } from './test-render-workspace'

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
  fakeDesk.reset(['Printer on fire', 'Wrong invoice'])
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1200)
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const row = (subject: string) => screen.findByRole('link', { name: new RegExp(subject) })
const peek = () => screen.findByRole('complementary', { name: /Peek at/ })

test('Space shows the ticket over the list, moving shows the next, Escape ends it; the focus stays', async () => {
  const { user } = await renderWorkspace('/tickets')
  await row('Printer on fire')
  await user.keyboard(' ')
  expect(await within(await peek()).findByRole('region', { name: 'Conversation' })).toBeInTheDocument()
  expect(within(await peek()).getByRole('heading')).toHaveTextContent('Printer on fire')
  expect(await row('Printer on fire')).toHaveFocus()
  await user.keyboard('j')
  expect(within(await peek()).getByRole('heading')).toHaveTextContent('Wrong invoice')
  expect(await row('Wrong invoice')).toHaveFocus()
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('complementary')).not.toBeInTheDocument()
  expect(currentAddress()).toBe('/tickets')
  expect(await row('Wrong invoice')).toHaveFocus()
})

test('opening the ticket ends the peek', async () => {
  const { user } = await renderWorkspace('/tickets')
  await row('Printer on fire')
  await user.keyboard('j ')
  await peek()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(currentAddress()).toBe('/tickets/10001'))
  await screen.findByRole('region', { name: 'Answer' })
  await user.keyboard('{Escape}')
  await waitFor(() => expect(currentAddress()).toBe('/tickets'))
  expect(screen.queryByRole('complementary')).not.toBeInTheDocument()
})

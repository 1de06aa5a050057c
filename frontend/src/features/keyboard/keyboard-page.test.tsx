import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { HttpResponse, http } from 'msw'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Keyboard } from '@/api/generated/types.gen'
import { getSession, signIn } from '@/api/session'
import { NO_OWN_KEYS, registerShortcuts, setOwnKeys } from '@/lib/keyboard'
import { aPerson, aSession } from '@/test/person'
import { renderPage } from '@/test/render-page'
import { api, aServer, problem } from '@/test/server'
import KeyboardPage from './keyboard-page'

const server = aServer()
let stored: Keyboard
let unregister = () => {}

beforeEach(() => {
  stored = { singleKeys: true, keys: [] }
  server.use(
    http.get(api('/me/keyboard'), () => HttpResponse.json(stored)),
    http.put(api('/me/keyboard'), async ({ request }) => {
      stored = (await request.json()) as Keyboard
      return new HttpResponse(null, { status: 204 })
    }),
  )
  // Two views, as the sidebar offers them.
  unregister = registerShortcuts([
    { id: 'view.MINE', keys: 'g m', label: 'My tickets', group: 'Views', run: () => {} },
    { id: 'view.0198', label: 'VIP', group: 'Views', run: () => {} },
  ])
})
afterEach(() => {
  vi.useRealTimers()
  unregister()
  setOwnKeys(NO_OWN_KEYS)
})

async function renderKeyboard() {
  signIn(aSession({ person: aPerson({ role: 'AGENT' }) }))
  await renderPage(<KeyboardPage />, { at: '/profile/keyboard', catalogues: ['keyboard', 'commands'] })
  await screen.findByRole('heading', { name: 'Ticket' })
  return userEvent.setup()
}

const change = (name: string) => screen.getByRole('button', { name: `Change the keys of ${name}` })
const row = (name: string) => {
  const item = change(name).closest('li')
  if (!item) throw new Error(`${name} has no row`)
  return within(item)
}
const capsOf = (name: string) =>
  [...(change(name).closest('li')?.querySelectorAll('kbd') ?? [])].map((cap) => cap.textContent)

test('a command gets other keys, which are kept and known to the page at once', async () => {
  const user = await renderKeyboard()
  expect(capsOf('Assign')).toEqual(['a'])
  await user.click(change('Assign'))
  await user.keyboard('{Control>}i{/Control}')
  expect(capsOf('Assign')).toEqual(['Ctrl', 'i'])
  expect(change('Assign')).toHaveFocus()
  await waitFor(() =>
    expect(stored).toEqual({ singleKeys: true, keys: [{ command: 'ticket.assign', keys: 'Mod+i' }] }),
  )
  expect(getSession()).toMatchObject({ person: { keyboard: stored } })

  await user.click(screen.getByRole('button', { name: 'Reset the keys of Assign' }))
  expect(capsOf('Assign')).toEqual(['a'])
  await waitFor(() => expect(stored.keys).toEqual([]))
})

test('two keys one after the other are a sequence, one alone waits for a second', async () => {
  const user = await renderKeyboard()
  await user.click(change('VIP'))
  await user.keyboard('gv')
  expect(capsOf('VIP')).toEqual(['g', 'v'])
  await user.click(change('Assign'))
  await user.keyboard('y')
  await waitFor(() => expect(capsOf('Assign')).toEqual(['y']), { timeout: 3_000 })
})

test('taken keys are swapped or left', async () => {
  const user = await renderKeyboard()
  await user.click(change('Assign'))
  await user.keyboard('gm')
  expect(row('Assign').getByRole('alert')).toHaveTextContent('belongs to “My tickets”')
  await user.click(row('Assign').getByRole('button', { name: 'Leave it' }))
  expect(capsOf('Assign')).toEqual(['a'])
  expect(change('Assign')).toHaveFocus()

  await user.click(change('Assign'))
  await user.keyboard('gm')
  await user.click(row('Assign').getByRole('button', { name: 'Swap' }))
  expect(capsOf('Assign')).toEqual(['g', 'm'])
  expect(capsOf('My tickets')).toEqual(['a'])
  expect(screen.getByText(/Assign and My tickets swapped/)).toHaveRole('status')
})

test('keys of the browser, of screen readers and of the focus are refused with a sentence', async () => {
  const user = await renderKeyboard()
  for (const [keys, sentence] of [
    ['{Control>}w{/Control}', 'belongs to the browser'],
    ['{F5}', 'belongs to the browser'],
    ['{Alt>}x{/Alt}', 'belongs to screen readers'],
    ['{Tab}', 'moves or presses what has the focus'],
  ] as const) {
    await user.click(change('Assign'))
    await user.keyboard(keys)
    expect(row('Assign').getByRole('alert')).toHaveTextContent(sentence)
    expect(change('Assign')).toHaveFocus()
  }
  expect(stored.keys).toEqual([])
})

test('Escape stops the recording', async () => {
  const user = await renderKeyboard()
  await user.click(change('Assign'))
  const recording = screen.getByRole('button', { name: /Press the keys for Assign/ })
  expect(recording).toHaveFocus()
  await user.keyboard('{Escape}')
  expect(change('Assign')).toHaveFocus()
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
})

test('a command can do without keys, and all come back together', async () => {
  const user = await renderKeyboard()
  await user.click(screen.getByRole('button', { name: 'Remove the keys of Resolve' }))
  expect(row('Resolve').getByText('no keys')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Reset all keys' }))
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Reset all keys' }))
  expect(capsOf('Resolve')).toEqual(['e'])
  await waitFor(() => expect(stored.keys).toEqual([]))
})

test('single keys are switched off', async () => {
  const user = await renderKeyboard()
  await user.click(screen.getByRole('checkbox', { name: 'Single keys work' }))
  await waitFor(() => expect(stored.singleKeys).toBe(false))
})

test('what another device chose is there before anything is changed', async () => {
  stored = { singleKeys: true, keys: [{ command: 'ticket.reply', keys: 'b' }] }
  const user = await renderKeyboard()
  expect(capsOf('Reply')).toEqual(['b'])
  await user.click(screen.getByRole('button', { name: 'Remove the keys of Assign' }))
  await waitFor(() => expect(stored.keys).toHaveLength(2))
})

test('what could not be stored is taken back, and can be tried again', async () => {
  const user = await renderKeyboard()
  server.use(http.put(api('/me/keyboard'), () => problem(503, 'temporarily-unavailable'), { once: true }))
  await user.click(screen.getByRole('button', { name: 'Remove the keys of Assign' }))
  expect(await screen.findByText(/The keys were not stored/)).toBeInTheDocument()
  expect(capsOf('Assign')).toEqual(['a'])
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(row('Assign').getByText('no keys')).toBeInTheDocument()
  await waitFor(() => expect(stored.keys).toEqual([{ command: 'ticket.assign', keys: '' }]))
})

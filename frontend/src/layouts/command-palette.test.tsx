import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { HttpResponse, http } from 'msw'
import { Route, Routes, useLocation } from 'react-router'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { signIn } from '@/api/session'
import { useCommands } from '@/features/shared/use-commands'
import { setLocale } from '@/lib/i18n'
import { aPerson, aSession } from '@/test/person'
import { renderPage } from '@/test/render-page'
import { api, aServer } from '@/test/server'
import { CommandPalette, CommandPaletteButton } from './command-palette'
import { WorkspaceCommands } from './workspace-commands'

const server = aServer()
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true
}
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  this.open = false
}

const anton = aPerson({ id: 'anton', name: 'Anton Ahorn', role: 'AGENT' })
let address = ''
let asked: string[] = []
const assign = vi.fn()

beforeEach(() => {
  asked = []
  assign.mockReset()
  localStorage.clear()
  server.use(
    http.get(api('/search/suggestions'), ({ request }) => {
      const q = new URL(request.url).searchParams.get('q') ?? ''
      asked.push(q)
      return HttpResponse.json({
        tickets: q.includes('lamp') ? [{ number: 10_482, subject: 'The lamp flickers', status: 'OPEN' }] : [],
        people: q.includes('lamp')
          ? [{ id: 'karla', name: 'Karla Lamprecht', email: 'karla@lamp.example' }]
          : [],
        tags: [],
        operators: [],
      })
    }),
    http.get(api('/organisations'), ({ request }) =>
      HttpResponse.json({
        items: new URL(request.url).searchParams.get('text')?.includes('lamp')
          ? [{ id: 'org', name: 'Lamps Ltd', sharesTickets: false, memberCount: 1, version: 0 }]
          : [],
      }),
    ),
  )
})
afterEach(() => setLocale('en'))

function Somewhere() {
  const { pathname, search } = useLocation()
  address = pathname + search
  useCommands([
    { id: 'ticket.assign', about: () => '#10482', run: assign },
    { id: 'ticket.resolve', disabled: true, run: () => {} },
  ])
  return <button type="button">Where I was</button>
}

async function renderPalette(person = anton) {
  signIn(aSession({ person }))
  await renderPage(
    <>
      <WorkspaceCommands />
      <CommandPalette />
      <CommandPaletteButton />
      <Routes>
        <Route path="*" element={<Somewhere />} />
      </Routes>
    </>,
    { at: '/home', catalogues: ['tickets', 'commands'] },
  )
  return userEvent.setup()
}

const field = () => screen.findByRole('combobox', { name: 'What do you want to do?' })
const options = () => screen.getAllByRole('option').map((option) => option.textContent)
const selected = () => screen.getByRole('option', { selected: true })

test('opens by its keys, does what was chosen, and the focus is where it was', async () => {
  const user = await renderPalette()
  const before = screen.getByRole('button', { name: 'Where I was' })
  before.focus()
  assign.mockImplementation(() => expect(before).toHaveFocus())
  await user.keyboard('{Control>}k{/Control}')
  await user.type(await field(), 'assi')
  expect(selected()).toHaveTextContent('Ticket Assign #10482a')
  expect(await field()).toHaveAttribute('aria-activedescendant', selected().id)
  await user.keyboard('{Enter}')
  expect(assign).toHaveBeenCalledTimes(1)
  expect(screen.queryByRole('combobox')).not.toBeInTheDocument()
  expect(before).toHaveFocus()
})

test('Escape and the same keys once more close it, and the focus is where it was', async () => {
  const user = await renderPalette()
  const before = screen.getByRole('button', { name: 'Where I was' })
  before.focus()
  for (const close of ['{Escape}', '{Control>}k{/Control}']) {
    await user.keyboard('{Control>}k{/Control}')
    await field()
    await user.keyboard(close)
    expect(screen.queryByRole('combobox')).not.toBeInTheDocument()
    expect(before).toHaveFocus()
  }
})

test('offers what works here and nothing else, with the keys beside it', async () => {
  const user = await renderPalette()
  await user.click(screen.getByRole('button', { name: 'Commands' }))
  await field()
  expect(options()).toContain('Go to Reportsgr')
  expect(options().join()).not.toContain('Resolve')
  expect(options().join()).not.toContain('Commands')
  expect(screen.getByText(`${options().length} results`)).toHaveRole('status')
})

test('arrows, Home and End choose, and go round at the ends', async () => {
  const user = await renderPalette()
  await user.keyboard('{Control>}k{/Control}')
  await field()
  const all = screen.getAllByRole('option')
  expect(selected()).toBe(all[0])
  await user.keyboard('{ArrowDown}{ArrowDown}')
  expect(selected()).toBe(all[2])
  await user.keyboard('{End}')
  expect(selected()).toBe(all.at(-1))
  await user.keyboard('{ArrowDown}')
  expect(selected()).toBe(all[0])
  await user.keyboard('{ArrowUp}')
  expect(selected()).toBe(all.at(-1))
  await user.keyboard('{Home}')
  expect(selected()).toBe(all[0])
})

test('what was used last comes first the next time', async () => {
  const user = await renderPalette()
  for (const name of ['assign', 'reports']) {
    await user.keyboard('{Control>}k{/Control}')
    await user.type(await field(), `${name}{Enter}`)
  }
  expect(address).toBe('/reports')
  await user.keyboard('{Control>}k{/Control}')
  await field()
  const recent = screen.getByRole('group', { name: 'Recent' })
  expect(
    within(recent)
      .getAllByRole('option')
      .map((option) => option.textContent),
  ).toEqual(['Go to Reportsgr', 'Ticket Assign #10482a'])
})

test('a number opens the ticket, without waiting for anything', async () => {
  const user = await renderPalette()
  await user.keyboard('{Control>}k{/Control}')
  await user.type(await field(), '#10482{Enter}')
  expect(address).toBe('/tickets/10482')
})

test('finds tickets, customers and organisations, asking once for what was typed', async () => {
  const user = await renderPalette()
  await user.keyboard('{Control>}k{/Control}')
  await user.type(await field(), 'lamp')
  expect(await screen.findByRole('option', { name: /The lamp flickers/ })).toBeInTheDocument()
  expect(await screen.findByRole('option', { name: /Lamps Ltd/ })).toBeInTheDocument()
  expect(asked).toEqual(['lamp'])
  await user.click(screen.getByRole('option', { name: /Karla Lamprecht/ }))
  expect(address).toBe('/search?q=from%3Akarla%40lamp.example')

  await user.keyboard('{Control>}k{/Control}')
  await user.type(await field(), 'lamp')
  await user.click(await screen.findByRole('option', { name: /Lamps Ltd/ }))
  expect(address).toBe('/tickets?organisation=org')
})

test('says when the search does not answer, and commands still work', async () => {
  server.use(http.get(api('/search/suggestions'), () => HttpResponse.error()))
  const user = await renderPalette()
  await user.keyboard('{Control>}k{/Control}')
  await user.type(await field(), 'assign')
  expect(await screen.findByRole('alert')).toHaveTextContent('could not be searched')
  await user.keyboard('{Enter}')
  expect(assign).toHaveBeenCalledTimes(1)
})

test("shows and obeys the person's own keys", async () => {
  const user = await renderPalette({
    ...anton,
    keyboard: {
      singleKeys: true,
      keys: [
        { command: 'palette.open', keys: 'Mod+i' },
        { command: 'ticket.assign', keys: 'y' },
      ],
    },
  })
  await user.keyboard('{Control>}k{/Control}')
  expect(screen.queryByRole('combobox')).not.toBeInTheDocument()
  await user.keyboard('y')
  expect(assign).toHaveBeenCalledTimes(1)
  await user.keyboard('{Control>}i{/Control}')
  await user.type(await field(), 'assign')
  expect(selected()).toHaveTextContent('Ticket Assign #10482y')
})

test('a German reader finds commands by German and by English names', async () => {
  const user = await renderPalette()
  await setLocale('de')
  await user.keyboard('{Control>}k{/Control}')
  const german = await screen.findByRole('combobox', { name: 'Was möchten Sie tun?' })
  await user.type(german, 'zuweis')
  expect(selected()).toHaveTextContent('Zuweisen')
  await user.clear(german)
  await user.type(german, 'assign')
  await waitFor(() => expect(selected()).toHaveTextContent('Zuweisen'))
})

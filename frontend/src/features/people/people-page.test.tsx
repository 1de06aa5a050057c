import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PersonResponse, Role } from '@/api/generated/types.gen'
import { signIn, signOut } from '@/api/session'
import { aPerson, aSession } from '@/test/person'
import { renderPage } from '@/test/render-page'
import { api, aServer, HttpResponse, http, problem } from '@/test/server'
import PeoplePage from './people-page'

const server = aServer()
const user = userEvent.setup()
beforeEach(() => signInAs('ADMINISTRATOR'))
afterEach(signOut)

const signInAs = (role: Role) => signIn(aSession({ person: aPerson({ role, name: 'Ruth' }) }))

const dana: PersonResponse = {
  id: 'p-1',
  name: 'Dana Demir',
  email: 'dana@desk.example',
  role: 'AGENT',
  locale: 'en',
  teams: [{ id: 't-1', name: 'Billing' }],
  emailVerified: true,
  deactivated: false,
  invited: false,
  createdAt: '2026-01-05T08:00:00Z',
  version: 4,
}

const lists = (people: () => PersonResponse[]) =>
  http.get(api('/people'), () => HttpResponse.json({ items: people() }))
const render = (at = '/people') => renderPage(<PeoplePage />, { at, catalogues: ['administration'] })

async function choose(act: string) {
  await user.click(await screen.findByRole('button', { name: 'Actions for Dana Demir' }))
  await user.click(await screen.findByRole('menuitem', { name: act }))
}

test('an administrator deactivates somebody after a question', async () => {
  let people = [dana]
  server.use(
    lists(() => people),
    http.put(api('/people/p-1/deactivation'), () => {
      people = [{ ...dana, deactivated: true }]
      return HttpResponse.json(people[0])
    }),
  )
  await render()
  await choose('Deactivate')
  const question = await screen.findByRole('dialog', { name: 'Deactivate Dana Demir?' })
  await user.click(within(question).getByRole('button', { name: 'Deactivate' }))
  expect(await screen.findByText('Dana Demir is deactivated.')).toBeInTheDocument()
  expect(await screen.findByText('Deactivated')).toBeInTheDocument()
})

test('the last administrator cannot be made less, and it is said why', async () => {
  server.use(
    lists(() => [dana]),
    http.put(api('/people/p-1/role'), () => problem(409, 'last-administrator')),
  )
  await render()
  await choose('Change the role')
  const dialog = await screen.findByRole('dialog', { name: 'Role of Dana Demir' })
  await user.selectOptions(within(dialog).getByLabelText('Role'), 'Customer')
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('at least one administrator')
  expect(within(dialog).getByLabelText('Role')).toHaveDisplayValue('Customer')
})

test('an edit says which version it changes', async () => {
  let version: string | null = null
  server.use(
    lists(() => [dana]),
    http.put(api('/people/p-1'), ({ request }) => {
      version = request.headers.get('If-Match')
      return HttpResponse.json(dana)
    }),
  )
  await render()
  await choose('Edit')
  await user.click(await screen.findByRole('button', { name: 'Save' }))
  await expect.poll(() => version).toBe('"4"')
})

test('an agent sees people, but does not administer them', async () => {
  signInAs('AGENT')
  server.use(lists(() => [dana]))
  await render()
  expect(await screen.findByText('dana@desk.example')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Actions for Dana Demir' })).not.toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Invite a colleague' })).not.toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Add a customer' })).toBeInTheDocument()
})

test('the filter in the address is asked for', async () => {
  let query = ''
  server.use(
    http.get(api('/people'), ({ request }) => {
      query = new URL(request.url).searchParams.toString()
      return HttpResponse.json({ items: [] })
    }),
  )
  await render('/people?text=dana&role=AGENT')
  expect(await screen.findByText(/Nobody matches/)).toBeInTheDocument()
  expect(Object.fromEntries(new URLSearchParams(query))).toMatchObject({ text: 'dana', role: 'AGENT' })
})

test('a list that does not come can be asked for again', async () => {
  let isDown = true
  server.use(
    http.get(api('/people'), () =>
      isDown ? problem(503, 'temporarily-unavailable') : HttpResponse.json({ items: [dana] }),
    ),
  )
  await render()
  const retry = await screen.findByRole('button', { name: 'Try again' })
  isDown = false
  await user.click(retry)
  expect(await screen.findByText('Dana Demir')).toBeInTheDocument()
})

import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Macro, Role, SavedReply } from '@/api/generated/types.gen'
import { signIn, signOut } from '@/api/session'
import { aPerson, aSession } from '@/test/person'
import { renderPage } from '@/test/render-page'
import { api, aServer, HttpResponse, http, problem } from '@/test/server'
import MacrosPage from './macros-page'
import SavedRepliesPage from './saved-replies-page'

const server = aServer()
const user = userEvent.setup()
beforeEach(() => signInAs('ADMINISTRATOR'))
afterEach(signOut)

const signInAs = (role: Role) => signIn(aSession({ person: aPerson({ role, name: 'Ruth' }) }))
const kept: Omit<SavedReply, 'id' | 'name' | 'text'> = {
  visibility: 'EVERYONE',
  teams: [],
  owner: { id: 'p-1', name: 'Ruth' },
  mayChange: true,
  version: 4,
}
const greeting: SavedReply = {
  ...kept,
  id: 's-1',
  name: 'Greeting',
  text: 'Hi {{requester.firstName|there}}',
}
const solved: Macro = { ...kept, id: 'm-1', name: 'Solved', actions: { status: 'RESOLVED' } }

const preview = http.post(api('/saved-replies/preview'), async ({ request }) => {
  const { text } = (await request.json()) as { text: string }
  return text.includes('{{nobody}}')
    ? problem(400, 'validation-failed', { errors: [{ field: 'text', code: 'UnknownVariable', message: '' }] })
    : HttpResponse.json({ text, html: `<p>shown: ${text.length}</p>` })
})

async function savedReplies(lists: () => SavedReply[]) {
  server.use(
    http.get(api('/saved-replies'), () => HttpResponse.json(lists())),
    http.get(api('/teams'), () => HttpResponse.json([])),
    preview,
  )
  await renderPage(<SavedRepliesPage />, { catalogues: ['replies'] })
}

test('an empty list says what a saved reply is for', async () => {
  await savedReplies(() => [])
  expect(await screen.findByText(/a text that you insert with \//)).toBeInTheDocument()
})

test('a saved reply is written with a preview, and its variables are checked at once', async () => {
  let sent: unknown
  await savedReplies(() => [])
  server.use(
    http.post(api('/saved-replies'), async ({ request }) => {
      sent = await request.json()
      return HttpResponse.json(greeting, { status: 201 })
    }),
  )
  await user.click((await screen.findAllByRole('button', { name: 'New saved reply' }))[0] as HTMLElement)
  const dialog = await screen.findByRole('dialog', { name: 'New saved reply' })
  await user.type(within(dialog).getByLabelText('Name'), 'Greeting')
  await user.type(within(dialog).getByLabelText('Text'), 'Hi {{{{nobody}}')
  expect(await within(dialog).findByText(/There are: \{\{requester.firstName\}\}/)).toBeInTheDocument()
  await user.clear(within(dialog).getByLabelText('Text'))
  await user.type(within(dialog).getByLabelText('Text'), 'Hi ')
  await user.click(within(dialog).getByRole('button', { name: 'First name' }))
  expect(within(dialog).getByLabelText('Text')).toHaveValue('Hi {{requester.firstName|there}}')
  expect(await within(dialog).findByText('shown: 32')).toBeInTheDocument()
  await user.click(within(dialog).getByRole('button', { name: 'Create' }))
  await waitFor(() =>
    expect(sent).toEqual({
      name: 'Greeting',
      visibility: 'EVERYONE',
      teamIds: [],
      text: 'Hi {{requester.firstName|there}}',
    }),
  )
})

test('deleted at once, and brought back', async () => {
  let isThere = true
  await savedReplies(() => (isThere ? [greeting] : []))
  server.use(
    http.delete(api('/saved-replies/s-1'), ({ request }) => {
      isThere = request.headers.get('If-Match') !== '"4"'
      return new HttpResponse(null, { status: 204 })
    }),
    http.put(api('/saved-replies/s-1/restoration'), () => {
      isThere = true
      return HttpResponse.json(greeting)
    }),
  )
  await user.click(await screen.findByRole('button', { name: 'Actions for Greeting' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  await waitFor(() => expect(screen.queryByRole('table')).toBeNull())
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  expect(await screen.findByRole('rowheader', { name: /Greeting/ })).toBeInTheDocument()
})

test('searching narrows by name and text', async () => {
  await savedReplies(() => [greeting, { ...greeting, id: 's-2', name: 'Bye', text: 'So long' }])
  await screen.findByRole('rowheader', { name: /Greeting/ })
  await user.type(screen.getByLabelText('Search saved replies'), 'so lo')
  expect(screen.getAllByRole('rowheader')).toHaveLength(1)
  expect(screen.getByRole('rowheader', { name: 'Bye' })).toBeInTheDocument()
  await user.type(screen.getByLabelText('Search saved replies'), 'x')
  expect(screen.getByText('No saved reply says that.')).toBeInTheDocument()
})

test('an agent cannot change what is shared, and keeps new ones private', async () => {
  signInAs('AGENT')
  await savedReplies(() => [{ ...greeting, mayChange: false }])
  await screen.findByRole('rowheader', { name: /Greeting/ })
  expect(screen.queryByRole('button', { name: /Actions for/ })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'New saved reply' }))
  const dialog = await screen.findByRole('dialog', { name: 'New saved reply' })
  expect(within(dialog).queryByLabelText('Who can use it')).toBeNull()
})

test('a macro says what it does and is changed on the version that was seen', async () => {
  let sent: unknown
  server.use(
    http.get(api('/macros'), () => HttpResponse.json([solved])),
    http.get(api('/teams'), () => HttpResponse.json([])),
    http.put(api('/macros/m-1'), async ({ request }) => {
      sent = { ifMatch: request.headers.get('If-Match'), ...((await request.json()) as object) }
      return HttpResponse.json(solved)
    }),
    preview,
  )
  await renderPage(<MacrosPage />, { catalogues: ['replies', 'tickets'] })
  expect(await screen.findByText('Status: Resolved')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Actions for Solved' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Edit' }))
  const dialog = await screen.findByRole('dialog', { name: 'Macro Solved' })
  await user.selectOptions(within(dialog).getByLabelText('Priority'), 'High')
  await user.selectOptions(within(dialog).getByLabelText('Due date'), 'Set, counted from then')
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  await waitFor(() =>
    expect(sent).toEqual({
      ifMatch: '"4"',
      name: 'Solved',
      visibility: 'EVERYONE',
      teamIds: [],
      actions: { status: 'RESOLVED', priority: 'HIGH', dueDate: { inHours: 24 } },
    }),
  )
})

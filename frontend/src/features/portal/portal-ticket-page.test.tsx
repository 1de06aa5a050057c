import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Route, Routes } from 'react-router'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PortalMessage, PortalTicket } from '@/api/generated/types.gen'
import { signIn, signOut } from '@/api/session'
import { aSession } from '@/test/person'
import { renderPage } from '@/test/render-page'
import { api, aServer, HttpResponse, http, problem } from '@/test/server'
import PortalTicketPage from './portal-ticket-page'

const server = aServer()
const user = userEvent.setup()
beforeEach(() => signIn(aSession()))
afterEach(signOut)

const aMessage = (part?: Partial<PortalMessage>): PortalMessage => ({
  id: 1,
  authorName: 'Carla Customer',
  isYou: true,
  isStaff: false,
  bodyHtml: '<p>Where is it?</p>',
  createdAt: '2026-11-22T10:00:00Z',
  attachments: [],
  ...part,
})

const aTicket = (part?: Partial<PortalTicket>): PortalTicket => ({
  number: 7,
  subject: 'The invoice is missing',
  status: 'WAITING_FOR_YOU',
  createdAt: '2026-11-22T10:00:00Z',
  updatedAt: '2026-11-22T10:00:00Z',
  requesterName: 'Carla Customer',
  isYours: true,
  canClose: true,
  canReopen: false,
  canReply: true,
  messages: [aMessage()],
  ...part,
})

const shows = (ticket: () => PortalTicket) =>
  http.get(api('/portal/tickets/7'), () => HttpResponse.json(ticket()))

const render = () =>
  renderPage(
    <Routes>
      <Route path="/portal/tickets/:number" element={<PortalTicketPage />} />
    </Routes>,
    { at: '/portal/tickets/7', catalogues: ['portal'] },
  )

const answer = () => screen.getByLabelText('Your answer')
const send = () => user.click(screen.getByRole('button', { name: 'Send' }))

test('says in plain words where the request stands', async () => {
  server.use(shows(aTicket))
  await render()
  expect(await screen.findByText('Waiting for your answer')).toBeInTheDocument()
})

test('an answer is seen at once and sent with the last message that was read', async () => {
  let sent: unknown
  let messages = [aMessage()]
  server.use(
    shows(() => aTicket({ messages })),
    http.post(api('/portal/tickets/7/replies'), async ({ request }) => {
      sent = await request.json()
      const reply = aMessage({ id: 2, bodyHtml: '<p>It is here now.</p>' })
      messages = [aMessage(), reply]
      return HttpResponse.json(reply, { status: 201 })
    }),
  )
  await render()
  await user.type(await screen.findByLabelText('Your answer'), 'It is here now.')
  await send()
  const conversation = screen.getByRole('list', { name: 'Conversation' })
  expect(await within(conversation).findByText('It is here now.')).toBeInTheDocument()
  expect(screen.getAllByText('It is here now.')).toHaveLength(1)
  expect(sent).toEqual({ body: 'It is here now.', attachmentIds: [], lastSeenMessageId: 1 })
  expect(answer()).toHaveValue('')
})

test('an answer that failed stays to be sent again, with the same key', async () => {
  const keys: (string | null)[] = []
  server.use(
    shows(aTicket),
    http.post(api('/portal/tickets/7/replies'), ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'))
      return keys.length === 1
        ? problem(503, 'temporarily-unavailable')
        : HttpResponse.json(aMessage({ id: 2 }))
    }),
  )
  const first = await render()
  await user.type(await screen.findByLabelText('Your answer'), 'It is here now.')
  await send()
  await screen.findByRole('button', { name: 'Try again' })
  first.unmount()

  await render()
  expect(await screen.findByText('It is here now.')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  await expect.poll(() => keys.length).toBe(2)
  expect(keys[1]).toBe(keys[0])
})

test('an answer that failed can be changed', async () => {
  server.use(
    shows(aTicket),
    http.post(api('/portal/tickets/7/replies'), () => problem(409, 'ticket-closed')),
  )
  await render()
  await user.type(await screen.findByLabelText('Your answer'), 'It is here now.')
  await send()
  expect(await screen.findByText(/takes no more answers/)).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Change it' }))
  expect(answer()).toHaveValue('It is here now.')
})

test('closing shows at once, and is taken back when it is refused', async () => {
  let refuse = () => {}
  const refused = new Promise<void>((resolve) => {
    refuse = resolve
  })
  server.use(
    shows(aTicket),
    http.put(api('/portal/tickets/7/closure'), async () => {
      await refused
      return problem(409, 'illegal-status-change')
    }),
  )
  await render()
  await user.click(await screen.findByRole('button', { name: 'It is solved' }))
  expect(await screen.findByText('Closed')).toBeInTheDocument()
  refuse()
  expect(await screen.findByText('Waiting for your answer')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument()
})

test('a closed request takes no answers, but can be opened again', async () => {
  server.use(shows(() => aTicket({ status: 'CLOSED', canClose: false, canReopen: true, canReply: false })))
  await render()
  expect(await screen.findByRole('button', { name: 'I still need help' })).toBeInTheDocument()
  expect(screen.queryByLabelText('Your answer')).not.toBeInTheDocument()
})

test('somebody else’s request is not there', async () => {
  server.use(http.get(api('/portal/tickets/7'), () => problem(404, 'not-found')))
  await render()
  expect(await screen.findByText(/We cannot find this request/)).toBeInTheDocument()
})

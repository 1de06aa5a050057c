import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Route, Routes } from 'react-router'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PortalTicket } from '@/api/generated/types.gen'
import { signIn, signOut } from '@/api/session'
import { aPerson, aSession } from '@/test/person'
import { renderPage } from '@/test/render-page'
import { api, aServer, HttpResponse, http, problem } from '@/test/server'
import AskPage from './ask-page'

const server = aServer()
const user = userEvent.setup()
beforeEach(() => signIn(aSession()))
afterEach(signOut)

const aTicket: PortalTicket = {
  number: 10482,
  subject: 'The invoice is missing',
  status: 'RECEIVED',
  createdAt: '2026-11-22T10:00:00Z',
  updatedAt: '2026-11-22T10:00:00Z',
  requesterName: 'Carla Customer',
  isYours: true,
  canClose: true,
  canReopen: false,
  canReply: true,
  messages: [],
}

const render = () =>
  renderPage(
    <Routes>
      <Route path="/portal/ask" element={<AskPage />} />
      <Route path="/portal/tickets/:number" element={<p>The ticket</p>} />
    </Routes>,
    { at: '/portal/ask', catalogues: ['portal'] },
  )
const subject = () => screen.getByLabelText('What is it about?')
const message = () => screen.getByLabelText('Your message')
const send = () => user.click(screen.getByRole('button', { name: 'Send' }))

async function fill() {
  await user.type(subject(), 'The invoice is missing')
  await user.type(message(), 'I cannot find the one of March.')
}

interface Received {
  key: string | null
  body: unknown
}

function receive(answers: (() => Response)[]) {
  const received: Received[] = []
  server.use(
    http.post(api('/portal/tickets'), async ({ request }) => {
      received.push({ key: request.headers.get('Idempotency-Key'), body: await request.json() })
      return (answers[received.length - 1] ?? answers.at(-1))?.()
    }),
  )
  return received
}

test('asks, then shows the ticket', async () => {
  const received = receive([() => HttpResponse.json(aTicket, { status: 201 })])
  await render()
  await fill()
  await send()
  expect(await screen.findByText('The ticket')).toBeInTheDocument()
  expect(screen.getByText('We have your request. Its number is #10482.')).toBeInTheDocument()
  expect(received[0]?.body).toEqual({
    subject: 'The invoice is missing',
    body: 'I cannot find the one of March.',
    attachmentIds: [],
  })
})

test('a refusal keeps the text, and trying again is the same request', async () => {
  const received = receive([
    () => problem(503, 'temporarily-unavailable'),
    () => HttpResponse.json(aTicket, { status: 201 }),
  ])
  await render()
  await fill()
  await send()
  expect(await screen.findByText(/Tealdesk cannot answer/)).toBeInTheDocument()
  expect(message()).toHaveValue('I cannot find the one of March.')
  await send()
  expect(await screen.findByText('The ticket')).toBeInTheDocument()
  expect(received[0]?.key).toBeTruthy()
  expect(received[1]?.key).toBe(received[0]?.key)
})

test('another text is another request', async () => {
  const received = receive([() => problem(503, 'temporarily-unavailable')])
  await render()
  await fill()
  await send()
  await expect.poll(() => received.length).toBe(1)
  await user.type(message(), ' Please help.')
  await send()
  await expect.poll(() => received.length).toBe(2)
  expect(received[1]?.key).not.toBe(received[0]?.key)
})

test('what was typed outlives the page, until it is sent', async () => {
  receive([() => HttpResponse.json(aTicket, { status: 201 })])
  const first = await render()
  await fill()
  first.unmount()
  const second = await render()
  expect(message()).toHaveValue('I cannot find the one of March.')
  await send()
  await screen.findByText('The ticket')
  second.unmount()
  await render()
  expect(message()).toHaveValue('')
})

test('nobody finds the words of somebody else', async () => {
  const first = await render()
  await fill()
  first.unmount()
  signIn(aSession({ person: aPerson({ id: '0198c0de-0000-7000-8000-000000000002' }) }))
  await render()
  expect(message()).toHaveValue('')
})

test('says which field is wrong', async () => {
  const errors = [{ field: 'subject', code: 'Size', message: 'size must be between 1 and 255' }]
  receive([() => problem(400, 'validation-failed', { errors })])
  await render()
  await fill()
  await send()
  expect(await screen.findByText('This is too long.')).toBeInTheDocument()
  expect(subject()).toBeInvalid()
})

test('a file that is too large or empty is refused before it is sent', async () => {
  await render()
  const large = new File(['x'], 'film.mov')
  Object.defineProperty(large, 'size', { value: 25 * 1024 * 1024 + 1 })
  await user.upload(screen.getByLabelText('Attach files', { selector: 'input' }), [
    large,
    new File([], 'empty.txt'),
  ])
  expect(screen.getByText('film.mov is larger than 25 MB.')).toBeInTheDocument()
  expect(screen.getByText('empty.txt is empty.')).toBeInTheDocument()
})

test('uploads a file at once and sends its id', async () => {
  const attachment = { id: 'a-1', fileName: 'invoice.pdf', mediaType: 'application/pdf', sizeBytes: 3 }
  let fileName: string | null = null
  server.use(
    http.post(api('/attachments'), ({ request }) => {
      fileName = new URL(request.url).searchParams.get('fileName')
      return HttpResponse.json(attachment, { status: 201 })
    }),
  )
  const received = receive([() => HttpResponse.json(aTicket, { status: 201 })])
  await render()
  await fill()
  await user.upload(
    screen.getByLabelText('Attach files', { selector: 'input' }),
    new File(['pdf'], 'invoice.pdf', { type: 'application/pdf' }),
  )
  expect(await screen.findByRole('button', { name: 'Remove invoice.pdf' })).toBeInTheDocument()
  await send()
  await screen.findByText('The ticket')
  expect(fileName).toBe('invoice.pdf')
  expect(received[0]?.body).toMatchObject({ attachmentIds: ['a-1'] })
})

import { screen, waitFor } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { MergeTicketsRequest, TicketLink } from '@/api/generated/types.gen'
import { fakeDesk, server } from './test-fake-desk'
import { currentAddress, renderWorkspace } from './test-render-workspace'
import { laneOf } from './ticket-words'

const asked: MergeTicketsRequest[] = []
const undone: string[] = []

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
  fakeDesk.reset(['Printer on fire', 'Wrong invoice', 'Printer burns again'])
  asked.length = 0
  undone.length = 0
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1200)
  server.use(
    http.post('*/api/v1/ticket-merges', async ({ request }) => {
      const body = (await request.json()) as MergeTicketsRequest
      asked.push(body)
      return HttpResponse.json(
        {
          id: 'merge-1',
          target: whole(body.target.number),
          merged: body.tickets.map(({ number }) => number),
        },
        { status: 201 },
      )
    }),
    http.delete('*/api/v1/ticket-merges/:id', ({ params }) => {
      undone.push(String(params.id))
      return HttpResponse.json({ target: whole(10001), restored: [10003], left: [] })
    }),
    http.get('*/api/v1/search/suggestions', () =>
      HttpResponse.json({
        tickets: [{ number: 10001, subject: 'Printer on fire', status: 'OPEN' }],
        people: [],
        tags: [],
        operators: [],
      }),
    ),
  )
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const whole = (number: number) => {
  const { ticket } = fakeDesk.of(number)
  return { ...ticket, lane: laneOf(ticket.status), allowedStatuses: [] }
}
const field = () => screen.findByRole('combobox', { name: 'Number or subject of the ticket that stays' })

test('m merges the open ticket into one found by its number, follows it, and can be undone', async () => {
  const { user } = await renderWorkspace('/tickets/10003')
  await screen.findByRole('region', { name: 'Conversation' })
  await user.keyboard('m')
  await user.type(await field(), '10001')
  await screen.findByRole('option', { name: /Printer on fire/ })
  await screen.findByRole('region', { name: 'This ticket stays' })
  await user.keyboard('{Enter}')
  await waitFor(() => expect(currentAddress()).toBe('/tickets/10001'))
  await screen.findByText('#10003 is part of #10001 now')
  expect(asked).toEqual([
    {
      target: { number: 10001, version: 1 },
      tickets: [{ number: 10003, version: 1 }],
      withOtherRequesters: false,
    },
  ])
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await screen.findByText('The merged ticket is back')
  expect(undone).toEqual(['merge-1'])
})

test('tickets of other people are merged only when that is said to be meant', async () => {
  fakeDesk.of(10001).ticket = {
    ...fakeDesk.of(10001).ticket,
    requester: { id: 'sam', name: 'Sam', email: 's@example.com' },
  }
  const { user } = await renderWorkspace('/tickets/10003')
  await screen.findByRole('region', { name: 'Conversation' })
  await user.keyboard('m')
  await user.type(await field(), '10001')
  await screen.findByRole('option', { name: /Printer on fire/ })
  await user.keyboard('{Enter}')
  await screen.findByText(/Other people than Sam asked here: .*#10003/)
  expect(screen.getByRole('button', { name: 'Cancel' })).toHaveFocus()
  expect(asked).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Merge all the same' }))
  await waitFor(() => expect(asked.map(({ withOtherRequesters }) => withOtherRequesters)).toEqual([true]))
})

test('a merged ticket says where it went, and lets nothing be written', async () => {
  fakeDesk.of(10003).ticket = { ...fakeDesk.of(10003).ticket, status: 'CLOSED', mergedInto: 10001 }
  await renderWorkspace('/tickets/10003')
  expect(await screen.findByRole('link', { name: 'Open #10001' })).toHaveAttribute('href', '/tickets/10001')
  expect(screen.queryByRole('region', { name: 'Answer' })).toBeNull()
  expect(screen.getByRole('button', { name: /Priority/ })).toBeDisabled()
})

test('links are said from this end, and removing one can be undone', async () => {
  const link: TicketLink = {
    id: 'link-1',
    relation: 'BLOCKED_BY',
    ticket: { number: 10001, subject: 'Printer on fire', status: 'OPEN' },
  }
  let links = [link]
  server.use(
    http.get('*/api/v1/tickets/:number/links', () => HttpResponse.json(links)),
    http.delete('*/api/v1/tickets/:number/links/:id', () => {
      links = []
      return new HttpResponse(null, { status: 204 })
    }),
    http.put('*/api/v1/tickets/:number/links', () => {
      links = [link]
      return HttpResponse.json(link)
    }),
  )
  const { user } = await renderWorkspace('/tickets/10003')
  const list = await screen.findByRole('list', { name: 'Related tickets' })
  expect(list).toHaveTextContent('Blocked by')
  await user.click(screen.getByRole('button', { name: 'Remove the link to #10001' }))
  await waitFor(() => expect(screen.queryByRole('list', { name: 'Related tickets' })).toBeNull())
  await screen.findByText('#10003 and #10001 are not linked any more')
  await user.click(screen.getAllByRole('button', { name: 'Undo' }).at(-1) as HTMLElement)
  await screen.findByRole('list', { name: 'Related tickets' })
})

import { screen, waitFor, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Macro, SavedReply } from '@/api/generated/types.gen'
import { eli, fakeDesk, server } from './test-fake-desk'
import { renderWorkspace } from './test-render-workspace'
import { laneOf } from './ticket-words'

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
  fakeDesk.reset(['Printer on fire', 'Wrong invoice'])
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1200)
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const kept: Omit<SavedReply, 'id' | 'name' | 'text'> = {
  visibility: 'EVERYONE',
  teams: [],
  owner: eli,
  mayChange: false,
  version: 2,
}
const reply = (id: string, name: string, text: string): SavedReply => ({ ...kept, id, name, text })
const composer = () => screen.findByRole('textbox', { name: /reply to rita/i })
const conversation = () => screen.findByRole('region', { name: 'Conversation' })

describe('saved replies', () => {
  const used: string[] = []
  const offers = (...replies: SavedReply[]) => {
    used.length = 0
    server.use(
      http.get('*/api/v1/tickets/:number/saved-replies', () => HttpResponse.json(replies)),
      http.post('*/api/v1/saved-replies/:id/uses', ({ params }) => {
        used.push(String(params.id))
        return new HttpResponse(null, { status: 204 })
      }),
    )
  }
  const two = [
    reply('s-1', 'Greeting', 'Hi Rita,\n\nthank you.'),
    reply('s-2', 'Picture please', 'Send a picture, Rita.'),
  ]

  async function writing(text: string) {
    const { user } = await renderWorkspace('/tickets/10001')
    await conversation()
    await user.keyboard('r')
    await user.type(await composer(), text)
    return user
  }

  test('a slash offers them, typing narrows, Enter inserts what the preview showed', async () => {
    offers(...two)
    const user = await writing('Hello. /')
    const list = await screen.findByRole('listbox', { name: 'Saved replies' })
    await waitFor(() => expect(within(list).getAllByRole('option')).toHaveLength(2))
    await user.keyboard('pic')
    const option = within(list).getByRole('option', { name: /Picture please/ })
    expect(within(list).getAllByRole('option')).toHaveLength(1)
    expect(await composer()).toHaveAttribute('aria-activedescendant', option.id)
    expect(screen.getAllByText(/Send a picture, Rita\./)).toHaveLength(2)
    await user.keyboard('{Enter}')
    expect(await composer()).toHaveValue('Hello. Send a picture, Rita.')
    expect(await composer()).toHaveFocus()
    expect(screen.queryByRole('listbox', { name: 'Saved replies' })).toBeNull()
    await waitFor(() => expect(used).toEqual(['s-2']))
    await user.keyboard(' Bye')
    expect(await composer()).toHaveValue('Hello. Send a picture, Rita. Bye')
  })

  test('arrows choose, and go round', async () => {
    offers(...two)
    const user = await writing('/')
    await screen.findByRole('option', { name: /Greeting/, selected: true })
    await user.keyboard('{ArrowUp}')
    expect(screen.getByRole('option', { name: /Picture/, selected: true })).toBeVisible()
    await user.keyboard('{ArrowDown}{Enter}')
    expect(await composer()).toHaveValue('Hi Rita,\n\nthank you.')
  })

  test('Escape leaves the slash and the composer as they are', async () => {
    offers(...two)
    const user = await writing('/gre')
    await screen.findByRole('option', { name: /Greeting/ })
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('listbox', { name: 'Saved replies' })).toBeNull()
    expect(await composer()).toHaveValue('/gre')
    await user.keyboard('x')
    expect(screen.queryByRole('listbox', { name: 'Saved replies' })).toBeNull()
  })

  test('a slash within a word or an address is a slash', async () => {
    offers(...two)
    await writing('and/or https://example.org 3 / 4')
    expect(screen.queryByRole('listbox', { name: 'Saved replies' })).toBeNull()
    expect(await composer()).toHaveValue('and/or https://example.org 3 / 4')
  })

  test('a pointer has a button for it, whose slash goes again', async () => {
    offers(...two)
    const user = await writing('Hello')
    await user.click(screen.getByRole('button', { name: /Saved reply/ }))
    await screen.findByRole('option', { name: /Greeting/ })
    expect(await composer()).toHaveValue('Hello /')
    await user.keyboard('{Escape}')
    expect(await composer()).toHaveValue('Hello ')
    await user.click(screen.getByRole('button', { name: /Saved reply/ }))
    await user.click(await screen.findByRole('option', { name: /Greeting/ }))
    expect(await composer()).toHaveValue('Hello Hi Rita,\n\nthank you.')
  })

  test('where there are none, it says how to make one', async () => {
    offers()
    await writing('/')
    expect(await screen.findByText(/no saved replies yet/)).toBeVisible()
    expect(screen.getByRole('link', { name: 'Write the first one' })).toHaveAttribute(
      'href',
      '/saved-replies',
    )
  })
})

describe('macros', () => {
  interface Asked {
    body: Record<string, unknown>
    key: string | null
  }
  const asked: Asked[] = []
  const macro: Macro = {
    ...kept,
    id: 'm-1',
    name: 'Solved',
    actions: { status: 'RESOLVED', addTags: ['solved'] },
  }
  const replying: Macro = {
    ...kept,
    id: 'm-2',
    name: 'Picture',
    actions: { priority: 'HIGH', message: { kind: 'REPLY', text: 'Send a picture, Rita.' } },
  }

  function offers(answer?: (asked: Asked) => Response | undefined) {
    asked.length = 0
    server.use(
      http.get('*/api/v1/tickets/:number/macros', () => HttpResponse.json([macro, replying])),
      http.post('*/api/v1/tickets/:number/macro-applications', async ({ params, request }) => {
        const request_ = {
          body: (await request.json()) as Record<string, unknown>,
          key: request.headers.get('Idempotency-Key'),
        }
        asked.push(request_)
        await fakeDesk.held
        const refused = answer?.(request_)
        if (refused) {
          return refused
        }
        const stored = fakeDesk.of(Number(params.number))
        stored.ticket = {
          ...stored.ticket,
          status: 'RESOLVED',
          tags: ['solved'],
          version: stored.ticket.version + 1,
        }
        return HttpResponse.json(
          { ticket: { ...stored.ticket, lane: laneOf('RESOLVED'), allowedStatuses: ['OPEN'] } },
          { status: 201 },
        )
      }),
    )
  }
  const problem = (slug: string, status: number, more = {}) =>
    HttpResponse.json(
      { type: `/problems/${slug}`, status, ...more },
      { status, headers: { 'Content-Type': 'application/problem+json' } },
    )
  const status = () => screen.getByRole('button', { name: /^Status:/ })

  async function apply(name: string) {
    const { user } = await renderWorkspace('/tickets/10001')
    await conversation()
    await waitFor(() => expect(status()).toBeEnabled())
    await user.keyboard('{Shift>}M{/Shift}')
    await user.type(await screen.findByRole('combobox', { name: 'Choose a macro' }), name)
    return user
  }

  test('says what it will do, does it at once, and takes it back', async () => {
    let letGo = () => {}
    fakeDesk.held = new Promise((resolve) => {
      letGo = resolve
    })
    offers()
    const user = await apply('sol')
    const list = screen.getByRole('listbox', { name: 'Choose a macro' })
    expect(within(list).getByRole('option')).toHaveTextContent('SolvedStatus: Resolved · Add tags: solved')
    await user.keyboard('{Enter}')
    expect(status()).toHaveTextContent('Resolved')
    expect(await screen.findByText('Solved: applied to #10001')).toBeVisible()
    letGo()
    await waitFor(() => expect(fakeDesk.of(10_001).ticket.status).toBe('RESOLVED'))
    expect(asked[0]?.body).toEqual({ macroId: 'm-1', macroVersion: 2 })
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(fakeDesk.of(10_001).ticket.status).toBe('OPEN'))
    await waitFor(() => expect(fakeDesk.of(10_001).ticket.tags).toEqual([]))
  })

  test('shows the message beforehand and sends exactly that', async () => {
    offers()
    const user = await apply('pic')
    expect(await screen.findByText('Send a picture, Rita.')).toBeVisible()
    expect(screen.getByText('Rita Quist will get this reply:')).toBeVisible()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(asked).toHaveLength(1))
    expect(asked[0]?.body).toMatchObject({
      macroId: 'm-2',
      body: 'Send a picture, Rita.',
      lastSeenMessageId: fakeDesk.of(10_001).messages.at(-1)?.id,
    })
  })

  test('refused, it leaves everything as it was and says which action it was', async () => {
    offers(() => problem('macro-refused', 409, { action: 'assignee', reason: 'validation-failed' }))
    const user = await apply('sol')
    await user.keyboard('{Enter}')
    expect(await screen.findByText(/nothing was changed: the assignee is no active member/)).toBeVisible()
    expect(status()).toHaveTextContent('Open')
    expect(screen.queryByText('Solved: applied to #10001')).toBeNull()
  })

  test('unreachable, it is tried again under the same key', async () => {
    offers(() => (asked.length === 1 ? problem('unavailable', 503) : undefined))
    const user = await apply('sol')
    await user.keyboard('{Enter}')
    await user.click(await screen.findByRole('button', { name: 'Apply again' }))
    await waitFor(() => expect(fakeDesk.of(10_001).ticket.status).toBe('RESOLVED'))
    expect(asked.map(({ key }) => key)).toEqual([asked[0]?.key, asked[0]?.key])
  })

  test('a colleague who wrote first is shown, and the decision is the agent’s', async () => {
    offers((request) => {
      const newer = fakeDesk.of(10_001).messages.filter(({ author }) => author.id === eli.id)
      return newer.every(({ id }) => id <= Number(request.body.lastSeenMessageId))
        ? undefined
        : problem('newer-messages', 409, { newerMessages: newer })
    })
    const user = await apply('pic')
    const message = fakeDesk.colleagueReplies(10_001, 'I am on it.')
    await user.keyboard('{Enter}')
    expect(await screen.findByText(/Eli Brandt wrote on #10001 meanwhile/)).toBeVisible()
    expect(await screen.findByText('I am on it.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Apply again' }))
    await waitFor(() => expect(asked).toHaveLength(2))
    expect(asked[1]?.body.lastSeenMessageId).toBe(message.id)
  })
})

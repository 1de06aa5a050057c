import { screen, waitFor, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { isLive } from '@/api/live'
import { eli, fakeDesk, server } from './test-fake-desk'
import { renderWorkspace } from './test-render-workspace'

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
  fakeDesk.reset(['Printer on fire', 'Wrong invoice', 'Cannot sign in'])
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1200)
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const row = (subject: string) => screen.findByRole('link', { name: new RegExp(subject) })
const conversation = () => screen.findByRole('region', { name: 'Conversation' })

async function renderLive(at: string) {
  const rendered = await renderWorkspace(at)
  await waitFor(() => expect(fakeDesk.live.openCount).toBe(1))
  fakeDesk.live.hello()
  await waitFor(() => expect(isLive()).toBe(true))
  return rendered
}

const viewing = (ticket: number) => ({ ticket, people: [{ ...eli, activity: 'VIEWING' as const }] })
const replying = (ticket: number) => ({ ticket, people: [{ ...eli, activity: 'REPLYING' as const }] })

describe('changes', () => {
  test('a message of a colleague appears in the open conversation', async () => {
    await renderLive('/tickets/10001')
    await conversation()
    fakeDesk.tellsOf(10_001, 'PUBLIC_REPLY', fakeDesk.colleagueReplies(10_001, 'It was the toaster.'))
    expect(await within(await conversation()).findByText('It was the toaster.')).toBeVisible()
  })

  test('so does a note, which changes nothing else about the ticket', async () => {
    await renderLive('/tickets/10001')
    await conversation()
    fakeDesk.tellsOf(10_001, 'INTERNAL_NOTE', fakeDesk.colleagueNotes(10_001, 'She is a good customer.'))
    expect(await within(await conversation()).findByText('She is a good customer.')).toBeVisible()
  })

  test('a row changes where it stands, and tells who wrote last', async () => {
    await renderLive('/tickets')
    expect(await row('Wrong invoice')).toHaveAccessibleName(/The customer wrote last/)
    fakeDesk.colleagueSetsPriority(10_002, 'CRITICAL')
    fakeDesk.tellsOf(10_002, 'PRIORITY')
    await waitFor(async () => expect(await row('Wrong invoice')).toHaveAccessibleName(/Critical/))
    fakeDesk.tellsOf(10_002, 'PUBLIC_REPLY', fakeDesk.colleagueReplies(10_002, 'Here is a new one.'))
    await waitFor(async () => expect(await row('Wrong invoice')).toHaveAccessibleName(/We wrote last/))
  })

  test('a new ticket waits behind the button, and the rows stay', async () => {
    await renderLive('/tickets')
    await row('Printer on fire')
    fakeDesk.arrives(9_999, 'Brand new')
    fakeDesk.tellsOf(9_999, 'OPENED')
    expect(await screen.findByRole('button', { name: '1 new ticket' })).toBeVisible()
    expect(screen.queryByRole('link', { name: /Brand new/ })).not.toBeInTheDocument()
  })

  test('an own reply is never shown twice', async () => {
    let letGo = () => {}
    fakeDesk.heldAnswer = new Promise((resolve) => {
      letGo = resolve
    })
    const { user } = await renderLive('/tickets/10001')
    await conversation()
    await user.keyboard('r')
    await user.type(await screen.findByRole('textbox', { name: /reply to rita/i }), 'On our way.')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(fakeDesk.of(10_001).messages).toHaveLength(2))
    const seen: number[] = []
    const watcher = new MutationObserver(() => seen.push(screen.queryAllByText('On our way.').length))
    watcher.observe(document.body, { childList: true, subtree: true })
    // All are told of it before its author has the answer.
    fakeDesk.tellsOf(10_001, 'PUBLIC_REPLY', fakeDesk.of(10_001).messages.at(-1))
    fakeDesk.colleagueSetsPriority(10_002, 'CRITICAL')
    fakeDesk.tellsOf(10_002, 'PRIORITY')
    await waitFor(async () => expect(await row('Wrong invoice')).toHaveAccessibleName(/Critical/))
    letGo()
    await screen.findByRole('article', { name: /Reply by Dana Whitfield/ })
    watcher.disconnect()
    expect(Math.max(...seen)).toBe(1)
  })

  test("a reply that is sent as a colleague's appears is held back", async () => {
    const { user } = await renderLive('/tickets/10001')
    await conversation()
    await user.keyboard('r')
    await user.type(await screen.findByRole('textbox', { name: /reply to rita/i }), 'Please unplug it.')
    fakeDesk.tellsOf(10_001, 'PUBLIC_REPLY', fakeDesk.colleagueReplies(10_001, 'It was the toaster.'))
    await within(await conversation()).findByText('It was the toaster.')
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(await screen.findByText(/Not sent: Eli Brandt wrote meanwhile/)).toBeVisible()
    expect(fakeDesk.of(10_001).messages).toHaveLength(2)
  })

  test('what was missed while nothing was heard is fetched once', async () => {
    await renderLive('/tickets/10001')
    await conversation()
    fakeDesk.colleagueReplies(10_001, 'It was the toaster.')
    fakeDesk.arrives(9_999, 'Brand new')
    fakeDesk.live.event('goodbye', { reason: 'RENEWAL' })
    await waitFor(() => expect(fakeDesk.live.asked).toHaveLength(2))
    await waitFor(() => expect(fakeDesk.live.openCount).toBe(1))
    fakeDesk.live.hello({ resumed: false })
    expect(await within(await conversation()).findByText('It was the toaster.')).toBeVisible()
    expect(await screen.findByRole('button', { name: '1 new ticket' })).toBeVisible()
  })
})

describe('a page that nobody sees', () => {
  const turns = (state: DocumentVisibilityState) => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
    document.dispatchEvent(new Event('visibilitychange'))
  }

  afterEach(() => Reflect.deleteProperty(navigator, 'locks'))

  test('fetches nothing, and what it missed once when it is seen', async () => {
    // As the only tab of a browser; where there are no locks the connection rests while nobody looks.
    const request = (_name: string, ...rest: unknown[]) => (rest.at(-1) as () => Promise<unknown>)()
    Object.defineProperty(navigator, 'locks', { configurable: true, value: { request } })
    await renderLive('/tickets/10001')
    await conversation()
    await row('Wrong invoice')
    // What saying hello made it ask for.
    await waitFor(() => expect(fakeDesk.listQueries.length).toBeGreaterThanOrEqual(3))
    turns('hidden')
    const before = fakeDesk.listQueries.length
    for (const text of ['One.', 'Two.', 'Three.']) {
      fakeDesk.tellsOf(10_001, 'PUBLIC_REPLY', fakeDesk.colleagueReplies(10_001, text))
    }
    fakeDesk.live.event('presence', viewing(10_002))
    await waitFor(async () =>
      expect(await row('Wrong invoice')).toHaveAccessibleName(/Eli Brandt is viewing/),
    )
    // Longer than a page in sight would wait with any of it.
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(fakeDesk.listQueries).toHaveLength(before)
    expect(screen.queryByText('Three.')).not.toBeInTheDocument()
    turns('visible')
    expect(await within(await conversation()).findByText('Three.')).toBeVisible()
    await waitFor(() => expect(fakeDesk.listQueries).toHaveLength(before + 1))
  })
})

describe('presence', () => {
  test('a row and the head of the conversation tell who else is there', async () => {
    fakeDesk.present = [viewing(10_002), viewing(10_001)]
    await renderLive('/tickets/10001')
    await conversation()
    await waitFor(async () =>
      expect(await row('Wrong invoice')).toHaveAccessibleName(/Eli Brandt is viewing/),
    )
    const head = screen.getByRole('region', { name: '#10001 Printer on fire' })
    expect(within(head).getByText('Eli Brandt is viewing')).toBeVisible()
    fakeDesk.live.event('presence', replying(10_001))
    const replies = await within(head).findByText('Eli Brandt is replying')
    expect(replies.closest('[role="status"]')).not.toBeNull()
    expect(await row('Printer on fire')).toHaveAccessibleName(/Eli Brandt is replying/)
    fakeDesk.live.event('presence', { ticket: 10_001, people: [] })
    await waitFor(() => expect(within(head).queryByText(/Eli Brandt is/)).not.toBeInTheDocument())
  })

  test('oneself is left out', async () => {
    fakeDesk.present = [
      { ticket: 10_001, people: [{ id: 'dana', name: 'Dana Whitfield', activity: 'VIEWING' }] },
    ]
    await renderLive('/tickets/10001')
    await conversation()
    fakeDesk.live.event('presence', viewing(10_002))
    await waitFor(async () =>
      expect(await row('Wrong invoice')).toHaveAccessibleName(/Eli Brandt is viewing/),
    )
    expect(screen.queryByText(/Dana Whitfield is/)).not.toBeInTheDocument()
  })

  test('an open ticket, a reply and the way back are told; a note is no reply', async () => {
    const { user } = await renderLive('/tickets/10001')
    await conversation()
    await waitFor(() => expect(fakeDesk.whereabouts.at(-1)).toBe('10001 VIEWING'))
    const before = fakeDesk.whereabouts.length
    await user.keyboard('n')
    await user.type(await screen.findByRole('textbox', { name: /internal note/i }), 'Hm.')
    await user.keyboard('{Escape}r')
    await user.type(await screen.findByRole('textbox', { name: /reply to rita/i }), 'On')
    await waitFor(() => expect(fakeDesk.whereabouts.slice(before)).toEqual(['10001 REPLYING']))
    await user.keyboard('{Escape}')
    await waitFor(() => expect(fakeDesk.whereabouts.at(-1)).toBe('10001 VIEWING'))
    await user.keyboard('{Escape}')
    await waitFor(() => expect(fakeDesk.whereabouts.at(-1)).toBe('10001 left'))
  })

  test('a page that is closed says so', async () => {
    await renderLive('/tickets/10001')
    await waitFor(() => expect(fakeDesk.whereabouts.at(-1)).toBe('10001 VIEWING'))
    window.dispatchEvent(new Event('pagehide'))
    await waitFor(() => expect(fakeDesk.whereabouts.at(-1)).toBe('10001 left'))
  })
})

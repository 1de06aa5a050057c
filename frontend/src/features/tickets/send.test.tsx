import { screen, waitFor, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { MeResponse, Writing } from '@/api/generated/types.gen'
import { undoLast } from '@/ui/toast'
import { dana, eli, fakeDesk, server } from './test-fake-desk'
import { currentAddress, renderWorkspace } from './test-render-workspace'

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
  sessionStorage.clear()
  fakeDesk.reset(['Printer on fire', 'Wrong invoice'])
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1200)
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const writes = (how: Partial<Writing> = {}): MeResponse => ({
  ...dana,
  writing: { undoSeconds: 8, takesOnReply: false, afterDone: 'STAY', ...how },
})
const composer = () => screen.findByRole('textbox', { name: /reply to rita/i })
const conversation = () => screen.findByRole('region', { name: 'Conversation' })
const waiting = () => screen.findByRole('article', { name: 'Your reply, not sent yet' })
const replies = () =>
  fakeDesk
    .of(10_001)
    .messages.slice(1)
    .map(({ bodyMarkdown }) => bodyMarkdown)

async function writing(text: string, how?: Partial<Writing>) {
  const { user } = await renderWorkspace('/tickets/10001', writes(how))
  await conversation()
  await user.keyboard('r')
  await user.type(await composer(), text)
  return user
}

describe('a reply that is held for a moment', () => {
  test('is undone, and back as it was written', async () => {
    const user = await writing('Unplug it.')
    await user.selectOptions(screen.getByRole('combobox', { name: 'then' }), 'RESOLVED')
    await user.click(await composer())
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(await waiting()).toHaveTextContent(/Unplug it\..*Goes out in \d s/)
    expect(replies()).toEqual([])
    undoLast()
    expect(await composer()).toHaveValue('Unplug it.')
    expect(screen.getByRole('combobox', { name: 'then' })).toHaveValue('RESOLVED')
    expect(screen.queryByRole('article', { name: 'Your reply, not sent yet' })).toBeNull()
    expect(fakeDesk.scheduled.map(({ state }) => state)).toEqual(['WITHDRAWN'])
  })

  test('that is taken back too late says so, and stays what it is', async () => {
    const user = await writing('Unplug it.')
    await user.keyboard('{Control>}{Enter}{/Control}')
    const reply = await waiting()
    fakeDesk.sendsScheduled(fakeDesk.scheduled[0]?.id ?? '')
    await user.click(within(reply).getByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('#10001: the reply has gone out already.')).toBeVisible()
    expect(screen.queryByRole('textbox', { name: /reply to rita/i })).toBeNull()
    expect(replies()).toEqual(['Unplug it.'])
  })

  test('is sent at once where its author wants no moment', async () => {
    const user = await writing('Unplug it.', { undoSeconds: 0 })
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(replies()).toEqual(['Unplug it.']))
    expect(fakeDesk.scheduled).toEqual([])
  })

  test('of a colleague is told of, and not what it says', async () => {
    fakeDesk.schedules(10_001, { author: eli })
    await renderWorkspace('/tickets/10001', writes())
    const reply = await screen.findByRole('article', { name: 'Reply of Eli Brandt, not sent yet' })
    expect(reply).toHaveTextContent('Eli Brandt is about to reply')
    expect(within(reply).queryByRole('button')).toBeNull()
  })
})

describe('a reply that is sent later', () => {
  test('has a time by keys alone, is cancelled, restored and sent', async () => {
    const user = await writing('How is it now?')
    await user.keyboard('{Control>}{Alt>}{Enter}{/Alt}{/Control}')
    await user.type(await screen.findByRole('combobox', { name: 'Send later' }), '2 h{Enter}')
    const reply = await waiting()
    expect(reply).toHaveTextContent(/How is it now\?.*Goes out/)
    const hours = (Date.parse(fakeDesk.scheduled[0]?.sendAt ?? '') - Date.now()) / 3_600_000
    expect(hours).toBeGreaterThan(1.9)
    expect(hours).toBeLessThanOrEqual(2)

    await user.click(within(reply).getByRole('button', { name: 'Cancel it' }))
    await waitFor(() => expect(fakeDesk.scheduled[0]?.state).toBe('WITHDRAWN'))
    await screen.findByText('#10001: scheduled reply cancelled')
    undoLast()
    await user.click(within(await waiting()).getByRole('button', { name: 'Send now' }))
    await waitFor(() => expect(replies()).toEqual(['How is it now?']))
  })

  test('that came back is told of wherever its author is', async () => {
    fakeDesk.schedules(10_001, {
      timing: 'SCHEDULED',
      state: 'RETURNED',
      returnedBecause: 'NEWER_MESSAGES',
      content: {
        text: 'How is it now?',
        attachments: [],
        lastSeenMessageId: 1,
        sendAnyway: false,
        withSignature: false,
      },
    })
    const { user } = await renderWorkspace('/tickets', writes())
    expect(await screen.findByText(/#10001: Reply not sent: somebody wrote meanwhile/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Look' }))
    await waitFor(() => expect(currentAddress()).toBe('/tickets/10001'))
    await user.click(within(await waiting()).getByRole('button', { name: 'Edit' }))
    expect(await composer()).toHaveValue('How is it now?')
  })
})

describe('going on', () => {
  test.each([
    ['STAY', '/tickets/10001'],
    ['NEXT', '/tickets/10002'],
    ['LIST', '/tickets'],
  ] as const)('once a ticket is resolved: %s', async (afterDone, address) => {
    const { user } = await renderWorkspace('/tickets/10001', writes({ afterDone }))
    await conversation()
    await screen.findByRole('link', { name: /Wrong invoice/ })
    await user.keyboard('e')
    await waitFor(() => expect(fakeDesk.of(10_001).ticket.status).toBe('RESOLVED'))
    expect(currentAddress()).toBe(address)
  })

  test('sending, resolving and the next ticket are one key', async () => {
    const user = await writing('Solved.')
    await user.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}')
    await waitFor(() => expect(currentAddress()).toBe('/tickets/10002'))
    await waitFor(() => expect(fakeDesk.scheduled[0]?.content?.thenStatus).toBe('RESOLVED'))
    undoLast()
    await waitFor(() => expect(currentAddress()).toBe('/tickets/10001'))
    expect(await composer()).toHaveValue('Solved.')
  })
})

describe('beginning to reply', () => {
  const assignee = () => fakeDesk.of(10_001).ticket.assignee?.name

  test('takes a ticket that nobody has, once', async () => {
    const user = await writing('On', { takesOnReply: true })
    await waitFor(() => expect(assignee()).toBe('Dana Whitfield'))
    fakeDesk.of(10_001).ticket.assignee = undefined
    await user.type(await composer(), ' our way')
    expect(await composer()).toHaveValue('On our way')
    expect(assignee()).toBeUndefined()
  })

  test('leaves it alone where its author wants that', async () => {
    await writing('On our way', { takesOnReply: false })
    expect(assignee()).toBeUndefined()
  })
})

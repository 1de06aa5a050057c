import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeDesk, server } from './test-fake-desk'
import { currentAddress, renderWorkspace } from './test-render-workspace'

const SUBJECTS = ['Printer on fire', 'Wrong invoice', 'Cannot sign in']

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
  fakeDesk.reset(SUBJECTS)
  // jsdom lays nothing out; the list needs to believe that it has room.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1200)
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const row = (subject: string) => screen.findByRole('link', { name: new RegExp(subject) })
const composer = () => screen.findByRole('textbox', { name: /reply to rita/i })
const conversation = () => screen.findByRole('region', { name: 'Conversation' })

describe('list', () => {
  test('asks for what the address says', async () => {
    await renderWorkspace('/tickets?lane=TO_DO&priority=HIGH&tag=refund&assignee=me&order=DUE')
    await row('Printer on fire')
    const query = fakeDesk.listQueries[0]
    expect(query?.get('lane')).toBe('TO_DO')
    expect(query?.has('status')).toBe(false)
    expect(query?.getAll('priority')).toEqual(['HIGH'])
    expect(query?.get('assignee')).toBe('me')
    expect(query?.get('order')).toBe('DUE')
  })

  test('a filter is added and removed by keyboard, and the address follows', async () => {
    const { user } = await renderWorkspace('/tickets?assignee=none')
    await row('Printer on fire')
    await user.keyboard('f')
    await user.type(await screen.findByRole('combobox', { name: 'Add filter' }), 'prio{Enter}')
    await user.type(await screen.findByRole('combobox', { name: 'Priority' }), 'crit{Enter}{Escape}')
    expect(currentAddress()).toBe('/tickets?priority=CRITICAL&assignee=none')
    await user.click(screen.getByRole('button', { name: 'Remove the filter Assignee' }))
    expect(currentAddress()).toBe('/tickets?priority=CRITICAL')
    await user.click(screen.getByRole('button', { name: 'Clear all' }))
    expect(currentAddress()).toBe('/tickets')
  })

  test('keys move, open, and come back to the same row', async () => {
    const { user } = await renderWorkspace('/tickets?assignee=none')
    await row('Printer on fire')
    await user.keyboard('jj')
    expect(await row('Wrong invoice')).toHaveFocus()
    await user.keyboard('{Enter}')
    await conversation()
    expect(currentAddress()).toBe('/tickets/10002?assignee=none')
    await user.keyboard('j')
    await waitFor(() => expect(currentAddress()).toBe('/tickets/10003?assignee=none'))
    await conversation()
    await user.keyboard('{Escape}')
    expect(currentAddress()).toBe('/tickets?assignee=none')
    await waitFor(async () => expect(await row('Cannot sign in')).toHaveFocus())
  })

  test('keys are silent while someone types', async () => {
    const { user } = await renderWorkspace('/tickets/10001')
    await conversation()
    await user.keyboard('r')
    await user.type(await composer(), 'jeni')
    expect(await composer()).toHaveValue('jeni')
    expect(currentAddress()).toBe('/tickets/10001')
    expect(fakeDesk.of(10_001).ticket.assignee).toBeUndefined()
  })
})

describe('changes', () => {
  test('a refused change is taken back, and can be made again', async () => {
    fakeDesk.writesToFail = 1
    let letGo = () => {}
    fakeDesk.held = new Promise((resolve) => {
      letGo = resolve
    })
    const { user } = await renderWorkspace('/tickets/10001')
    await conversation()
    const status = () => screen.getByRole('button', { name: /^Status:/ })
    await waitFor(() => expect(status()).toBeEnabled())
    await user.keyboard('e')
    expect(status()).toHaveTextContent('Resolved')
    letGo()
    expect(await screen.findByText(/Not stored: #10001: Resolved/)).toBeVisible()
    expect(status()).toHaveTextContent('Open')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(fakeDesk.of(10_001).ticket.status).toBe('RESOLVED'))
    expect(status()).toHaveTextContent('Resolved')
  })

  test("a colleague's change of the same property is shown, not overwritten", async () => {
    const { user } = await renderWorkspace('/tickets/10001')
    await conversation()
    const priority = () => screen.getByRole('button', { name: /^Priority:/ })
    await waitFor(() => expect(priority()).toBeEnabled())
    fakeDesk.colleagueSetsPriority(10_001, 'LOW')
    await user.keyboard('p')
    await user.type(await screen.findByRole('combobox', { name: 'Priority' }), 'high{Enter}')
    expect(await screen.findByText(/Eli Brandt changed the priority from Medium to Low/)).toBeVisible()
    expect(priority()).toHaveTextContent('Low')
    await user.click(screen.getByRole('button', { name: 'Apply mine anyway' }))
    await waitFor(() => expect(fakeDesk.of(10_001).ticket.priority).toBe('HIGH'))
  })

  test('undo brings back what was', async () => {
    const { user } = await renderWorkspace('/tickets/10001')
    await conversation()
    await user.keyboard('e')
    await waitFor(() => expect(fakeDesk.of(10_001).ticket.status).toBe('RESOLVED'))
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(fakeDesk.of(10_001).ticket.status).toBe('OPEN'))
  })
})

describe('snoozing', () => {
  const chip = () => screen.getByRole('button', { name: /^Snooze:/ })
  const snoozed = () => fakeDesk.of(10_001).ticket.snooze

  test('takes a time in words, shows until when, and is undone', async () => {
    const { user } = await renderWorkspace('/tickets/10001')
    await conversation()
    await waitFor(() => expect(chip()).toBeEnabled())
    await user.keyboard('s')
    await user.type(await screen.findByRole('combobox', { name: 'Snooze' }), '3 days')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(snoozed()?.until).toBeDefined())
    const until = new Date(snoozed()?.until ?? '')
    expect(until.getHours()).toBe(9)
    expect(Math.ceil((until.getTime() - Date.now()) / 86_400_000)).toBeLessThanOrEqual(4)
    expect(chip()).toHaveTextContent(/Snoozed until \w{3},? 9:00|09:00/)
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(snoozed()).toBeUndefined())
    expect(chip()).toHaveTextContent(/^Snooze: Snooze$/)
  })

  test('until the customer answers, from the list, and woken by its key', async () => {
    const { user } = await renderWorkspace('/tickets?lane=TO_DO')
    await row('Printer on fire')
    await user.keyboard('js')
    await user.type(await screen.findByRole('combobox', { name: 'Snooze' }), 'until{Enter}')
    await waitFor(() => expect(snoozed()).toEqual({}))
    expect(within(await row('Printer on fire')).getByText('Snoozed until an answer')).toBeInTheDocument()
    await user.keyboard('{Shift>}s{/Shift}')
    await waitFor(() => expect(snoozed()).toBeUndefined())
  })

  test('a time from the calendar has to lie ahead', async () => {
    const { user } = await renderWorkspace('/tickets/10001')
    await conversation()
    await waitFor(() => expect(chip()).toBeEnabled())
    await user.keyboard('s')
    await user.type(await screen.findByRole('combobox', { name: 'Snooze' }), 'pick{Enter}')
    const field = await screen.findByLabelText('Date and time')
    expect(field).toHaveFocus()
    fireEvent.change(field, { target: { value: '2020-01-01T09:00' } })
    await user.keyboard('{Enter}')
    expect(await screen.findByText(/choose a time ahead/)).toBeVisible()
    expect(snoozed()).toBeUndefined()
  })

  test('a reply comes back by itself where nobody answers it', async () => {
    const { user } = await renderWorkspace('/tickets/10001')
    await conversation()
    await user.keyboard('r')
    await user.type(await composer(), 'Which printer?')
    await user.selectOptions(screen.getByRole('combobox', { name: 'if no answer' }), 'remind me in 3 days')
    await user.click(await composer())
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(snoozed()?.until).toBeDefined())
    const days = (Date.parse(snoozed()?.until ?? '') - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(1.9)
    expect(days).toBeLessThan(3.6)
  })

  test('undoing a resolve brings the snooze back that it ended', async () => {
    const { user } = await renderWorkspace('/tickets/10001')
    await conversation()
    await waitFor(() => expect(chip()).toBeEnabled())
    await user.keyboard('s')
    await user.type(await screen.findByRole('combobox', { name: 'Snooze' }), 'until{Enter}')
    await waitFor(() => expect(snoozed()).toEqual({}))
    await user.keyboard('e')
    await waitFor(() => expect(fakeDesk.of(10_001).ticket.status).toBe('RESOLVED'))
    expect(screen.queryByRole('button', { name: /^Snooze:/ })).not.toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(snoozed()).toEqual({}))
    expect(fakeDesk.of(10_001).ticket.status).toBe('OPEN')
  })
})

describe('answers', () => {
  test('a stale reply keeps its text, shows what is new, and goes out when sent again', async () => {
    const { user } = await renderWorkspace('/tickets/10001')
    await conversation()
    await user.keyboard('r')
    await user.type(await composer(), 'Please unplug it.')
    fakeDesk.customerWrites(10_001, 'It stopped burning.')
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(await within(await conversation()).findByText('It stopped burning.')).toBeVisible()
    expect(await composer()).toHaveValue('Please unplug it.')
    expect(screen.getByText(/Not sent: Rita Quist wrote meanwhile/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: /Send anyway/ }))
    await waitFor(() => expect(fakeDesk.of(10_001).messages.at(-1)?.bodyMarkdown).toBe('Please unplug it.'))
    expect(screen.queryByRole('textbox', { name: /reply to rita/i })).not.toBeInTheDocument()
  })

  test('a failed reply stays visible and is sent again under its key', async () => {
    fakeDesk.writesToFail = 1
    const { user } = await renderWorkspace('/tickets/10001')
    await conversation()
    await user.keyboard('r')
    await user.type(await composer(), 'On our way.')
    await user.keyboard('{Control>}{Enter}{/Control}')
    const failed = await screen.findByRole('article', { name: 'Reply on its way' })
    expect(failed).toHaveTextContent('On our way.')
    await user.click(await within(failed).findByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(fakeDesk.of(10_001).messages).toHaveLength(2))
    expect(new Set(fakeDesk.replyKeys).size).toBe(1)
    expect(fakeDesk.replyKeys).toHaveLength(2)
  })

  test('unsent text is there after a reload, and never as another kind of message', async () => {
    const before = await renderWorkspace('/tickets/10001')
    await conversation()
    await before.user.keyboard('n')
    const note = await screen.findByRole('textbox', { name: /internal note/i })
    await before.user.type(note, 'The customer is angry.')
    before.unmount()

    const { user } = await renderWorkspace('/tickets/10001')
    expect(await screen.findByRole('textbox', { name: /internal note/i })).toHaveValue(
      'The customer is angry.',
    )
    await user.keyboard('{Escape}r')
    expect(await composer()).toHaveValue('')
  })

  test('a tab with unsent text warns before it closes', async () => {
    const { user } = await renderWorkspace('/tickets/10001')
    await conversation()
    const closing = () => {
      const event = new Event('beforeunload', { cancelable: true })
      window.dispatchEvent(event)
      return event.defaultPrevented
    }
    expect(closing()).toBe(false)
    await user.keyboard('r')
    await user.type(await composer(), 'Half a sentence')
    expect(closing()).toBe(true)
    await user.clear(await composer())
    expect(closing()).toBe(false)
  })

  test('a note is told apart from a reply in words', async () => {
    const { user } = await renderWorkspace('/tickets/10001')
    await conversation()
    await user.keyboard('n')
    expect(screen.getByText('Only your team reads this')).toBeVisible()
    await user.type(await screen.findByRole('textbox', { name: /internal note/i }), 'Check the firmware.')
    await user.keyboard('{Control>}{Enter}{/Control}')
    const note = await screen.findByRole('article', { name: /Internal note by Dana Whitfield/ })
    expect(note).toHaveTextContent('Check the firmware.')
    expect(fakeDesk.of(10_001).messages.at(-1)?.kind).toBe('INTERNAL_NOTE')
  })
})

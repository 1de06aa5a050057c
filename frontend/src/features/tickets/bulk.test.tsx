import { act, screen, waitFor, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { undoLast } from '@/ui/toast'
import { fakeDesk, server } from './test-fake-desk'
import { renderWorkspace } from './test-render-workspace'

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
  fakeDesk.reset(['Printer on fire', 'Wrong invoice', 'Cannot sign in'])
  // jsdom lays nothing out; the list needs to believe that it has room.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1200)
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const row = (subject: string) => screen.findByRole('link', { name: new RegExp(subject) })
const bar = () => screen.queryByRole('toolbar', { name: 'What to do with the selection' })
const statuses = () => [10_001, 10_002, 10_003].map((number) => fakeDesk.of(number).ticket.status)

async function openList() {
  const rendered = await renderWorkspace('/tickets?assignee=none')
  await row('Printer on fire')
  return rendered
}

test('x selects, Shift extends, Escape clears', async () => {
  const { user } = await openList()
  await user.keyboard('jx')
  await waitFor(() => expect(bar()).toHaveTextContent('1 selected'))
  await user.keyboard('{Shift>}j{/Shift}')
  expect(bar()).toHaveTextContent('2 selected')
  expect(await row('Wrong invoice')).toHaveFocus()
  expect(screen.getByRole('checkbox', { name: 'Select #10002' })).toBeChecked()
  await user.keyboard('{Shift>}k{/Shift}')
  expect(bar()).toHaveTextContent('1 selected')
  await user.keyboard('jj{Shift>}x{/Shift}')
  expect(bar()).toHaveTextContent('3 selected')
  await user.keyboard('{Escape}')
  expect(bar()).toBeNull()
})

test('a pointer selects by the boxes, with Shift up to a row', async () => {
  const { user } = await openList()
  await user.click(screen.getByRole('checkbox', { name: 'Select #10001' }))
  await user.keyboard('{Shift>}')
  await user.click(await row('Cannot sign in'))
  await user.keyboard('{/Shift}')
  expect(bar()).toHaveTextContent('3 selected')
})

test('a command is done to all that are selected, at once, and taken back by one key', async () => {
  let letGo = () => {}
  fakeDesk.held = new Promise((resolve) => {
    letGo = resolve
  })
  const { user } = await openList()
  await user.keyboard('jx{Shift>}j{/Shift}e')
  expect(await row('Printer on fire')).toHaveTextContent('Resolved')
  expect(await row('Wrong invoice')).toHaveTextContent('Resolved')
  expect(bar()).toBeNull()
  letGo()
  expect(await screen.findByText('2 tickets: Resolved')).toBeVisible()
  expect(fakeDesk.bulkAsked).toEqual([
    { numbers: [10_001, 10_002], action: { changes: { status: 'RESOLVED' } } },
  ])
  act(undoLast)
  await waitFor(() => expect(statuses()).toEqual(['OPEN', 'OPEN', 'OPEN']))
  expect(await screen.findByText('2 tickets are as before')).toBeVisible()
  await waitFor(async () => expect(await row('Printer on fire')).not.toHaveTextContent('Resolved'))
})

test('what is refused is as it was, and said', async () => {
  fakeDesk.bulkRefused = [10_002]
  const { user } = await openList()
  await user.keyboard('jx{Shift>}j{/Shift}e')
  expect(await screen.findByText('1 ticket could not be changed.')).toBeVisible()
  expect(await row('Printer on fire')).toHaveTextContent('Resolved')
  expect(await row('Wrong invoice')).not.toHaveTextContent('Resolved')
})

test('where nothing was changed, nothing else is said', async () => {
  fakeDesk.bulkRefused = [10_001, 10_002, 10_003]
  const { user } = await openList()
  await user.keyboard('jx{Shift>}jj{/Shift}e')
  expect(await screen.findByText('3 tickets could not be changed.')).toBeVisible()
  expect(screen.queryByText('3 tickets: Resolved')).toBeNull()
})

test('a selection stays for the next command where the tickets stay to do', async () => {
  const { user } = await openList()
  await user.keyboard('jx{Shift>}j{/Shift}p')
  await user.type(await screen.findByRole('combobox', { name: 'Priority' }), 'high{Enter}')
  expect(await screen.findByText('2 tickets: priority High')).toBeVisible()
  expect(bar()).toHaveTextContent('2 selected')
  await user.keyboard('i')
  expect(await screen.findByText('2 tickets: assigned to Dana Whitfield')).toBeVisible()
  expect(fakeDesk.of(10_001).ticket.assignee?.name).toBe('Dana Whitfield')
})

test('an edit that did not arrive is sent again as the same', async () => {
  fakeDesk.writesToFail = 1
  const { user } = await openList()
  await user.keyboard('jxe')
  expect(await screen.findByText(/Not stored: 1 ticket: Resolved/)).toBeVisible()
  expect(await row('Printer on fire')).not.toHaveTextContent('Resolved')
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(statuses()).toEqual(['RESOLVED', 'OPEN', 'OPEN']))
})

test('all that match are selected by the filter, and asked for by it', async () => {
  const subjects = Array.from({ length: 60 }, (_, index) => `Ticket ${index}`)
  fakeDesk.reset(subjects)
  const { user } = await renderWorkspace('/tickets?assignee=none')
  await screen.findAllByRole('checkbox')
  await user.keyboard('jx')
  const selected = bar()
  expect(selected).not.toBeNull()
  await user.click(within(selected as HTMLElement).getByRole('button', { name: /Select all that match/ }))
  expect(await screen.findByText('All 2,314 that match selected')).toBeVisible()
  await user.keyboard('e')
  await waitFor(() => expect(fakeDesk.bulkAsked).toHaveLength(1))
  expect(fakeDesk.bulkAsked[0]?.numbers).toBeUndefined()
  expect(fakeDesk.bulkAsked[0]?.filter?.expression).toContain('"assignee"')
})

test("a single change is taken back by the same key, but not over a colleague's", async () => {
  const { user } = await openList()
  await user.keyboard('jp')
  await user.type(await screen.findByRole('combobox', { name: 'Priority' }), 'high{Enter}')
  await waitFor(() => expect(fakeDesk.of(10_001).ticket.priority).toBe('HIGH'))
  act(undoLast)
  await waitFor(() => expect(fakeDesk.of(10_001).ticket.priority).toBe('MEDIUM'))

  await user.keyboard('p')
  await user.type(await screen.findByRole('combobox', { name: 'Priority' }), 'high{Enter}')
  await waitFor(() => expect(fakeDesk.of(10_001).ticket.priority).toBe('HIGH'))
  fakeDesk.colleagueSetsPriority(10_001, 'LOW')
  act(undoLast)
  expect(await screen.findByText(/#10001: Priority was changed by somebody else since/)).toBeVisible()
  expect(fakeDesk.of(10_001).ticket.priority).toBe('LOW')
})

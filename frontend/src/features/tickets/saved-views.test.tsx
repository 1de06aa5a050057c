import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { SavedView } from './desk-api'
import { fakeDesk, server } from './test-fake-desk'
import { currentAddress, renderWorkspace } from './test-render-workspace'

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
  fakeDesk.reset(['Printer on fire'])
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1200)
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const refunds: SavedView = {
  id: 'refunds',
  name: 'Refunds',
  visibility: 'PRIVATE',
  filter: { all: [{ property: 'tag', operator: 'ALL_OF', values: ['refund', 'vip'] }] },
  order: 'WAITING',
  mayChange: true,
  columns: ['number', 'customer'],
  version: 3,
  count: { value: 4, capped: false },
}

const rail = () => screen.findByRole('navigation')
const names = async () =>
  within(await rail())
    .getAllByRole('link')
    .map((link) => link.textContent?.replace(/\d.*$/, '').trim())

describe('filter builder', () => {
  test('a condition is built by keyboard, and the list and the address follow', async () => {
    const { user } = await renderWorkspace('/tickets?priority=HIGH')
    await screen.findByRole('link', { name: /Printer/ })
    await user.click(screen.getByRole('button', { name: 'Advanced' }))
    const builder = await screen.findByRole('region', { name: 'Filter builder' })
    expect(within(builder).getByRole('combobox', { name: 'Property' })).toHaveValue('priority')
    await user.click(within(builder).getByRole('button', { name: 'Condition' }))
    const added = within(builder).getAllByRole('combobox', { name: 'Property' })[1] as HTMLElement
    await user.selectOptions(added, 'Team')
    await user.click(within(builder).getByRole('button', { name: 'Choose …' }))
    await user.type(await screen.findByRole('combobox', { name: 'Team' }), 'my{Enter}{Escape}')
    await waitFor(() => expect(currentAddress()).toContain('filter='))
    const query = await vi.waitFor(() => {
      const asked = fakeDesk.listQueries.at(-1)?.get('filter')
      expect(asked).toContain('mine')
      return JSON.parse(asked ?? '')
    })
    expect(query).toEqual({
      all: [
        { property: 'priority', operator: 'IN', values: ['HIGH'] },
        { property: 'team', operator: 'IN', values: ['mine'] },
      ],
    })
    expect(screen.getByText('Team is My teams')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Remove this condition' }))
    expect(currentAddress()).toBe('/tickets?priority=HIGH')
    expect(within(builder).getAllByRole('combobox', { name: 'Property' })).toHaveLength(1)
  })

  test('any of these, with a group inside and a moving date', async () => {
    const { user } = await renderWorkspace('/tickets?tag=vip')
    await screen.findByRole('link', { name: /Printer/ })
    await user.keyboard('{Shift>}f{/Shift}')
    const builder = await screen.findByRole('region', { name: 'Filter builder' })
    await user.click(within(builder).getByRole('radio', { name: 'Any of these' }))
    await user.click(within(builder).getByRole('button', { name: 'Condition' }))
    const added = within(builder).getAllByRole('combobox', { name: 'Property' })[1] as HTMLElement
    await user.selectOptions(added, 'Created')
    await waitFor(() => {
      const filter = new URLSearchParams(currentAddress().split('?')[1]).get('filter')
      expect(JSON.parse(filter ?? '{}')).toEqual({
        any: [
          { property: 'tag', operator: 'IN', values: ['vip'] },
          { property: 'created', operator: 'AFTER', values: ['-7d'] },
        ],
      })
    })
    const count = within(builder).getByRole('spinbutton', { name: 'How many' })
    fireEvent.change(count, { target: { value: '30' } })
    expect(decodeURIComponent(currentAddress())).toContain('"-30d"')
    expect(screen.getByText('Tag is vip or Created since 30 days ago')).toBeVisible()
  })
})

describe('views', () => {
  test('a filter becomes a view, and the view has it', async () => {
    const { user } = await renderWorkspace('/tickets?tag=refund&order=DUE')
    await user.click(await screen.findByRole('button', { name: 'Save as view' }))
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Money back{Enter}')
    expect(await screen.findByRole('heading', { name: 'Money back' })).toBeVisible()
    expect(fakeDesk.savedViews[0]).toMatchObject({
      name: 'Money back',
      visibility: 'PRIVATE',
      order: 'DUE',
      filter: { all: [{ property: 'tag', operator: 'IN', values: ['refund'] }] },
    })
    expect(currentAddress()).toContain(`view=${fakeDesk.savedViews[0]?.id}`)
    expect(await within(await rail()).findByRole('link', { current: 'page' })).toHaveTextContent('Money back')
    expect(screen.queryByRole('button', { name: 'Save as view' })).not.toBeInTheDocument()
  })

  test('a saved view opens with its filter, order and columns', async () => {
    fakeDesk.savedViews = [refunds]
    const { user } = await renderWorkspace('/tickets')
    await user.click(await within(await rail()).findByRole('link', { name: /Refunds/ }))
    await waitFor(() => expect(fakeDesk.listQueries.at(-1)?.get('order')).toBe('WAITING'))
    expect(fakeDesk.listQueries.at(-1)?.get('filter')).toContain('ALL_OF')
    expect(await screen.findByText('#10001')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Remove this condition' }))
    expect(screen.queryByRole('button', { name: 'Save changes' })).not.toBeInTheDocument()
  })

  test('views are put in order by keys, which keep the focus, and the order is stored', async () => {
    fakeDesk.savedViews = [refunds]
    const { user } = await renderWorkspace('/tickets')
    const view = await within(await rail()).findByRole('link', { name: /Refunds/ })
    expect(await names()).toEqual(['Mine', 'Unassigned', 'All open', 'Refunds'])
    view.focus()
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
    await waitFor(async () => expect(await names()).toEqual(['Mine', 'Unassigned', 'Refunds', 'All open']))
    expect(await within(await rail()).findByRole('link', { name: /Refunds/ })).toHaveFocus()
    expect(screen.getByText('Refunds: place 3 of 4')).toBeInTheDocument()
    await waitFor(() => expect(fakeDesk.viewOrder).toEqual(['MINE', 'UNASSIGNED', 'refunds', 'ALL']))
  })

  test('views are put in order by drag, and the drag opens nothing', async () => {
    fakeDesk.savedViews = [refunds]
    await renderWorkspace('/tickets')
    const link = await within(await rail()).findByRole('link', { name: /Refunds/ })
    const items = within(await rail()).getAllByRole('listitem')
    items.forEach((item, index) => {
      item.getBoundingClientRect = () => new DOMRect(0, index * 32, 180, 32)
    })
    const item = items[3] as HTMLElement
    fireEvent.pointerDown(item, { button: 0, clientY: 110, pointerType: 'mouse' })
    fireEvent.pointerMove(window, { clientY: 10 })
    expect(await names()).toEqual(['Refunds', 'Mine', 'Unassigned', 'All open'])
    fireEvent.pointerUp(window, { clientY: 10 })
    fireEvent.click(link)
    expect(currentAddress()).toBe('/tickets')
    await waitFor(() => expect(fakeDesk.viewOrder).toEqual(['refunds', 'MINE', 'UNASSIGNED', 'ALL']))
  })

  test('an order that cannot be stored is taken back', async () => {
    fakeDesk.savedViews = [refunds]
    fakeDesk.ordersToFail = 1
    const { user } = await renderWorkspace('/tickets')
    ;(await within(await rail()).findByRole('link', { name: /Refunds/ })).focus()
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
    expect(await screen.findByText('The new order was not stored.')).toBeVisible()
    await waitFor(async () => expect(await names()).toEqual(['Mine', 'Unassigned', 'All open', 'Refunds']))
  })

  test('columns and density are chosen, and kept', async () => {
    const first = await renderWorkspace('/tickets')
    await screen.findByRole('link', { name: /Printer/ })
    await first.user.click(screen.getByRole('button', { name: 'Columns and rows' }))
    await first.user.click(screen.getByRole('checkbox', { name: 'Number' }))
    await first.user.click(screen.getByRole('radio', { name: 'Dense' }))
    expect(await screen.findByText('#10001')).toBeVisible()
    expect(localStorage.getItem('tealdesk.row-density')).toBe('dense')
    expect(JSON.parse(localStorage.getItem('tealdesk.columns') ?? '{}').lists).toContain('number')
    await first.user.click(screen.getByRole('button', { name: 'As they were' }))
    expect(screen.queryByText('#10001')).not.toBeInTheDocument()
  })
})

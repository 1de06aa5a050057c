import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { forgetPlace, rememberedPlace, rememberPlace } from './list-place'
import { fakeDesk, server } from './test-fake-desk'
import { renderWorkspace } from './test-render-workspace'

const ROW_PX = 44

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
  fakeDesk.reset(Array.from({ length: 400 }, (_, index) => `Subject ${index + 1}.`))
  forgetPlace('')
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1200)
  HTMLElement.prototype.scrollTo = function scrollTo(this: HTMLElement, to?: ScrollToOptions | number) {
    this.scrollTop = typeof to === 'object' ? (to.top ?? 0) : 0
    queueMicrotask(() => fireEvent.scroll(this))
  }
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const row = (index: number) => screen.findByRole('link', { name: new RegExp(`Subject ${index}\\.`) })

async function scrolled(to: number) {
  const scroller = (await screen.findByRole('list', { name: 'All tickets' })).parentElement as HTMLElement
  scroller.scrollTop = to
  fireEvent.scroll(scroller)
  return scroller
}

test('more rows come as the end comes near, each asked for once', async () => {
  await renderWorkspace('/tickets')
  await row(1)
  await scrolled(40 * ROW_PX)
  await row(45)
  await waitFor(() =>
    expect(fakeDesk.listQueries.some((query) => query.get('cursor') === '10050')).toBe(true),
  )
  await scrolled(60 * ROW_PX)
  await row(65)
  const cursors = fakeDesk.listQueries.flatMap((query) => query.get('cursor') ?? [])
  expect(cursors).toEqual([...new Set(cursors)])
})

test('only the rows in sight are in the document', async () => {
  await renderWorkspace('/tickets')
  await row(1)
  expect(screen.getAllByRole('link', { name: /Subject/ }).length).toBeLessThan(45)
})

test('a place from before a reload opens there, and grows towards the beginning without moving', async () => {
  rememberPlace('', { page: { cursor: '10200' }, row: 10_205, shiftPx: 10 })
  await renderWorkspace('/tickets')
  await waitFor(() => expect(fakeDesk.listQueries.length).toBeGreaterThan(0))
  expect(fakeDesk.listQueries[0]?.get('cursor')).toBe('10200')
  await waitFor(() =>
    expect(fakeDesk.listQueries.some((query) => query.get('before') === '10201')).toBe(true),
  )
  const scroller = (await screen.findByRole('list', { name: 'All tickets' })).parentElement as HTMLElement
  // Fifty rows came above: the same row is where it was.
  await waitFor(() => expect(scroller.scrollTop).toBe(54 * ROW_PX + 10))
  fireEvent.scroll(scroller)
  await row(205)
  expect(screen.queryByRole('link', { name: /Subject 1\./ })).not.toBeInTheDocument()
})

test('the ticket at the upper edge is noted with the page it came with', async () => {
  await renderWorkspace('/tickets')
  await row(1)
  await scrolled(40 * ROW_PX)
  await row(50)
  await waitFor(() => expect(fakeDesk.listQueries.some((query) => query.has('cursor'))).toBe(true))
  await scrolled(70 * ROW_PX + 5)
  await row(75)
  await waitFor(() =>
    expect(rememberedPlace('')).toEqual({ page: { cursor: '10050' }, row: 10_071, shiftPx: 5 }),
  )
})

test('a place that the server does not know any more opens at the top', async () => {
  rememberPlace('', { page: { cursor: 'of another order' }, row: 10_205, shiftPx: 0 })
  fakeDesk.refuseCursor = 'of another order'
  await renderWorkspace('/tickets')
  expect(await row(1)).toBeVisible()
  await waitFor(() => expect(rememberedPlace('')?.page).toBeUndefined())
})

test('newcomers wait behind a button and leave the rows where they are', async () => {
  const { user, client } = await renderWorkspace('/tickets')
  await row(1)
  fakeDesk.arrives(9_999, 'Brand new.')
  fakeDesk.arrives(9_998, 'Newer still.')
  await client.invalidateQueries({ queryKey: ['tickets', 'first-page'] })
  const pill = await screen.findByRole('button', { name: '2 new tickets' })
  expect(screen.queryByRole('link', { name: /Brand new/ })).not.toBeInTheDocument()
  await user.click(pill)
  expect(await screen.findByRole('link', { name: /Brand new/ })).toBeVisible()
  expect(screen.queryByRole('button', { name: /new tickets/ })).not.toBeInTheDocument()
})

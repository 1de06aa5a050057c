import { screen, waitFor, within } from '@testing-library/react'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { fakeDesk, server } from './test-fake-desk'
import { renderWorkspace } from './test-render-workspace'

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterAll(() => server.close())
beforeEach(() => {
  fakeDesk.reset(['Trailer squeaks', 'Saddle is loose'])
  // jsdom lays nothing out; the list needs to believe that it has room.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1200)
})

const reply = () => screen.findByRole('textbox', { name: /reply to/i })
const conversation = () => screen.findByText(/Question about/)

test('what is written is kept on the server, and the composer says so', async () => {
  const { user } = await renderWorkspace('/tickets/10001')
  await conversation()
  await user.keyboard('r')
  await user.type(await reply(), 'Have you greased it?')
  expect(await screen.findByText('Draft saved')).toBeVisible()
  expect(fakeDesk.draft(10_001, 'REPLY')?.text).toBe('Have you greased it?')

  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(await screen.findByRole('article', { name: /Reply by Dana Whitfield/ })).toBeVisible()
  await waitFor(() => expect(fakeDesk.drafts).toEqual([]))
})

test('a draft of another device marks its row and stands in the composer', async () => {
  fakeDesk.draftedElsewhere(10_001, 'REPLY', 'Begun on the train')
  const { user } = await renderWorkspace('/tickets')
  const row = await screen.findByRole('link', { name: /Trailer squeaks/ })
  expect(await within(row).findByText('Unsent')).toBeVisible()
  await user.click(row)
  expect(await reply()).toHaveValue('Begun on the train')
})

test('all that was begun is found in one place', async () => {
  fakeDesk.draftedElsewhere(10_002, 'NOTE', 'Ask the workshop')
  const { user } = await renderWorkspace('/tickets')
  await user.click(await screen.findByRole('button', { name: /Drafts\s*1/ }))
  await user.click(
    within(screen.getByRole('dialog', { name: 'Drafts' })).getByRole('link', {
      name: /#10002 Saddle is loose.*Note Ask the workshop/,
    }),
  )
  expect(await screen.findByRole('textbox', { name: /internal note/i })).toHaveValue('Ask the workshop')
})

test('what is written on another device meanwhile arrives in an open composer', async () => {
  const { user } = await renderWorkspace('/tickets/10001')
  await conversation()
  await user.keyboard('r')
  await reply()
  await fakeDesk.live.hello()
  const { version } = fakeDesk.draftedElsewhere(10_001, 'REPLY', 'From the phone')
  fakeDesk.live.event('draft', { ticket: 10_001, draft: 'REPLY', version })
  await waitFor(async () => expect(await reply()).toHaveValue('From the phone'))
})

test('the files of a draft come with it, and go with it when it was sent elsewhere', async () => {
  const { user } = await renderWorkspace('/tickets/10001')
  await conversation()
  await user.keyboard('r')
  await reply()
  await waitFor(() => expect(fakeDesk.live.openCount).toBe(1))
  const photo = { id: 'a1', fileName: 'photo.png', mediaType: 'image/png', sizeBytes: 12 }
  const { version } = fakeDesk.draftedElsewhere(10_001, 'REPLY', 'See the photo', [photo])
  fakeDesk.live.event('draft', { ticket: 10_001, draft: 'REPLY', version })
  expect(await screen.findByRole('button', { name: 'Remove photo.png' })).toBeVisible()

  fakeDesk.drafts = []
  fakeDesk.live.event('draft', { ticket: 10_001, draft: 'REPLY' })
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Remove photo.png' })).toBeNull())
  expect(await reply()).toHaveValue('')
  expect(fakeDesk.drafts).toEqual([])
})

test('two texts are shown, and both can be kept', async () => {
  const { user } = await renderWorkspace('/tickets/10001')
  await conversation()
  await user.keyboard('r')
  await user.type(await reply(), 'Mine')
  fakeDesk.draftedElsewhere(10_001, 'REPLY', 'Theirs')
  const both = (await screen.findByText('Theirs')).closest<HTMLElement>('[role="alert"]') ?? document.body
  expect(await reply()).toHaveValue('Mine')
  await user.click(within(both).getByRole('button', { name: 'Keep both' }))
  expect(await reply()).toHaveValue('Mine\n\nTheirs')
  await waitFor(() => expect(fakeDesk.draft(10_001, 'REPLY')?.text).toBe('Mine\n\nTheirs'))
  expect(screen.queryByRole('button', { name: 'Keep both' })).toBeNull()
})

test('a draft is discarded with one button, and comes back with another', async () => {
  fakeDesk.draftedElsewhere(10_001, 'NOTE', 'She pays late')
  const { user } = await renderWorkspace('/tickets/10001')
  await conversation()
  await user.keyboard('n')
  const note = await screen.findByRole('textbox', { name: /internal note/i })
  await waitFor(() => expect(note).toHaveValue('She pays late'))
  await user.click(screen.getByRole('button', { name: 'Discard the draft' }))
  expect(note).toHaveValue('')
  await waitFor(() => expect(fakeDesk.drafts).toEqual([]))
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  expect(note).toHaveValue('She pays late')
  await waitFor(() => expect(fakeDesk.draft(10_001, 'NOTE')?.text).toBe('She pays late'))
})

test('a text that the server keeps lets the tab close without a warning', async () => {
  const { user } = await renderWorkspace('/tickets/10001')
  await conversation()
  const closing = () => {
    const event = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(event)
    return event.defaultPrevented
  }
  await user.keyboard('r')
  await user.type(await reply(), 'Half a sentence')
  expect(closing()).toBe(true)
  await screen.findByText('Draft saved')
  expect(closing()).toBe(false)
})

import { readFileSync } from 'node:fs'
import { screen } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { commandIds } from '@/features/shared/commands'
import { fakeDesk, server } from './test-fake-desk'
import { renderWorkspace } from './test-render-workspace'

/** The second table of docs/keyboard.md: what a pointer can do, and what does the same. */
const inventory = [
  ...(readFileSync('../docs/keyboard.md', 'utf8')
    .split('## What a pointer can do')[1]
    ?.matchAll(/^\| ([^|-][^|]*?) \| (.*?) \|$/gm) ?? []),
].map(([, pointer = '', instead = '']) => ({ names: pointer.split(', '), instead }))

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
  fakeDesk.reset(['Printer on fire', 'Wrong invoice'])
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1200)
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

/** What can be pressed on the page, sidebar and rows aside. */
function controls(): string[] {
  const inRail = (element: Element) => element.closest('nav, li') !== null
  return [...document.querySelectorAll('button, select, a[href]')]
    .filter((element) => !inRail(element))
    .map(
      (element) =>
        element.getAttribute('aria-label') ?? (element.getAttribute('title') || (element.textContent ?? '')),
    )
}

test.each(['/tickets?assignee=none', '/tickets/10002?assignee=none'])(
  'everything to be pressed at %s stands in the inventory',
  async (at) => {
    await renderWorkspace(at)
    await screen.findByRole('link', { name: /Printer on fire/ })
    if (at.includes('10002')) await screen.findByRole('region', { name: 'Answer' })
    const known = inventory.flatMap(({ names }) => names).map((name) => name.replace(' …', ''))
    expect(controls().filter((control) => !known.some((name) => control.startsWith(name)))).toEqual([])
    expect(controls().length).toBeGreaterThan(5)
  },
)

test('what does the same is a command, or reached by Tab', () => {
  const commands = new Set<string>(commandIds)
  expect(inventory.length).toBeGreaterThan(20)
  for (const { names, instead } of inventory.slice(1)) {
    const ids = [...instead.matchAll(/`([^`]+)`/g)].map(([, id]) => id ?? '')
    expect(ids.length > 0 || instead.startsWith('Tab'), names.join()).toBe(true)
    for (const id of ids) expect(commands.has(id) || id === 'view.…', id).toBe(true)
  }
})

import { fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { keyCaps, registerShortcuts, type Shortcut, useActiveShortcuts, useShortcuts } from './keyboard'

const undo: (() => void)[] = []
afterEach(() => {
  for (const unregister of undo.splice(0)) unregister()
})

function shortcut(keys: string, more?: Partial<Shortcut>) {
  const run = vi.fn()
  return { run, entry: { keys, label: keys, run, ...more } satisfies Shortcut }
}

function register(entries: Shortcut[], options?: { exclusive?: boolean }) {
  undo.push(registerShortcuts(entries, options))
}

const press = (key: string, init?: KeyboardEventInit, target: Element = document.body) =>
  fireEvent.keyDown(target, { key, ...init })

test('a single key runs its shortcut', () => {
  const next = shortcut('j')
  register([next.entry])
  press('j')
  press('k')
  expect(next.run).toHaveBeenCalledTimes(1)
})

test('single keys are silent while someone types, except those that ask not to be', () => {
  const next = shortcut('j')
  const send = shortcut('Mod+Enter', { whileTyping: true })
  register([next.entry, send.entry])
  render(<textarea aria-label="Answer" />)
  const answer = screen.getByRole('textbox')
  press('j', {}, answer)
  press('Enter', { ctrlKey: true }, answer)
  expect(next.run).not.toHaveBeenCalled()
  expect(send.run).toHaveBeenCalledTimes(1)
})

test('a checkbox is not typed into', () => {
  const next = shortcut('j')
  register([next.entry])
  render(<input type="checkbox" aria-label="Select" />)
  press('j', {}, screen.getByRole('checkbox'))
  expect(next.run).toHaveBeenCalledTimes(1)
})

test('a sequence needs both keys in order', () => {
  const inbox = shortcut('g i')
  const take = shortcut('i')
  register([inbox.entry, take.entry])
  press('g')
  press('i')
  expect(inbox.run).toHaveBeenCalledTimes(1)
  expect(take.run).not.toHaveBeenCalled()
  press('i')
  expect(take.run).toHaveBeenCalledTimes(1)
})

test('a sequence begun too long ago is forgotten', () => {
  const inbox = shortcut('g i')
  register([inbox.entry])
  const now = vi.spyOn(Event.prototype, 'timeStamp', 'get').mockReturnValue(1_000)
  press('g')
  now.mockReturnValue(2_001)
  press('i')
  expect(inbox.run).not.toHaveBeenCalled()
})

test('the question mark needs no Shift in its name, a shifted letter does', () => {
  const help = shortcut('?')
  const extend = shortcut('Shift+x')
  const select = shortcut('x')
  register([help.entry, extend.entry, select.entry])
  press('?', { shiftKey: true })
  press('X', { shiftKey: true })
  expect(help.run).toHaveBeenCalledTimes(1)
  expect(extend.run).toHaveBeenCalledTimes(1)
  expect(select.run).not.toHaveBeenCalled()
})

test('the browser keeps its own combinations', () => {
  const create = shortcut('c')
  register([create.entry])
  press('c', { ctrlKey: true })
  press('c', { altKey: true })
  expect(create.run).not.toHaveBeenCalled()
})

test('the scope mounted last wins, and an exclusive one hides the others', () => {
  const back = shortcut('Escape')
  const list = shortcut('j')
  const close = shortcut('Escape')
  register([back.entry, list.entry])
  register([close.entry], { exclusive: true })
  press('Escape')
  press('j')
  expect(close.run).toHaveBeenCalledTimes(1)
  expect(back.run).not.toHaveBeenCalled()
  expect(list.run).not.toHaveBeenCalled()
})

test('what somebody else handled already is left alone', () => {
  const back = shortcut('Escape')
  register([back.entry])
  const stop = (event: Event) => event.preventDefault()
  document.body.addEventListener('keydown', stop)
  press('Escape')
  document.body.removeEventListener('keydown', stop)
  expect(back.run).not.toHaveBeenCalled()
})

function Page({ value, seen }: { value: number; seen: number[] }) {
  useShortcuts([{ keys: 'j', label: 'Next', run: () => seen.push(value) }])
  return <p>{useActiveShortcuts().map((active) => active.label)}</p>
}

test('the help dialog sees what is mounted, and components run their newest closure', () => {
  const seen: number[] = []
  const { rerender, unmount } = render(<Page value={1} seen={seen} />)
  expect(screen.getByText('Next')).toBeInTheDocument()
  rerender(<Page value={2} seen={seen} />)
  press('j')
  unmount()
  press('j')
  expect(seen).toEqual([2])
})

test('shortcuts are shown as the keys of the keyboard', () => {
  expect(keyCaps('Mod+Enter')).toEqual(['Ctrl', '↵'])
  expect(keyCaps('g i')).toEqual(['g', 'i'])
})

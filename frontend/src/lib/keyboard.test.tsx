import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import {
  activeShortcuts,
  ariaKeys,
  keyCaps,
  NO_OWN_KEYS,
  registerShortcuts,
  runShortcut,
  type Shortcut,
  setOwnKeys,
  useActiveShortcuts,
  useShortcuts,
  useWorkingKeys,
} from './keyboard'

const undo: (() => void)[] = []
afterEach(() => {
  for (const unregister of undo.splice(0)) unregister()
  setOwnKeys(NO_OWN_KEYS)
})

function shortcut(keys: string, more?: Partial<Shortcut>) {
  const run = vi.fn()
  return { run, entry: { id: keys, keys, label: keys, run, ...more } satisfies Shortcut }
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
  useShortcuts([{ id: 'list.next', keys: 'j', label: 'Next', run: () => seen.push(value) }])
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

const own = (keys: Record<string, string>, singleKeys = true) =>
  setOwnKeys({ singleKeys, keys: new Map(Object.entries(keys)) })

test("a person's own keys take the place of those at the beginning, at once", () => {
  const next = shortcut('j', { id: 'list.next' })
  register([next.entry])
  own({ 'list.next': 'ö' })
  press('j')
  expect(next.run).not.toHaveBeenCalled()
  press('ö')
  expect(next.run).toHaveBeenCalledTimes(1)
  own({})
  press('j')
  expect(next.run).toHaveBeenCalledTimes(2)
})

test('keys that were taken away do nothing, and the command is still there', () => {
  const next = shortcut('j', { id: 'list.next' })
  register([next.entry])
  own({ 'list.next': '' })
  press('j')
  expect(next.run).not.toHaveBeenCalled()
  expect(activeShortcuts()).toMatchObject([{ id: 'list.next', keys: undefined, standardKeys: 'j' }])
  runShortcut('list.next')
  expect(next.run).toHaveBeenCalledTimes(1)
})

test('sequences work after they were given to a command, in either place', () => {
  const assign = shortcut('a', { id: 'ticket.assign' })
  const mine = shortcut('g m', { id: 'view.MINE' })
  register([assign.entry, mine.entry])
  own({ 'ticket.assign': 'g x', 'view.MINE': 'v' })
  press('g')
  press('x')
  expect(assign.run).toHaveBeenCalledTimes(1)
  press('g')
  press('m')
  expect(mine.run).not.toHaveBeenCalled()
  press('v')
  expect(mine.run).toHaveBeenCalledTimes(1)
})

test('own keys win over a command that begins with the same ones, as after a release with a new command', () => {
  const mine = shortcut('x', { id: 'ticket.assign' })
  const newer = shortcut('m', { id: 'ticket.merge' })
  const sequence = shortcut('m a', { id: 'ticket.mergeAll' })
  register([newer.entry, sequence.entry, mine.entry])
  own({ 'ticket.assign': 'm' })
  press('m')
  expect(mine.run).toHaveBeenCalledTimes(1)
  expect(newer.run).not.toHaveBeenCalled()
  expect(activeShortcuts().filter(({ keys }) => keys)).toHaveLength(1)
})

test('single keys can be switched off: what has Ctrl or Cmd, and Escape, goes on', () => {
  const next = shortcut('j')
  const mine = shortcut('g m')
  const peek = shortcut('Space')
  const palette = shortcut('Mod+k')
  const back = shortcut('Escape')
  register([next.entry, mine.entry, peek.entry, palette.entry, back.entry])
  own({}, false)
  for (const key of ['j', 'g', 'm', ' ']) press(key)
  press('k', { ctrlKey: true })
  press('Escape')
  expect([next, mine, peek].map(({ run }) => run.mock.calls.length)).toEqual([0, 0, 0])
  expect([palette, back].map(({ run }) => run.mock.calls.length)).toEqual([1, 1])
})

test('own keys are as silent as others while someone types', () => {
  const next = shortcut('j', { id: 'list.next' })
  register([next.entry])
  own({ 'list.next': 'ö' })
  render(<textarea aria-label="Answer" />)
  press('ö', {}, screen.getByRole('textbox'))
  expect(next.run).not.toHaveBeenCalled()
})

test('a focused button keeps its Enter and its Space, a focused link its Enter', () => {
  const open = shortcut('Enter')
  const peek = shortcut('Space')
  register([open.entry, peek.entry])
  render(
    <>
      <button type="button">Press</button>
      <a href="/somewhere">Go</a>
    </>,
  )
  press('Enter', {}, screen.getByRole('button'))
  press(' ', {}, screen.getByRole('button'))
  press('Enter', {}, screen.getByRole('link'))
  expect(open.run).not.toHaveBeenCalled()
  expect(peek.run).not.toHaveBeenCalled()
  press(' ', {}, screen.getByRole('link'))
  expect(peek.run).toHaveBeenCalledTimes(1)
})

test('a command that two scopes have is offered once, as the topmost means it', () => {
  const behind = shortcut('Escape', { label: 'behind' })
  const before = shortcut('Escape', { label: 'before' })
  register([behind.entry])
  register([before.entry])
  expect(activeShortcuts().map(({ label }) => label)).toEqual(['before'])
})

function Hint() {
  return <p>{useWorkingKeys({ id: 'ticket.reply', keys: 'r' }) ?? 'none'}</p>
}

test('what stands on a button follows', () => {
  render(<Hint />)
  expect(screen.getByText('r')).toBeInTheDocument()
  act(() => own({ 'ticket.reply': 'b' }))
  expect(screen.getByText('b')).toBeInTheDocument()
  act(() => own({}, false))
  expect(screen.getByText('none')).toBeInTheDocument()
})

test('assistive technology is told keys as it spells them, and no sequences', () => {
  expect(ariaKeys('Mod+k')).toBe('Control+k')
  expect(ariaKeys('/')).toBe('/')
  expect(ariaKeys('g m')).toBeUndefined()
  expect(ariaKeys(undefined)).toBeUndefined()
})

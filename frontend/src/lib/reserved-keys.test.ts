import { expect, test } from 'vitest'
import { refusalOf } from './reserved-keys'

test.each(['a', 'Shift+a', '?', '/', 'ö', 'g m', 'g Shift+m', 'Mod+k', 'Mod+i', 'Mod+Shift+f', '+', ';'])(
  '%s is for commands',
  (keys) => {
    expect(refusalOf(keys)).toBeUndefined()
  },
)

test.each([
  'Mod+w',
  'Mod+t',
  'Mod+n',
  'Mod+l',
  'Mod+r',
  'Mod+p',
  'Mod+c',
  'Mod+1',
  'Mod++',
  'F5',
  'Mod+F5',
  'F12',
  'Mod+Shift+t',
])('%s belongs to the browser', (keys) => {
  expect(refusalOf(keys)).toBe('browser')
})

test.each(['Insert', 'CapsLock', 'Alt+a', 'Mod+Alt+n', 'Ctrl+a', 'ContextMenu', 'g Alt+x'])(
  '%s belongs to screen readers',
  (keys) => {
    expect(refusalOf(keys)).toBe('screenReader')
  },
)

test.each([
  'Tab',
  'Shift+Tab',
  'Enter',
  'Space',
  'Escape',
  'ArrowDown',
  'Mod+ArrowLeft',
  'Home',
  'PageDown',
  'g Tab',
])('%s moves or presses', (keys) => {
  expect(refusalOf(keys)).toBe('focus')
})

test('sending is sending', () => {
  expect(refusalOf('Mod+Enter')).toBe('writing')
})

test('the second of two keys goes without Ctrl', () => {
  expect(refusalOf('g Mod+k')).toBe('sequence')
})

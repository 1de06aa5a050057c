import { partsOf } from './keyboard'

/** Why keys are not for commands. */
export type KeyRefusal = 'browser' | 'screenReader' | 'focus' | 'writing' | 'sequence'

/** With Ctrl or Cmd these copy, print, zoom, open and close in one browser or another; few tell the page first. */
const BROWSER = new Set([...'acdfghjlmnopqrstuvwxyz0123456789+-=,', 'F4', 'F5'])
const BROWSER_WITH_SHIFT = new Set([...'abcdegijkmnopqrstvwxyz', 'Delete'])
const MOVING = new Set([
  'Tab',
  'Enter',
  'Space',
  'Escape',
  'Backspace',
  'Delete',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'PageUp',
  'PageDown',
])
/** With Alt, screen readers and menus listen; with Ctrl on Apple's keyboards, VoiceOver does. */
const SCREEN_READER_MODIFIERS = new Set(['Alt', 'Ctrl'])
const SCREEN_READER = new Set(['Insert', 'CapsLock', 'NumLock', 'ScrollLock', 'ContextMenu', 'Clear'])

/** Undefined where a command may have these keys. */
export function refusalOf(keys: string): KeyRefusal | undefined {
  const chords = keys.split(' ')
  const isSequence = chords.length > 1
  for (const chord of chords) {
    const { modifiers, key } = partsOf(chord)
    const withMod = modifiers.includes('Mod')
    if (modifiers.some((modifier) => SCREEN_READER_MODIFIERS.has(modifier)) || SCREEN_READER.has(key)) {
      return 'screenReader'
    }
    if (withMod && key === 'Enter') return 'writing'
    if (MOVING.has(key)) return 'focus'
    if (withMod && (modifiers.includes('Shift') ? BROWSER_WITH_SHIFT : BROWSER).has(key)) return 'browser'
    // F5 and its like, and whatever else a keyboard has besides characters.
    if ([...key].length > 1) return 'browser'
    if (isSequence && withMod) return 'sequence'
  }
  return undefined
}

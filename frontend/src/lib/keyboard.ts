import { useEffect, useRef, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'

/**
 * Shortcuts by scope. The scope mounted last is asked first, so that a conversation can give `Esc` another meaning
 * than the list behind it; an exclusive scope (a dialog) hides all below it.
 */
export interface Shortcut {
  /** Stays the same over languages and releases: a person's own keys are kept under it. */
  id: string
  /**
   * The keys that everybody begins with: `j`, `Shift+x`, `Mod+Enter`, `?`, `Escape`, or a sequence: `g i`. `Mod` is Cmd
   * on Apple's keyboards, else Ctrl. Without any it is still a command of the palette.
   */
  keys?: string
  label: string
  group?: string
  run: () => void
  /** Single keys are silent while someone types; `Mod+Enter` and the like may opt out. */
  whileTyping?: boolean
  disabled?: boolean
  /** What it would be done to just now, for the palette. */
  about?: () => string | undefined
}

/** A command that works just now, with the keys that work for it. */
export interface ActiveShortcut extends Shortcut {
  /** The keys that everybody begins with, whatever this person's are. */
  standardKeys?: string
}

/** What somebody changed about the keys. */
export interface OwnKeys {
  /** Whether keys without Ctrl or Cmd do anything: they get in the way of speech input, and of some screen readers. */
  singleKeys: boolean
  /** By command; an empty text for no keys at all. */
  keys: ReadonlyMap<string, string>
}

export const NO_OWN_KEYS: OwnKeys = { singleKeys: true, keys: new Map() }
export const SEQUENCE_PAUSE_MAX_MS = 1_000
export const APPLE = /Mac|iPhone|iPad/.test(navigator.platform)

interface Scope {
  shortcuts: readonly Shortcut[]
  exclusive: boolean
}

const scopes: Scope[] = []
const listeners = new Set<() => void>()
let ownKeys = NO_OWN_KEYS
let active: readonly ActiveShortcut[] = []
let pendingKey: { key: string; at: number } | null = null

function changed() {
  active = activeScopes()
    .flatMap((scope) => scope.shortcuts.filter((shortcut) => !shortcut.disabled))
    .map((shortcut) => ({ ...shortcut, standardKeys: shortcut.keys, keys: workingKeys(shortcut, ownKeys) }))
  for (const listener of listeners) listener()
}

/** Topmost first, down to the first exclusive scope. */
function activeScopes() {
  const topmostFirst = [...scopes].reverse()
  const exclusive = topmostFirst.findIndex((scope) => scope.exclusive)
  return exclusive < 0 ? topmostFirst : topmostFirst.slice(0, exclusive + 1)
}

export function registerShortcuts(shortcuts: readonly Shortcut[], options?: { exclusive?: boolean }) {
  const scope = { shortcuts, exclusive: options?.exclusive ?? false }
  if (scopes.length === 0) window.addEventListener('keydown', onKeyDown)
  scopes.push(scope)
  changed()
  return () => {
    scopes.splice(scopes.indexOf(scope), 1)
    if (scopes.length === 0) window.removeEventListener('keydown', onKeyDown)
    changed()
  }
}

/** Everything that follows the keys changes with them at once. */
export function setOwnKeys(own: OwnKeys) {
  ownKeys = own
  changed()
}

/** The same keys, or one the beginning of the other: only one of the two could ever be reached. */
export function clash(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `)
}

/** The keys that a command has, whether they do anything or not; own ones take them from what had them at first. */
export function assignedKeys(command: Pick<Shortcut, 'id' | 'keys'>, own: OwnKeys): string | undefined {
  const chosen = own.keys.get(command.id)
  if (chosen !== undefined) return chosen || undefined
  const { keys } = command
  return keys && ![...own.keys.values()].some((taken) => taken && clash(keys, taken)) ? keys : undefined
}

export function workingKeys(command: Pick<Shortcut, 'id' | 'keys'>, own: OwnKeys): string | undefined {
  const keys = assignedKeys(command, own)
  return keys && (own.singleKeys || !beginsWithCharacter(keys)) ? keys : undefined
}

/** A letter, a digit or a sign without Ctrl or Cmd: what WCAG 2.1.4 wants to be switched off. */
export function beginsWithCharacter(keys: string) {
  const { modifiers, key } = partsOf(keys.split(' ')[0] ?? '')
  return (key.length === 1 || key === 'Space') && modifiers.every((modifier) => modifier === 'Shift')
}

/** `Mod+Shift+k` → its modifiers and its key; the key may be a plus. */
export function partsOf(chord: string): { modifiers: string[]; key: string } {
  const parts = chord.split(/\+(?=.)/)
  return { modifiers: parts.slice(0, -1), key: parts.at(-1) ?? '' }
}

/** The name of the pressed key as shortcuts spell it: `a`, `Shift+A` is `Shift+a`, `?` stays `?`. */
export function chordOf(event: Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey'>) {
  const isLetter = event.key.length === 1 && event.key.toLowerCase() !== event.key.toUpperCase()
  const key = isLetter ? event.key.toLowerCase() : event.key === ' ' ? 'Space' : event.key
  const parts: string[] = []
  if (APPLE ? event.metaKey : event.ctrlKey) parts.push('Mod')
  if (APPLE && event.ctrlKey) parts.push('Ctrl')
  if (event.altKey) parts.push('Alt')
  // The shift that makes a `?` out of a key is part of the character, not of the shortcut.
  if (event.shiftKey && (isLetter || key.length > 1)) parts.push('Shift')
  return [...parts, key].join('+')
}

/** A key that only changes what another one means, or that is not done yet. */
export const isHalfAKey = (key: string) =>
  ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'Dead', 'Process', 'Unidentified'].includes(key)

const NOT_TYPED_INTO = new Set(['button', 'checkbox', 'radio', 'submit', 'reset', 'file', 'range', 'color'])

function isTyping(target: EventTarget | null) {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !NOT_TYPED_INTO.has(target.type)
  return target.isContentEditable || target.closest('textarea, select, [contenteditable="true"]') !== null
}

const PRESSED_BY_SPACE =
  'button, summary, input, [role="button"], [role="option"], [role="menuitem"], [role="switch"]'
const PRESSED_BY_ENTER = `a[href], ${PRESSED_BY_SPACE}`

/** A button that has the focus keeps its own Enter and its own Space, a link its Enter. */
function pressesFocused(name: string, target: EventTarget | null) {
  const pressed = { Enter: PRESSED_BY_ENTER, Space: PRESSED_BY_SPACE }[name]
  return pressed !== undefined && target instanceof Element && target.closest(pressed) !== null
}

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || isHalfAKey(event.key)) return
  const name = chordOf(event)
  const first = pendingKey && event.timeStamp - pendingKey.at <= SEQUENCE_PAUSE_MAX_MS ? pendingKey.key : null
  pendingKey = null
  if (pressesFocused(name, event.target)) return

  const typing = isTyping(event.target)
  const listening = active.filter((shortcut) => !typing || shortcut.whileTyping)
  const wanted = first ? `${first} ${name}` : name
  const match = listening.find((shortcut) => shortcut.keys === wanted)
  if (match) {
    event.preventDefault()
    // Done before the next key comes, which may be meant for what this one opens.
    flushSync(() => match.run())
  } else if (listening.some((shortcut) => shortcut.keys?.startsWith(`${name} `))) {
    pendingKey = { key: name, at: event.timeStamp }
  }
}

/** Registers shortcuts while the component is mounted; the newest closures are always the ones that run. */
export function useShortcuts(shortcuts: readonly Shortcut[], options?: { exclusive?: boolean }) {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  const exclusive = options?.exclusive ?? false
  const signature = shortcuts
    .map(({ id, keys, label, disabled }) => `${id}|${keys}|${label}|${disabled}`)
    .join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the shortcuts; their closures change at every render.
  useEffect(() => {
    const stable = latest.current.map((shortcut, index) => ({
      ...shortcut,
      run: () => latest.current[index]?.run(),
      about: () => latest.current[index]?.about?.(),
    }))
    return registerShortcuts(stable, { exclusive })
  }, [signature, exclusive])
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** What works right now with the keys that work, topmost scope first, each command once. */
export function activeShortcuts(): ActiveShortcut[] {
  const seen = new Set<string>()
  return active.filter(({ id }) => !seen.has(id) && seen.add(id))
}

/** The same for what is shown all the time. */
export function useActiveShortcuts(): readonly ActiveShortcut[] {
  return useSyncExternalStore(subscribe, () => active)
}

/** Does what the keys of a command would do, where a button stands for them. */
export function runShortcut(id: string) {
  active.find((shortcut) => shortcut.id === id)?.run()
}

export function useOwnKeys(): OwnKeys {
  return useSyncExternalStore(subscribe, () => ownKeys)
}

/** The keys that work for a command, for what stands on a button; undefined where there are none. */
export function useWorkingKeys(command: Pick<Shortcut, 'id' | 'keys'>): string | undefined {
  return workingKeys(command, useOwnKeys())
}

/** `Mod+Enter` as the keys a person sees: ['⌘', '↵'] or ['Ctrl', '↵']. */
export function keyCaps(keys: string): string[] {
  const names: Record<string, string> = {
    Mod: APPLE ? '⌘' : 'Ctrl',
    Shift: '⇧',
    Alt: APPLE ? '⌥' : 'Alt',
    Enter: '↵',
    Escape: 'Esc',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
  }
  return keys.split(/[ +](?=.)/).map((key) => names[key] ?? key)
}

/** As `aria-keyshortcuts` spells it; it knows no sequences. */
export function ariaKeys(keys: string | undefined): string | undefined {
  return keys?.includes(' ') ? undefined : keys?.replace('Mod', APPLE ? 'Meta' : 'Control')
}

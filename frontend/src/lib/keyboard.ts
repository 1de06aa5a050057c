import { useEffect, useRef, useSyncExternalStore } from 'react'

/**
 * Shortcuts by scope. The scope mounted last is asked first, so that a conversation can give `Esc` another meaning
 * than the list behind it; an exclusive scope (a dialog) hides all below it.
 */
export interface Shortcut {
  /** `j`, `Shift+x`, `Mod+Enter`, `?`, `Escape`, or a sequence: `g i`. `Mod` is Cmd on Apple's keyboards, else Ctrl. */
  keys: string
  /** Shown in the help dialog. */
  label: string
  group?: string
  run: (event: KeyboardEvent) => void
  /** Single keys are silent while someone types; `Mod+Enter` and the like may opt out. */
  whileTyping?: boolean
  disabled?: boolean
}

interface Scope {
  shortcuts: readonly Shortcut[]
  exclusive: boolean
}

const SEQUENCE_PAUSE_MAX_MS = 1_000
const APPLE = /Mac|iPhone|iPad/.test(navigator.platform)

const scopes: Scope[] = []
const listeners = new Set<() => void>()
let visible: readonly Shortcut[] = []
let pendingKey: { key: string; at: number } | null = null

function changed() {
  visible = activeScopes().flatMap((scope) => scope.shortcuts.filter((shortcut) => !shortcut.disabled))
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

/** The name of the pressed key as shortcuts spell it: `a`, `Shift+A` is `Shift+a`, `?` stays `?`. */
function nameOf(event: KeyboardEvent) {
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

const NOT_TYPED_INTO = new Set(['button', 'checkbox', 'radio', 'submit', 'reset', 'file', 'range', 'color'])

function isTyping(target: EventTarget | null) {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !NOT_TYPED_INTO.has(target.type)
  return target.isContentEditable || target.closest('textarea, select, [contenteditable="true"]') !== null
}

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || event.key === 'Dead') return
  if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return
  const typing = isTyping(event.target)
  const name = nameOf(event)
  const first = pendingKey && event.timeStamp - pendingKey.at <= SEQUENCE_PAUSE_MAX_MS ? pendingKey.key : null
  pendingKey = null

  const active = activeScopes()
    .flatMap((scope) => scope.shortcuts)
    .filter((shortcut) => !shortcut.disabled && (!typing || shortcut.whileTyping))
  const wanted = first ? `${first} ${name}` : name
  const match = active.find((shortcut) => shortcut.keys === wanted)
  if (match) {
    event.preventDefault()
    match.run(event)
  } else if (active.some((shortcut) => shortcut.keys.startsWith(`${name} `))) {
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
  const signature = shortcuts.map(({ keys, label, disabled }) => `${keys}|${label}|${disabled}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the shortcuts; their closures change at every render.
  useEffect(() => {
    const stable = latest.current.map((shortcut, index) => ({
      ...shortcut,
      run: (event: KeyboardEvent) => latest.current[index]?.run(event),
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

/** What works right now, topmost scope first: for the help dialog and the command palette. */
export function useActiveShortcuts() {
  return useSyncExternalStore(subscribe, () => visible)
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

import { useSyncExternalStore } from 'react'
import { CommandKeys } from '@/features/shared/command-keys'
import { addToast } from '@/ui/toast'

const UNDO_MS = 8_000

interface Offer {
  run: () => void
  dismiss: () => void
  timer: ReturnType<typeof setTimeout>
}

let current: Offer | undefined
const listeners = new Set<() => void>()

function set(next: Offer | undefined) {
  current = next
  for (const listener of listeners) listener()
}

/**
 * Says what was done and offers, for eight seconds, to take it back; by its button or by the key for it. Only the last thing
 * done is offered. Returns what withdraws the offer.
 */
export function offerUndo({
  text,
  label,
  undo,
}: {
  text: string
  label: string
  undo?: () => void
}): () => void {
  withdraw(current)
  const run = () => {
    withdraw(offer)
    undo?.()
  }
  const dismiss = addToast({
    text,
    durationMs: UNDO_MS,
    action: undo && { label, run, hint: <CommandKeys id="ticket.undo" /> },
  })
  const offer: Offer = {
    run,
    dismiss,
    timer: setTimeout(() => {
      if (current === offer) set(undefined)
    }, UNDO_MS),
  }
  set(offer)
  return () => withdraw(offer)
}

function withdraw(offer: Offer | undefined) {
  if (offer) {
    clearTimeout(offer.timer)
    offer.dismiss()
    if (current === offer) set(undefined)
  }
}

/** What the key for undoing does just now. */
export function useUndoOffer(): (() => void) | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current?.run,
  )
}

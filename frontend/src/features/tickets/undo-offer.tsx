import { CommandKeys } from '@/features/shared/command-keys'
import { addToast } from '@/ui/toast'

const UNDO_MS = 8_000

let withdrawLast = () => {}

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
  withdrawLast()
  withdrawLast = addToast({
    text,
    durationMs: UNDO_MS,
    action: undo && { label, run: undo, isUndo: true, hint: <CommandKeys id="undo.last" /> },
  })
  return withdrawLast
}

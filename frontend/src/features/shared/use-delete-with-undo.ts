import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useProblemText } from '@/api/use-problem-text'
import { addToast } from '@/ui/toast'

const UNDO_MS = 8_000

interface Kept {
  id: string
  name: string
  version: number
}

/** Deletes without a question, because it can be taken back. */
export function useDeleteWithUndo(options: {
  lists: readonly QueryKey[]
  remove: (kept: Kept) => Promise<unknown>
  restore: (kept: Kept) => Promise<unknown>
  words: { deleted: (name: string) => string; restored: (name: string) => string; undo: string }
}) {
  const client = useQueryClient()
  const problemText = useProblemText()
  const reload = () => Promise.all(options.lists.map((queryKey) => client.invalidateQueries({ queryKey })))
  const onError = (error: unknown) => {
    addToast({ tone: 'danger', text: problemText(error) })
  }
  const restore = useMutation({
    mutationFn: options.restore,
    onSuccess: (_, kept) => {
      addToast({ text: options.words.restored(kept.name) })
    },
    onError,
    onSettled: reload,
  })
  return useMutation({
    mutationFn: options.remove,
    onSuccess: (_, kept) => {
      addToast({
        text: options.words.deleted(kept.name),
        durationMs: UNDO_MS,
        action: { label: options.words.undo, isUndo: true, run: () => restore.mutate(kept) },
      })
    },
    onError,
    onSettled: reload,
  })
}

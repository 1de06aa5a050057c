import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useCurrentUser } from '@/api/session'
import { addToast } from '@/ui/toast'

/** Agents see people, teams and organisations; only administrators change them. */
export const useIsAdministrator = () => useCurrentUser().role === 'ADMINISTRATOR'

/** A change that was made in a dialog: on success the lists are read anew, and the dialog closes. */
export function useAdministration<Variables = void>(options: {
  change: (variables: Variables) => Promise<unknown>
  lists: readonly QueryKey[]
  done: string
  onDone: () => void
}) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: options.change,
    onSuccess: () => {
      addToast({ text: options.done })
      options.onDone()
    },
    // After a refusal too: somebody else may have changed what the list shows.
    onSettled: () =>
      Promise.all(options.lists.map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  })
}

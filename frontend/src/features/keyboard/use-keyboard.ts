import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { changeMyKeyboard, getMyKeyboard } from '@/api/generated/sdk.gen'
import type { Keyboard } from '@/api/generated/types.gen'
import { getSession, updatePerson } from '@/api/session'
import { useProblemText } from '@/api/use-problem-text'
import { keyboardOf } from '@/features/shared/own-keys'
import type { OwnKeys } from '@/lib/keyboard'
import { addToast } from '@/ui/toast'

const myKeyboard = queryOptions({
  queryKey: ['keyboard'],
  queryFn: async ({ signal }) => {
    const { data } = await getMyKeyboard({ signal, throwOnError: true })
    workWith(data)
    return data
  },
  // Another device may have changed it, and nothing of that must be lost.
  staleTime: 0,
  refetchOnWindowFocus: true,
})

/** In all tabs of this browser, at once. */
function workWith(keyboard: Keyboard) {
  const session = getSession()
  if ('person' in session) updatePerson({ ...session.person, keyboard })
}

/** The keys of whoever is signed in, and how they change: at once, and taken back when that could not be stored. */
export function useKeyboard() {
  const t = useTranslations('keyboard')
  const ui = useTranslations('common.ui')
  const problemText = useProblemText()
  const client = useQueryClient()
  const query = useQuery(myKeyboard)
  const { queryKey } = myKeyboard

  const show = (keyboard: Keyboard) => {
    client.setQueryData(queryKey, keyboard)
    workWith(keyboard)
  }

  const { mutate } = useMutation({
    mutationFn: (keyboard: Keyboard) => changeMyKeyboard({ body: keyboard, throwOnError: true }),
    // One at a time: the last choice that was made is the last that is stored.
    scope: { id: 'keyboard' },
    onMutate: (keyboard) => {
      void client.cancelQueries({ queryKey })
      const before = client.getQueryData(queryKey)
      show(keyboard)
      return { before, shown: client.getQueryData(queryKey) }
    },
    onError: (error, keyboard, made) => {
      // What was chosen since then has its own answer to come.
      if (made?.before && client.getQueryData(queryKey) === made.shown) show(made.before)
      addToast({
        text: `${t('notStored')} ${problemText(error)}`,
        tone: 'danger',
        action: { label: ui('retry'), run: () => mutate(keyboard) },
      })
    },
  })
  return { query, change: (own: OwnKeys) => mutate(keyboardOf(own)) }
}

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { applyMacro } from '@/api/generated/sdk.gen'
import type { Macro } from '@/api/generated/types.gen'
import { newIdempotencyKey } from '@/api/idempotency'
import { isProblem } from '@/api/problem'
import { useCurrentUser } from '@/api/session'
import { useProblemText } from '@/api/use-problem-text'
import { addToast } from '@/ui/toast'
import { changesOf } from './macro-changes'
import { acceptMessages, acceptRows, ticketMacros } from './queries'
import { useTicketDesk } from './ticket-desk'
import type { Message, Ticket, TicketRow } from './ticket-model'
import { offerUndo } from './undo-offer'
import { useTakeBack } from './use-take-back'

const REFUSABLE = ['status', 'assignee', 'teamId', 'addTags', 'dueDate'] as const
type Refusable = (typeof REFUSABLE)[number]

/** Applies a macro at once, says so when it was not, and offers to take back what can be. */
export function useApplyMacro() {
  const { writes } = useTicketDesk()
  const client = useQueryClient()
  const me = useCurrentUser()
  const t = useTranslations('replies.macros')
  const problemText = useProblemText()
  const takeBack = useTakeBack()

  const apply = (
    ticket: Ticket | TicketRow,
    macro: Macro,
    lastSeenMessageId: number | undefined,
    key: string = newIdempotencyKey(),
  ): void => {
    const { number } = ticket
    const { message } = macro.actions
    const changes = changesOf(macro, ticket, me, Date.now())
    const again = (seenId = lastSeenMessageId, sameKey?: string) => apply(ticket, macro, seenId, sameKey)

    const stored = writes.together(number, changes, async ({ version }) => {
      const { data } = await applyMacro({
        path: { number },
        headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
        body: {
          macroId: macro.id,
          macroVersion: macro.version,
          lastSeenMessageId: message?.kind === 'REPLY' ? (lastSeenMessageId ?? 0) : undefined,
          // What was shown is what is written.
          body: message?.text,
        },
        throwOnError: true,
      })
      if (data.message) {
        took(number, data.message)
      }
      return data.ticket
    })

    const dismiss = offerUndo({
      text: t(message ? (message.kind === 'REPLY' ? 'appliedWithReply' : 'appliedWithNote') : 'applied', {
        name: macro.name,
        number,
      }),
      label: t(message ? 'undoChanges' : 'undo'),
      undo: changes.length > 0 ? () => takeBack(number, stored) : undefined,
    })

    stored.catch((error: unknown) => {
      dismiss()
      const about = { name: macro.name, number }
      const repeat = (run: () => void) => ({ label: t('applyAgain'), run })
      if (isProblem(error, 'newer-messages')) {
        const newer = (error.document.newerMessages ?? []) as Message[]
        acceptMessages(client, number, newer)
        const authors = [...new Set(newer.map(({ author }) => author.name))].join(', ')
        addToast({
          tone: 'danger',
          text: t('newerMessages', { ...about, authors }),
          action: repeat(() => again(newer.at(-1)?.id)),
        })
      } else if (isProblem(error, 'macro-refused')) {
        const action = REFUSABLE.find((each) => each === error.document.action)
        addToast({ tone: 'danger', text: t('refused', { ...about, why: why(action) }) })
      } else if (isProblem(error, 'macro-changed')) {
        void client.invalidateQueries({ queryKey: ticketMacros(number).queryKey })
        addToast({ tone: 'danger', text: t('macroChanged', about) })
      } else if (isProblem(error, 'stale-version')) {
        addToast({ tone: 'danger', text: t('overtaken', about), action: repeat(() => again()) })
      } else {
        const isFinal = isProblem(error) && !error.isRetryable
        addToast({
          tone: 'danger',
          text: t('refused', { ...about, why: problemText(error) }),
          // The same key: had the first one arrived after all, this changes nothing.
          action: isFinal ? undefined : repeat(() => again(lastSeenMessageId, key)),
        })
      }
    })
  }

  const why = (action: Refusable | undefined) => t(action ? `why.${action}` : 'why.other')

  const took = (number: number, message: Message) => {
    acceptMessages(client, number, [message])
    if (message.kind === 'PUBLIC_REPLY') {
      acceptRows(client, (row) =>
        row.number === number ? { ...row, lastMessageAt: message.createdAt, lastMessageBy: 'STAFF' } : row,
      )
    }
  }

  return (ticket: Ticket | TicketRow, macro: Macro, lastSeenMessageId: number | undefined) =>
    apply(ticket, macro, lastSeenMessageId)
}

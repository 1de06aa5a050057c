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
import { inverseOf } from './ticket-change'
import { useTicketDesk } from './ticket-desk'
import type { Message, Ticket, TicketRow } from './ticket-model'

const UNDO_MS = 8_000
const REFUSABLE = ['status', 'assignee', 'teamId', 'addTags', 'dueDate'] as const
type Refusable = (typeof REFUSABLE)[number]

/** Applies a macro at once, says so when it was not, and offers to take back what can be. */
export function useApplyMacro() {
  const { writes } = useTicketDesk()
  const client = useQueryClient()
  const me = useCurrentUser()
  const t = useTranslations('replies.macros')
  const problemText = useProblemText()

  const apply = (
    ticket: Ticket | TicketRow,
    macro: Macro,
    lastSeenMessageId: number | undefined,
    key: string = newIdempotencyKey(),
  ): void => {
    const { number } = ticket
    const { message } = macro.actions
    const changes = changesOf(macro, ticket, me, Date.now())
    const inverses = changes.map((change) => inverseOf(ticket, change))
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

    // A ticket that went to others is theirs to change.
    const isOutOfReach =
      macro.actions.teamId !== undefined &&
      me.role !== 'ADMINISTRATOR' &&
      !me.teams.some((team) => team.id === macro.actions.teamId)
    const dismiss = addToast({
      text: t(message ? (message.kind === 'REPLY' ? 'appliedWithReply' : 'appliedWithNote') : 'applied', {
        name: macro.name,
        number,
      }),
      durationMs: UNDO_MS,
      action:
        inverses.length > 0 && !isOutOfReach
          ? {
              label: t(message ? 'undoChanges' : 'undo'),
              run: () => {
                for (const inverse of inverses) {
                  void writes.change(number, inverse)
                }
              },
            }
          : undefined,
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

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import {
  linkTicket,
  mergeTickets,
  splitTicket,
  undoMerge,
  undoSplit,
  unlinkTicket,
} from '@/api/generated/sdk.gen'
import type { LinkTicketRequest, SplitTicketRequest, TicketLink } from '@/api/generated/types.gen'
import { newIdempotencyKey } from '@/api/idempotency'
import { isProblem } from '@/api/problem'
import { useProblemText } from '@/api/use-problem-text'
import { addToast } from '@/ui/toast'
import { refreshRelated } from './relations'
import type { Ticket, TicketRow } from './ticket-model'
import { offerUndo } from './undo-offer'

export type Relation = LinkTicketRequest['relation']

/** Merges, splits and links, each with its way back; says so where it was refused. */
export function useRelations() {
  const t = useTranslations('relations')
  const client = useQueryClient()
  const problemText = useProblemText()

  const refused = (error: unknown, again?: () => void) => {
    const about = isProblem(error) ? error.document.ticket : undefined
    const mergedInto = isProblem(error, 'ticket-merged') ? error.document.mergedInto : undefined
    const text =
      typeof mergedInto === 'number' ? t('refused.mergedInto', { number: mergedInto }) : problemText(error)
    addToast({
      tone: 'danger',
      text: typeof about === 'number' ? t('refused.about', { number: about, why: text }) : text,
      action:
        again && (!isProblem(error) || error.isRetryable) ? { label: t('retry'), run: again } : undefined,
    })
  }

  const attempt = async <T>(act: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await act()
    } catch (error) {
      refused(error, () => void attempt(act))
      return undefined
    }
  }

  const undone = (text: string, run: () => Promise<unknown>) =>
    offerUndo({ text, label: t('undo'), undo: () => void attempt(run) })

  const takeApart = async (id: string, numbers: readonly number[]) => {
    const { data } = await undoMerge({ path: { id }, throwOnError: true })
    refreshRelated(client, [data.target], [data.target.number, ...numbers])
    if (data.left.length > 0) {
      const list = data.left.map(({ number }) => `#${number}`).join(', ')
      addToast({ tone: 'danger', text: t('merge.left', { list }) })
    } else {
      addToast({ text: t('merge.undone', { count: data.restored.length }) })
    }
  }

  return {
    takeApart: (id: string, numbers: readonly number[]) => attempt(() => takeApart(id, numbers)),

    merge: async (target: Ticket | TicketRow, parts: readonly (Ticket | TicketRow)[]): Promise<boolean> => {
      const key = newIdempotencyKey()
      const numbers = parts.map(({ number }) => number)
      const merged = await attempt(async () => {
        const { data } = await mergeTickets({
          headers: { 'Idempotency-Key': key },
          body: {
            target: { number: target.number, version: target.version },
            tickets: parts.map(({ number, version }) => ({ number, version })),
            // Whoever came this far was told.
            withOtherRequesters: parts.some(({ requester }) => requester.id !== target.requester.id),
          },
          throwOnError: true,
        })
        refreshRelated(client, [data.target], [target.number, ...numbers])
        return data
      })
      if (!merged) {
        // Somebody may have changed one of them: what is shown next is how they are now.
        refreshRelated(client, [], [target.number, ...numbers])
        return false
      }
      undone(
        t('merge.done', { count: numbers.length, first: `#${numbers[0] ?? 0}`, target: target.number }),
        () => takeApart(merged.id, numbers),
      )
      return true
    },

    split: async (number: number, body: SplitTicketRequest): Promise<Ticket | undefined> => {
      const key = newIdempotencyKey()
      const split = await attempt(async () => {
        const { data } = await splitTicket({
          path: { number },
          headers: { 'Idempotency-Key': key },
          body,
          throwOnError: true,
        })
        refreshRelated(client, [data.ticket, data.from], [number])
        return data
      })
      if (split) {
        const made = split.ticket.number
        undone(t('split.done', { count: body.messageIds.length, number: made }), async () => {
          const { data } = await undoSplit({ path: { number: made }, throwOnError: true })
          refreshRelated(client, [data.ticket, data.from], [number, made])
          addToast({ text: t('split.undone', { number }) })
        })
      }
      return split?.ticket
    },

    link: async (number: number, relation: Relation, other: number) => {
      const link = await attempt(async () => {
        const { data } = await linkTicket({
          path: { number },
          body: { relation, number: other },
          throwOnError: true,
        })
        refreshRelated(client, [], [number, other])
        return data
      })
      if (link) {
        undone(t('link.done', { number, relation: t(`relation.${relation}`), other }), async () => {
          await unlinkTicket({ path: { number, id: link.id }, throwOnError: true })
          refreshRelated(client, [], [number, other])
        })
      }
    },

    unlink: async (number: number, { id, relation, ticket }: TicketLink) => {
      const isGone = await attempt(async () => {
        await unlinkTicket({ path: { number, id }, throwOnError: true })
        refreshRelated(client, [], [number, ticket.number])
        return true
      })
      if (isGone) {
        undone(t('link.removed', { number, other: ticket.number }), async () => {
          await linkTicket({
            path: { number },
            body: { relation, number: ticket.number },
            throwOnError: true,
          })
          refreshRelated(client, [], [number, ticket.number])
        })
      }
    },
  }
}

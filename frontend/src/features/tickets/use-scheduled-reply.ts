import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { useTranslations } from 'use-intl'
import {
  changeScheduledReplyTime,
  restoreScheduledReply,
  withdrawScheduledReply,
} from '@/api/generated/sdk.gen'
import { isProblem } from '@/api/problem'
import { useProblemText } from '@/api/use-problem-text'
import { paths } from '@/paths'
import { addToast } from '@/ui/toast'
import { acceptMessages } from './queries'
import type { ScheduledReply } from './scheduled-replies'
import { acceptScheduledReply, refreshScheduledReplies } from './scheduled-replies'
import { useTicketDesk } from './ticket-desk'
import type { Message } from './ticket-model'

const UNDO_MS = 8_000

/** What an author does with a reply that has not gone out. */
export function useScheduledReply() {
  const t = useTranslations('tickets.scheduled')
  const client = useQueryClient()
  const desk = useTicketDesk()
  const navigate = useNavigate()
  const location = useLocation()
  // A toast is used later than it was made, and its reader has gone on.
  const here = useRef(location)
  useEffect(() => {
    here.current = location
  })
  const problemText = useProblemText()

  const failed = (error: unknown, reply: ScheduledReply, again: () => void) => {
    refreshScheduledReplies(client, reply.ticketNumber)
    if (isProblem(error, 'already-sent')) {
      addToast({ text: t('alreadySent', { number: reply.ticketNumber }), tone: 'danger' })
    } else if (isProblem(error, 'newer-messages')) {
      acceptMessages(client, reply.ticketNumber, (error.document.newerMessages ?? []) as Message[])
      addToast({ text: t('readFirst', { number: reply.ticketNumber }), tone: 'danger' })
    } else {
      const isFinal = isProblem(error) && !error.isRetryable
      addToast({
        text: `${t('notDone', { number: reply.ticketNumber })} ${problemText(error)}`,
        tone: 'danger',
        action: isFinal ? undefined : { label: t('again'), run: again },
      })
    }
  }

  const withdrawn = async ({ id }: ScheduledReply) =>
    (await withdrawScheduledReply({ path: { id }, throwOnError: true })).data

  /** Back into the composer, as it was. */
  const takeBack = async (reply: ScheduledReply): Promise<void> => {
    try {
      const back = await withdrawn(reply)
      acceptScheduledReply(client, back)
      desk.takeBack(back)
      const { pathname, search } = here.current
      const ticket = paths.ticket(reply.ticketNumber)
      if (pathname !== ticket) {
        void navigate(ticket + (pathname.startsWith(paths.tickets) ? search : ''))
      }
    } catch (error) {
      failed(error, reply, () => void takeBack(reply))
    }
  }

  const cancel = async (reply: ScheduledReply): Promise<void> => {
    try {
      acceptScheduledReply(client, await withdrawn(reply))
    } catch (error) {
      failed(error, reply, () => void cancel(reply))
      return
    }
    addToast({
      text: t('cancelled', { number: reply.ticketNumber }),
      durationMs: UNDO_MS,
      action: { label: t('undo'), isUndo: true, run: () => void restore(reply) },
    })
  }

  const restore = async (reply: ScheduledReply): Promise<void> => {
    try {
      const restored = await restoreScheduledReply({ path: { id: reply.id }, throwOnError: true })
      acceptScheduledReply(client, restored.data)
    } catch (error) {
      failed(error, reply, () => void restore(reply))
    }
  }

  /** @param seenId the newest message that its author has seen by now */
  const sendNow = async (reply: ScheduledReply, seenId: number | undefined): Promise<void> => {
    try {
      const sending = await changeScheduledReplyTime({
        path: { id: reply.id },
        body: { lastSeenMessageId: seenId ?? reply.content?.lastSeenMessageId ?? 0, sendAnyway: true },
        throwOnError: true,
      })
      acceptScheduledReply(client, sending.data)
    } catch (error) {
      failed(error, reply, () => void sendNow(reply, seenId))
    }
  }

  return { takeBack, cancel, sendNow }
}

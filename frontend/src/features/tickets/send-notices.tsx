import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useNavigate } from 'react-router'
import { useTranslations } from 'use-intl'
import { useCurrentUser } from '@/api/session'
import { paths } from '@/paths'
import { addToast } from '@/ui/toast'
import type { ScheduledReply } from './scheduled-replies'
import { ownScheduledReplies } from './scheduled-replies'
import { useTicketDesk } from './ticket-desk'
import { useScheduledReply } from './use-scheduled-reply'
import { useMomentShort } from './use-snooze-text'

const UNDO_MS = 8_000

/** Offers to take a reply back while it is held, and tells its author when one did not go out. */
export function SendNotices() {
  const t = useTranslations('tickets.scheduled')
  const { writing } = useCurrentUser()
  const desk = useTicketDesk()
  const navigate = useNavigate()
  const momentShort = useMomentShort()
  const { takeBack } = useScheduledReply()
  const { data: own } = useQuery(ownScheduledReplies())

  const sent = useEffectEvent((reply: ScheduledReply) => {
    const isHeld = reply.timing === 'HELD'
    const undo = { label: t('undo'), isUndo: true, run: () => void takeBack(reply) }
    addToast({
      text: isHeld
        ? t('sent', { number: reply.ticketNumber })
        : t('scheduledFor', { number: reply.ticketNumber, at: momentShort(new Date(reply.sendAt)) }),
      // By this clock, which may not be the server's.
      durationMs: isHeld ? (writing?.undoSeconds ?? 0) * 1_000 : UNDO_MS,
      action: undo,
    })
  })
  useEffect(() => desk.onHeld((reply) => sent(reply)), [desk])

  const told = useRef(new Set<string>())
  const returned = (own ?? []).filter(({ state }) => state === 'RETURNED')
  const tell = useEffectEvent(() => {
    for (const reply of returned) {
      if (!told.current.has(reply.id)) {
        told.current.add(reply.id)
        addToast({
          text: t('notSent', {
            number: reply.ticketNumber,
            why: t(`returned.${reply.returnedBecause ?? 'REFUSED'}`, { name: reply.author.name }),
          }),
          tone: 'danger',
          action: {
            label: t('look'),
            run: () =>
              void navigate(reply.subject ? paths.ticket(reply.ticketNumber) : paths.scheduledReplies),
          },
        })
      }
    }
  })
  const returnedIds = returned.map(({ id }) => id).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another one has come back
  useEffect(() => tell(), [returnedIds])
  return null
}

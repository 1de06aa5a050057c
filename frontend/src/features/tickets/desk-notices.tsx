import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useEffectEvent } from 'react'
import { useTranslations } from 'use-intl'
import { isProblem } from '@/api/problem'
import { addToast } from '@/ui/toast'
import { ticketEvents } from './queries'
import { useTicketDesk } from './ticket-desk'
import type { WriteTrouble } from './ticket-writes'
import { useChangeText } from './use-change-text'
import { useEventText } from './use-event-text'

const BulkNotices = lazy(async () => ({ default: (await import('./bulk-notices')).BulkNotices }))

/** Says when a change was not stored, why, and offers to make it again. */
export function DeskNotices() {
  const desk = useTicketDesk()
  const client = useQueryClient()
  const t = useTranslations('tickets')
  const changeText = useChangeText()
  const eventText = useEventText()

  const report = useEffectEvent(async (trouble: WriteTrouble) => {
    const { number, change } = trouble
    const again = { label: t('applyAgain'), run: () => void desk.writes.change(number, change) }
    if (trouble.kind === 'overtaken') {
      const events = await client.fetchQuery({ ...ticketEvents(number), staleTime: 0 }).catch(() => [])
      const since = Date.parse(trouble.before.updatedAt)
      const meanwhile = events.filter((event) => Date.parse(event.occurredAt) > since)
      const what = meanwhile.map((event) => eventText(event)).join(' ') || t('trouble.changedMeanwhile')
      addToast({
        tone: 'danger',
        text: t('trouble.overtaken', { number, what, wanted: changeText(number, change) }),
        action: again,
      })
      return
    }
    const { error } = trouble
    const isFinal = isProblem(error) && !error.isRetryable
    addToast({
      tone: 'danger',
      text: t('trouble.failed', {
        wanted: changeText(number, change),
        why: isProblem(error, 'illegal-status-change')
          ? t('trouble.illegalStatus')
          : isProblem(error, 'ticket-done')
            ? t('trouble.done')
            : isProblem(error) && error.kind === 'offline'
              ? t('trouble.offline')
              : t('trouble.refused'),
      }),
      action: isFinal ? undefined : { ...again, label: t('retry') },
    })
  })

  useEffect(() => desk.onTrouble((trouble) => void report(trouble)), [desk])
  return (
    <Suspense>
      <BulkNotices />
    </Suspense>
  )
}

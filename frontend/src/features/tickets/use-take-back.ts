import { useQueryClient } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl'
import { restoreTicket } from '@/api/generated/sdk.gen'
import { isProblem } from '@/api/problem'
import { useProblemText } from '@/api/use-problem-text'
import { addToast } from '@/ui/toast'
import { acceptTicket, ticketEvents } from './queries'
import { kindOf, restorationOf, restoringChanges } from './restoration'
import { useTicketDesk } from './ticket-desk'
import type { StoredChange } from './ticket-writes'

/** Takes one change of one ticket back, as far as nobody has changed it since; says what stays. */
export function useTakeBack(): (number: number, stored: Promise<StoredChange | undefined>) => void {
  const { writes } = useTicketDesk()
  const client = useQueryClient()
  const t = useTranslations('tickets')
  const format = useFormatter()
  const problemText = useProblemText()

  const takeBack = async (number: number, stored: StoredChange) => {
    const changes = restorationOf(stored)
    if (changes.length === 0) {
      return
    }
    try {
      await writes.shownWhile(number, restoringChanges(stored), async () => {
        const { data } = await restoreTicket({
          path: { number },
          body: { changes, changedAt: stored.after.updatedAt },
          throwOnError: true,
        })
        acceptTicket(client, data.ticket)
        void client.invalidateQueries({ queryKey: ticketEvents(number).queryKey })
        if (data.kept.length > 0) {
          const what = format.list(data.kept.map((property) => t(`property.${kindOf(property)}`)))
          addToast({ tone: 'danger', text: t('bulk.keptOne', { number, what }) })
        }
      })
    } catch (error) {
      addToast({
        tone: 'danger',
        text: t('bulk.notUndone', { number, why: problemText(error) }),
        action:
          isProblem(error) && !error.isRetryable
            ? undefined
            : { label: t('retry'), run: () => void takeBack(number, stored) },
      })
    }
  }

  return (number, stored) =>
    void stored.then((change) => (change ? takeBack(number, change) : undefined)).catch(() => {})
}

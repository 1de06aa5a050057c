import { useTranslations } from 'use-intl'
import { addToast } from '@/ui/toast'
import type { TicketChange } from './ticket-change'
import { changesNothing, inversesOf } from './ticket-change'
import { useTicketDesk } from './ticket-desk'
import type { Ticket, TicketRow } from './ticket-model'
import { useChangeText } from './use-change-text'

const UNDO_MS = 8_000
let dismissLast = () => {}

/** Changes a ticket at once, and offers to take it back. */
export function useChangeTicket(): (ticket: Ticket | TicketRow, change: TicketChange) => void {
  const { writes } = useTicketDesk()
  const t = useTranslations('tickets')
  const changeText = useChangeText()
  return (ticket, change) => {
    if (changesNothing(ticket, change)) {
      return
    }
    const inverses = inversesOf(ticket, change)
    const stored = writes.change(ticket.number, change)
    dismissLast()
    const dismiss = addToast({
      text: changeText(ticket.number, change),
      durationMs: UNDO_MS,
      action: {
        label: t('undo'),
        isUndo: true,
        run: () => {
          for (const inverse of inverses) {
            void writes.change(ticket.number, inverse)
          }
        },
      },
    })
    dismissLast = dismiss
    stored.then((isStored) => {
      if (!isStored) {
        dismiss()
      }
    })
  }
}

import { useTranslations } from 'use-intl'
import type { TicketChange } from './ticket-change'
import { changesNothing } from './ticket-change'
import { useTicketDesk } from './ticket-desk'
import type { Ticket, TicketRow } from './ticket-model'
import { offerUndo } from './undo-offer'
import { useChangeText } from './use-change-text'
import { useTakeBack } from './use-take-back'

/** Changes a ticket at once, and offers to take it back. */
export function useChangeTicket(): (ticket: Ticket | TicketRow, change: TicketChange) => void {
  const { writes } = useTicketDesk()
  const t = useTranslations('tickets')
  const changeText = useChangeText()
  const takeBack = useTakeBack()
  return (ticket, change) => {
    if (changesNothing(ticket, change)) {
      return
    }
    const stored = writes.change(ticket.number, change)
    const withdraw = offerUndo({
      text: changeText(ticket.number, change),
      label: t('undo'),
      undo: () => takeBack(ticket.number, stored),
    })
    void stored.then((isStored) => {
      if (!isStored) {
        withdraw()
      }
    })
  }
}

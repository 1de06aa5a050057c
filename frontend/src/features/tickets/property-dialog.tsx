import { useTranslations } from 'use-intl'
import { QuickDialog } from '@/ui/quick-dialog'
import type { Property } from './property-bar'
import { PropertyEditor } from './property-editor'
import type { TicketChange } from './ticket-change'
import type { Ticket, TicketRow } from './ticket-model'

export interface PropertyDialogProps {
  property: Property
  ticket: Ticket | TicketRow
  onChange: (change: TicketChange) => void
  onClose: () => void
}

/** The choices of one property in the middle of the screen, for whoever came by a key. */
export function PropertyDialog({ property, ticket, onChange, onClose }: PropertyDialogProps) {
  const t = useTranslations('tickets')
  return (
    <QuickDialog title={`#${ticket.number} ${t(`property.${property}`)}`} onClose={onClose}>
      <PropertyEditor property={property} ticket={ticket} onChange={onChange} onDone={onClose} />
    </QuickDialog>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { QuickDialog } from '@/ui/quick-dialog'
import { PickList } from './pick-list'
import { openTicketsOf } from './relations'
import type { Ticket, TicketRow } from './ticket-model'
import { TicketPick } from './ticket-pick'
import type { Relation } from './use-relations'
import { useRelations } from './use-relations'

const RELATIONS: readonly Relation[] = ['RELATED', 'DUPLICATE_OF', 'DUPLICATED_BY', 'BLOCKS', 'BLOCKED_BY']

export interface LinkDialogProps {
  ticket: Ticket | TicketRow
  onClose: () => void
}

/** First what the ticket is to the other, then which one that is. */
export function LinkDialog({ ticket, onClose }: LinkDialogProps) {
  const t = useTranslations('relations')
  const { link } = useRelations()
  const [relation, setRelation] = useState<Relation>()
  const others = useQuery(openTicketsOf(ticket.requester.id))
  const title = t('link.title', { number: ticket.number })
  // Another field has to take the focus, so it is another dialog.
  return relation === undefined ? (
    <QuickDialog key="relation" title={title} onClose={onClose}>
      <PickList
        label={t('link.relation')}
        items={RELATIONS}
        keyOf={(each) => each}
        textOf={(each) => t(`relation.${each}`)}
        onPick={setRelation}
        emptyText={t('pick.none')}
      />
    </QuickDialog>
  ) : (
    <QuickDialog key="ticket" title={title} onClose={onClose}>
      <TicketPick
        label={`${t(`relation.${relation}`)} …`}
        first={others.data ?? []}
        without={new Set([ticket.number])}
        busy={others.isPending}
        onPick={(other) => {
          onClose()
          void link(ticket.number, relation, other.number)
        }}
      />
    </QuickDialog>
  )
}

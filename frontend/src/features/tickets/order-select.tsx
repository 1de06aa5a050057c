import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useCommands } from '@/features/shared/use-commands'
import { Icon } from '@/ui/icons'
import css from './order-select.module.css'
import type { TicketOrder } from './ticket-words'
import { ORDERS } from './ticket-words'

export interface OrderSelectProps {
  order: TicketOrder
  onChange: (order: TicketOrder) => void
}

export function OrderSelect({ order, onChange }: OrderSelectProps) {
  const t = useTranslations('tickets.filter')
  const select = useRef<HTMLSelectElement>(null)
  useCommands([{ id: 'list.order', run: () => select.current?.focus() }])
  return (
    <span className={css.order}>
      <select
        ref={select}
        aria-label={t('order')}
        value={order}
        onChange={(event) => {
          const chosen = ORDERS.find((each) => each === event.target.value)
          if (chosen) {
            onChange(chosen)
          }
        }}
      >
        {ORDERS.map((each) => (
          <option key={each} value={each}>
            {t(`orders.${each}`)}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" size={12} />
    </span>
  )
}

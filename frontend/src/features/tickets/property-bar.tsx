import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCurrentUser } from '@/api/session'
import { Icon } from '@/ui/icons'
import { Popup } from '@/ui/popup'
import { PersonMark, PriorityMark, StatusMark } from './marks'
import css from './property-bar.module.css'
import { PropertyEditor } from './property-editor'
import type { TicketChange } from './ticket-change'
import type { Ticket } from './ticket-model'
import { Due } from './times'
import { useSnoozeText } from './use-snooze-text'

export const PROPERTIES = ['status', 'priority', 'assignee', 'team', 'tags', 'dueAt', 'snooze'] as const
export type Property = (typeof PROPERTIES)[number]

export interface PropertyBarProps {
  ticket: Ticket
  /** False while only the list's idea of the ticket is known. */
  isComplete: boolean
  onChange: (change: TicketChange) => void
}

/** The ticket's properties, each a button that opens its choices. */
export function PropertyBar({ ticket, isComplete, onChange }: PropertyBarProps) {
  const t = useTranslations('tickets')
  const me = useCurrentUser()
  const snoozeText = useSnoozeText()
  const [open, setOpen] = useState<Property>()

  const property = (name: Property, value: ReactNode) => (
    <Popup
      key={name}
      label={t(`property.${name}`)}
      open={open === name}
      onOpenChange={(isOpen) => setOpen(isOpen ? name : undefined)}
      trigger={
        <button type="button" className={css.property} title={t(`property.${name}`)} disabled={!isComplete}>
          <span className="visually-hidden">{t(`property.${name}`)}: </span>
          {value}
        </button>
      }
    >
      <PropertyEditor property={name} ticket={ticket} onChange={onChange} onDone={() => setOpen(undefined)} />
    </Popup>
  )

  return (
    <fieldset className={css.bar} aria-label={t('properties')}>
      {property('status', <StatusMark status={ticket.status} />)}
      {property('priority', <PriorityMark priority={ticket.priority} withText />)}
      {property(
        'assignee',
        <>
          <PersonMark name={ticket.assignee?.name} alreadyNamed />
          {ticket.assignee?.name ?? t('unassigned')}
        </>,
      )}
      {ticket.assignee?.id === me.id ? null : (
        <button
          type="button"
          className={css.take}
          disabled={!isComplete}
          onClick={() => onChange({ kind: 'assignee', assignee: { id: me.id, name: me.name } })}
        >
          {t('take')}
        </button>
      )}
      {property('team', ticket.team.name)}
      {property(
        'tags',
        ticket.tags.length > 0 ? (
          ticket.tags.map((tag) => (
            <span key={tag} className={css.tag}>
              {tag}
            </span>
          ))
        ) : (
          <span className={css.none}>
            <Icon name="tag" size={14} />
            {t('addTag')}
          </span>
        ),
      )}
      {property(
        'dueAt',
        ticket.dueAt ? (
          <Due at={ticket.dueAt} isDone={ticket.lane === 'DONE'} />
        ) : (
          <span className={css.none}>
            <Icon name="clock" size={14} />
            {t('setDueDate')}
          </span>
        ),
      )}
      {ticket.lane === 'DONE'
        ? null
        : property(
            'snooze',
            ticket.snooze ? (
              <span className={css.snoozed}>
                <Icon name="moon" size={14} />
                {t('snooze.snoozedUntil', { until: snoozeText(ticket.snooze) })}
              </span>
            ) : (
              <span className={css.none}>
                <Icon name="moon" size={14} />
                {t('property.snooze')}
              </span>
            ),
          )}
      {ticket.snooze ? (
        <button
          type="button"
          className={css.take}
          disabled={!isComplete}
          onClick={() => onChange({ kind: 'snooze', snooze: null })}
        >
          {t('snooze.wake')}
        </button>
      ) : null}
    </fieldset>
  )
}

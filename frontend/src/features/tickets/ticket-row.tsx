import { memo } from 'react'
import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { Icon } from '@/ui/icons'
import type { Colleague } from './colleagues'
import { PersonMark, PriorityMark, StatusMark } from './marks'
import { PresenceMark } from './presence-marks'
import { SlaMark } from './sla-mark'
import type { TicketColumn } from './ticket-columns'
import type { TicketRow as Row, TicketSnooze } from './ticket-model'
import css from './ticket-row.module.css'
import { Age, Due, ShortDate } from './times'
import { useSnoozeText } from './use-snooze-text'

const TAGS_SHOWN_MAX = 2

export interface TicketRowProps {
  row: Row
  to: string
  position: number | undefined
  columns: readonly TicketColumn[]
  /** How many rows the list has, or -1 while nobody knows. */
  setSize: number
  offset: number
  ageField: 'createdAt' | 'updatedAt'
  isCursor: boolean
  isOpen: boolean
  isSelected: boolean
  hasLeft: boolean
  hasUnsentText: boolean
  /** The same list until it changes, or the row would be drawn for nothing. */
  colleagues: readonly Colleague[] | undefined
  onFocus: (number: number) => void
  /** The same function as long as possible, or every row would be drawn for nothing. */
  onSelect: (number: number, options: { extend: boolean }) => void
}

/** One ticket of a list. The whole row is a link, so that it opens in another tab the way links do. */
export const TicketRow = memo(function TicketRow(props: TicketRowProps) {
  const { row } = props
  const t = useTranslations('tickets')
  const isDone = row.lane === 'DONE'
  const needsAnswer = row.lastMessageBy === 'REQUESTER' && !isDone
  // A list beside a conversation shows the usual ones whatever was chosen: see ticket-row.module.css.
  const off = (column: TicketColumn) => (props.columns.includes(column) ? undefined : true)
  return (
    <li
      className={css.item}
      style={{ transform: `translateY(${props.offset}px)` }}
      aria-setsize={props.setSize}
      aria-posinset={props.position}
    >
      <input
        type="checkbox"
        className={css.select}
        aria-label={t('selection.select', { number: row.number })}
        tabIndex={props.isCursor ? 0 : -1}
        checked={props.isSelected}
        onChange={() => {}}
        onClick={(event) => props.onSelect(row.number, { extend: event.shiftKey })}
      />
      <Link
        to={props.to}
        id={rowId(row.number)}
        data-ticket={row.number}
        className={css.row}
        tabIndex={props.isCursor ? 0 : -1}
        aria-current={props.isOpen ? 'true' : undefined}
        data-cursor={props.isCursor || undefined}
        data-selected={props.isSelected || undefined}
        data-done={isDone || props.hasLeft || undefined}
        data-needs-answer={needsAnswer || undefined}
        onFocus={() => props.onFocus(row.number)}
        onClick={(event) => {
          // Elsewhere a link with Shift opens another window; here it selects up to this row.
          if (event.shiftKey && !event.ctrlKey && !event.metaKey) {
            event.preventDefault()
            props.onSelect(row.number, { extend: true })
          }
        }}
      >
        {props.isSelected ? <span className="visually-hidden">{t('selection.isSelected')}</span> : null}
        {off('number') ? null : <span className={css.number}>#{row.number}</span>}
        <span className={css.priority} data-off={off('priority')}>
          <PriorityMark priority={row.priority} />
        </span>
        <span className={css.customer} data-off={off('customer')}>
          {row.requester.name}
          {row.organisation ? <span className={css.organisation}> · {row.organisation.name}</span> : null}
        </span>
        <span
          className={css.speaker}
          data-off={off('speaker')}
          title={t(`lastMessageBy.${row.lastMessageBy}`)}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path
              d={row.lastMessageBy === 'REQUESTER' ? 'M11.5 4.5 5 11M5 6v5h5' : 'M4.5 11.5 11 5M6 5h5v5'}
            />
          </svg>
          <span className="visually-hidden">{t(`lastMessageBy.${row.lastMessageBy}`)}</span>
        </span>
        <span className={css.main}>
          <span className={css.subject}>{row.subject}</span>
          {row.snooze ? <SnoozeMark snooze={row.snooze} /> : null}
          {props.hasUnsentText ? <span className={css.unsent}>{t('unsentText')}</span> : null}
          {row.tags.slice(0, TAGS_SHOWN_MAX).map((tag) => (
            <span key={tag} className={css.tag}>
              {tag}
            </span>
          ))}
          {row.tags.length > TAGS_SHOWN_MAX ? (
            <span className={css.tag} title={row.tags.slice(TAGS_SHOWN_MAX).join(', ')}>
              +{row.tags.length - TAGS_SHOWN_MAX}
            </span>
          ) : null}
          {props.colleagues ? <PresenceMark colleagues={props.colleagues} /> : null}
        </span>
        {off('team') ? null : <span className={css.team}>{row.team.name}</span>}
        <span className={css.sla} data-off={off('sla')}>
          {row.sla && !isDone ? <SlaMark sla={row.sla} /> : null}
        </span>
        <span className={css.due} data-off={off('due')}>
          {row.dueAt ? <Due at={row.dueAt} isDone={isDone} /> : null}
        </span>
        <span className={css.status} data-off={off('status')}>
          <StatusMark status={row.status} />
        </span>
        <span className={css.assignee} data-off={off('assignee')}>
          <PersonMark name={row.assignee?.name} />
        </span>
        {off('created') ? null : (
          <span className={css.created}>
            <ShortDate at={row.createdAt} />
          </span>
        )}
        {off('lastMessage') ? null : <Age since={row.lastMessageAt} className={css.lastMessage} />}
        <span className={css.age} data-off={off('age')}>
          <Age since={row[props.ageField]} />
        </span>
      </Link>
    </li>
  )
})

function SnoozeMark({ snooze }: { snooze: TicketSnooze }) {
  const t = useTranslations('tickets.snooze')
  const text = useSnoozeText()(snooze)
  return (
    <span className={css.snoozed} title={t('snoozedUntil', { until: text })}>
      <Icon name="moon" size={12} />
      <span className="visually-hidden">{t('snoozedUntil', { until: text })}</span>
      <span aria-hidden="true">{text}</span>
    </span>
  )
}

export function rowId(ticketNumber: number): string {
  return `ticket-row-${ticketNumber}`
}

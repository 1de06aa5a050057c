import { useQuery } from '@tanstack/react-query'
import { useFormatter, useNow, useTranslations } from 'use-intl'
import type { TicketSla, TicketSlaClock } from '@/api/generated/types.gen'
import { ticketSla } from './queries'
import { slaState } from './sla-clock'
import css from './sla-mark.module.css'
import { useSpanText } from './times'

const MINUTE_MS = 60_000

/** How much time is left for what was promised, or how late it is: in words, and in colour as well. */
export function SlaMark({ sla }: { sla: TicketSla }) {
  const t = useTranslations('tickets.sla')
  const format = useFormatter()
  const spanText = useSpanText()
  const now = useNow({ updateInterval: MINUTE_MS }).getTime()
  const state = slaState(sla, now)
  const target = t(`target.${sla.target}`)
  if (!sla.dueAt) {
    return (
      <span className={css.mark} data-state={state} title={target}>
        <span className="visually-hidden">{target}: </span>
        {t(sla.isPaused ? 'paused' : 'never')}
      </span>
    )
  }
  const date = new Date(sla.dueAt)
  return (
    <time
      className={css.mark}
      data-state={state}
      dateTime={sla.dueAt}
      title={t('dueOn', { target, date: format.dateTime(date, { dateStyle: 'full', timeStyle: 'short' }) })}
    >
      <span className="visually-hidden">{target}: </span>
      {t(state === 'late' ? 'late' : 'left', { span: spanText(date.getTime() - now) })}
    </time>
  )
}

/** All that was promised of a ticket, in one line of its head; nothing where nothing was. */
export function SlaLine({ ticketNumber }: { ticketNumber: number }) {
  const t = useTranslations('tickets.sla')
  const { data } = useQuery(ticketSla(ticketNumber))
  if (!data || data.length === 0) return null
  return (
    <ul className={css.line} aria-label={t('label')}>
      {data.map((clock) => (
        <li key={clock.target}>
          <span aria-hidden={isOpen(clock) || undefined}>{t(`target.${clock.target}`)}</span>{' '}
          {isOpen(clock) ? (
            <SlaMark sla={{ target: clock.target, isPaused: clock.state === 'PAUSED', dueAt: clock.dueAt }} />
          ) : (
            <span className={css.mark} data-state={clock.dueAt ? 'late' : 'running'}>
              {t(clock.dueAt ? 'wasLate' : clock.state === 'FULFILLED' ? 'wasInTime' : 'dropped')}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

const isOpen = ({ state }: TicketSlaClock) => state === 'RUNNING' || state === 'PAUSED'

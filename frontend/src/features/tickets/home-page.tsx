import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useFormatter, useTranslations } from 'use-intl'
import { useCurrentUser } from '@/api/session'
import { useProblemText } from '@/api/use-problem-text'
import { usePageTitle } from '@/lib/use-page-title'
import { ListStates } from '@/ui/states'
import css from './home-page.module.css'
import { PriorityMark } from './marks'
import { homeNumbers } from './queries'
import type { TicketFilter } from './ticket-filter'
import { EVERYTHING } from './ticket-filter'
import { listPath } from './ticket-views'
import { LANE_STATUSES, NOT_DONE, PRIORITIES } from './ticket-words'
import { spanOf } from './times'

const SECOND_MS = 1_000
const NOT_DONE_TICKETS: TicketFilter = { ...EVERYTHING, lane: NOT_DONE }

/** The desk at a glance; each number leads to the tickets it counts. */
export default function HomePage() {
  const t = useTranslations('tickets.home')
  const format = useFormatter()
  const me = useCurrentUser()
  const problemText = useProblemText()
  const numbers = useQuery(homeNumbers())
  usePageTitle(t('title'))

  const long = (seconds: number | undefined) => {
    if (seconds === undefined) {
      return '–'
    }
    const { count, unit } = spanOf(seconds * SECOND_MS)
    return format.number(count, { style: 'unit', unit, unitDisplay: 'long' })
  }

  return (
    <div className={css.page}>
      <h1>{t('greeting', { name: me.name.split(' ')[0] ?? me.name })}</h1>
      <ListStates query={numbers} errorText={problemText}>
        {(home) => {
          const open = PRIORITIES.map((priority) => ({ priority, count: home.openByPriority[priority] ?? 0 }))
          const most = Math.max(1, ...open.map(({ count }) => count))
          const from = home.from.slice(0, 10)
          return (
            <>
              <section className={css.numbers} aria-label={t('attention')}>
                <Figure
                  label={t('unassigned')}
                  to={listPath({ ...NOT_DONE_TICKETS, assignee: 'none' })}
                  value={format.number(home.unassigned)}
                />
                <Figure
                  label={t('overdue')}
                  to={listPath({ ...NOT_DONE_TICKETS, overdue: true, order: 'DUE' })}
                  value={format.number(home.overdue)}
                  isBad={home.overdue > 0}
                />
                <Figure
                  label={t('firstReply')}
                  to={listPath({ ...EVERYTHING, createdAfter: from, order: 'NEWEST' })}
                  value={long(home.firstReplyMedianSeconds)}
                  hint={t('medianOfMonth')}
                />
                <Figure
                  label={t('resolution')}
                  to={listPath({ ...EVERYTHING, status: LANE_STATUSES.DONE.slice(0, 2), updatedAfter: from })}
                  value={long(home.resolutionMedianSeconds)}
                  hint={t('medianOfMonth')}
                />
              </section>
              <section className={css.panel} aria-labelledby="open-by-priority">
                <h2 id="open-by-priority">{t('openByPriority')}</h2>
                <ul className={css.bars}>
                  {open.map(({ priority, count }) => (
                    <li key={priority}>
                      <Link className={css.bar} to={listPath({ ...NOT_DONE_TICKETS, priority: [priority] })}>
                        <PriorityMark priority={priority} withText />
                        <span className={css.track} aria-hidden="true">
                          <span
                            className={css.fill}
                            data-priority={priority}
                            style={{ width: `${(count / most) * 100}%` }}
                          />
                        </span>
                        <span className={css.count}>{format.number(count)}</span>
                      </Link>
                    </li>
                  ))}
                </ul>
              </section>
            </>
          )
        }}
      </ListStates>
    </div>
  )
}

interface FigureProps {
  label: string
  value: ReactNode
  to: string
  hint?: string
  isBad?: boolean
}

function Figure({ label, value, to, hint, isBad }: FigureProps) {
  return (
    <Link to={to} className={css.figure}>
      <span className={css.label}>{label}</span>
      <span className={css.value} data-bad={isBad || undefined}>
        {value}
      </span>
      {hint ? <span className={css.hint}>{hint}</span> : null}
    </Link>
  )
}

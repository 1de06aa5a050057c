import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { useTranslations } from 'use-intl'
import type { PortalTicketRow } from '@/api/generated/types.gen'
import { useCurrentUser } from '@/api/session'
import { useProblemText } from '@/api/use-problem-text'
import { usePageTitle } from '@/lib/use-page-title'
import { paths } from '@/paths'
import { Button, buttonClass } from '@/ui/button'
import { Icon } from '@/ui/icons'
import { RelativeTime } from '@/ui/relative-time'
import segments from '@/ui/segments.module.css'
import { EmptyState, ListStates } from '@/ui/states'
import styles from './portal-list-page.module.css'
import { PortalStatusBadge } from './portal-status'
import { type PortalScope, type PortalState, portalTicketsQuery } from './queries'

export default function PortalListPage() {
  const t = useTranslations('portal.list')
  const ui = useTranslations('common.ui')
  const me = useCurrentUser()
  const problemText = useProblemText()
  const [search] = useSearchParams()
  const sharesTickets = me.organisation?.sharesTickets ?? false
  const scope: PortalScope = sharesTickets && search.get('scope') === 'organisation' ? 'ORGANISATION' : 'MINE'
  const state: PortalState = search.get('state') === 'done' ? 'DONE' : 'OPEN'
  const tickets = useInfiniteQuery(portalTicketsQuery(scope, state))
  usePageTitle(t('title'))

  const ask = (
    <Link to={paths.ask} className={buttonClass('primary')}>
      <Icon name="plus" size={16} />
      {t('ask')}
    </Link>
  )
  return (
    <>
      <header className={styles.header}>
        <h1>{t('title')}</h1>
        {ask}
      </header>
      <div className={styles.filters}>
        <nav aria-label={t('stateLabel')} className={segments.segments}>
          <FilterLink scope={scope} state="OPEN" isCurrent={state === 'OPEN'} label={t('open')} />
          <FilterLink scope={scope} state="DONE" isCurrent={state === 'DONE'} label={t('done')} />
        </nav>
        {sharesTickets ? (
          <nav aria-label={t('scopeLabel')} className={segments.segments}>
            <FilterLink scope="MINE" state={state} isCurrent={scope === 'MINE'} label={t('mine')} />
            <FilterLink
              scope="ORGANISATION"
              state={state}
              isCurrent={scope === 'ORGANISATION'}
              label={t('organisation', { name: me.organisation?.name ?? '' })}
            />
          </nav>
        ) : null}
      </div>
      <section className={styles.list} aria-label={t('title')}>
        <ListStates
          query={tickets}
          errorText={problemText}
          isEmpty={(data) => data.pages.every((page) => page.items.length === 0)}
          empty={
            state === 'OPEN' ? (
              <EmptyState title={t('emptyOpen')} action={ask} />
            ) : (
              <EmptyState title={t('emptyDone')} icon="check" />
            )
          }
        >
          {(data) => (
            <ul>
              {data.pages.flatMap((page) =>
                page.items.map((ticket) => (
                  <TicketItem key={ticket.number} ticket={ticket} showsRequester={scope === 'ORGANISATION'} />
                )),
              )}
            </ul>
          )}
        </ListStates>
      </section>
      {tickets.hasNextPage ? (
        <div className={styles.more}>
          <Button busy={tickets.isFetchingNextPage} onClick={() => void tickets.fetchNextPage()}>
            {ui('loadMore')}
          </Button>
        </div>
      ) : null}
    </>
  )
}

interface FilterLinkProps {
  scope: PortalScope
  state: PortalState
  isCurrent: boolean
  label: string
}

function FilterLink({ scope, state, isCurrent, label }: FilterLinkProps) {
  const search = new URLSearchParams()
  if (state === 'DONE') search.set('state', 'done')
  if (scope === 'ORGANISATION') search.set('scope', 'organisation')
  return (
    <Link
      to={{ search: search.toString() }}
      replace
      className={segments.segment}
      aria-current={isCurrent || undefined}
    >
      {label}
    </Link>
  )
}

function TicketItem({ ticket, showsRequester }: { ticket: PortalTicketRow; showsRequester: boolean }) {
  const t = useTranslations('portal.list')
  return (
    <li>
      <Link to={paths.portalTicket(ticket.number)} className={styles.ticket}>
        <span className={styles.subject}>{ticket.subject}</span>
        <span className={styles.facts}>
          #{ticket.number}
          {showsRequester ? ` · ${ticket.isYours ? t('you') : ticket.requesterName}` : ''}
          {' · '}
          <RelativeTime value={ticket.updatedAt} />
        </span>
        <span className={styles.status}>
          <PortalStatusBadge status={ticket.status} />
        </span>
      </Link>
    </li>
  )
}

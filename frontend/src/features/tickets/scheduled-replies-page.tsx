import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { useProblemText } from '@/api/use-problem-text'
import { usePageTitle } from '@/lib/use-page-title'
import { paths } from '@/paths'
import { EmptyState, ErrorState, LoadingState } from '@/ui/states'
import { ownScheduledReplies } from './scheduled-replies'
import css from './scheduled-replies-page.module.css'
import { ScheduledReplyView } from './scheduled-reply-view'

/** One's own replies that wait for their time, and those that did not go out. */
export default function ScheduledRepliesPage() {
  const t = useTranslations('tickets.scheduled')
  const problemText = useProblemText()
  const query = useQuery(ownScheduledReplies())
  usePageTitle(t('title'))
  const replies = query.data ?? []
  return (
    <div className={css.page}>
      <h1>{t('title')}</h1>
      {query.isPending ? (
        <LoadingState rows={4} />
      ) : query.isError ? (
        <ErrorState title={problemText(query.error)} onRetry={() => void query.refetch()} />
      ) : replies.length === 0 ? (
        <EmptyState icon="clock" title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <ul className={css.list}>
          {replies.map((reply) => (
            <li key={reply.id}>
              <h2 className={css.ticket}>
                {reply.subject ? (
                  <Link to={paths.ticket(reply.ticketNumber)}>
                    #{reply.ticketNumber} {reply.subject}
                  </Link>
                ) : (
                  `#${reply.ticketNumber}`
                )}
              </h2>
              <ScheduledReplyView reply={reply} seenId={undefined} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

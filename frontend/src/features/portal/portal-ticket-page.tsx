import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Navigate, useParams } from 'react-router'
import { useTranslations } from 'use-intl'
import { closePortalTicket, reopenPortalTicket } from '@/api/generated/sdk.gen'
import type { PortalMessage, PortalTicket } from '@/api/generated/types.gen'
import { isProblem } from '@/api/problem'
import { useProblemText } from '@/api/use-problem-text'
import { AttachmentLinks } from '@/features/shared/attachment-links'
import { SignatureView } from '@/features/shared/signature-view'
import { usePageTitle } from '@/lib/use-page-title'
import { paths } from '@/paths'
import { Avatar } from '@/ui/avatar'
import { Button } from '@/ui/button'
import { HtmlView } from '@/ui/html-view'
import { Icon } from '@/ui/icons'
import { RelativeTime } from '@/ui/relative-time'
import { EmptyState, ListStates } from '@/ui/states'
import { addToast } from '@/ui/toast'
import { PortalReply } from './portal-reply'
import { PortalStatusBadge } from './portal-status'
import styles from './portal-ticket-page.module.css'
import { portalTicketQuery, portalTicketsKey } from './queries'

export default function PortalTicketPage() {
  const t = useTranslations('portal.ticket')
  const list = useTranslations('portal.list')
  const problemText = useProblemText()
  const number = Number(useParams().number)
  const ticket = useQuery({ ...portalTicketQuery(number), enabled: Number.isSafeInteger(number) })
  usePageTitle(ticket.data ? `${ticket.data.subject} · #${number}` : `#${number}`)
  const isMissing = !Number.isSafeInteger(number) || (isProblem(ticket.error) && ticket.error.status === 404)
  return (
    <>
      <Link to={paths.portal} className={styles.back}>
        <Icon name="arrow-left" size={16} />
        {list('title')}
      </Link>
      {isMissing ? (
        <EmptyState title={t('missing')} icon="search" />
      ) : (
        <ListStates query={ticket} errorText={problemText}>
          {(data) =>
            data.mergedInto === undefined ? (
              <Conversation ticket={data} />
            ) : (
              <Navigate to={paths.portalTicket(data.mergedInto)} replace />
            )
          }
        </ListStates>
      )}
    </>
  )
}

function Conversation({ ticket }: { ticket: PortalTicket }) {
  const t = useTranslations('portal.ticket')
  const closure = useClosure(ticket)
  return (
    <article className={styles.ticket}>
      <header className={styles.header}>
        <h1>{ticket.subject}</h1>
        <p className={styles.facts}>
          #{ticket.number}
          {ticket.isYours ? '' : ` · ${ticket.requesterName}`}
          {' · '}
          {t('asked')} <RelativeTime value={ticket.createdAt} />
        </p>
        <div className={styles.statusLine}>
          <PortalStatusBadge status={ticket.status} />
          <p className={styles.meaning}>{t(`meaning.${ticket.status}`)}</p>
          {ticket.canClose && ticket.status !== 'SOLVED' ? (
            <Button size="small" icon="check" onClick={() => closure.mutate('close')}>
              {t('close')}
            </Button>
          ) : null}
          {ticket.canReopen ? (
            <Button size="small" icon="refresh" onClick={() => closure.mutate('reopen')}>
              {t('reopen')}
            </Button>
          ) : null}
        </div>
      </header>
      <ol className={styles.messages} aria-label={t('conversation')}>
        {ticket.messages.map((message) => (
          <li key={message.id}>
            <MessageView message={message} />
          </li>
        ))}
      </ol>
      {ticket.canReply ? <PortalReply ticket={ticket} /> : null}
    </article>
  )
}

function MessageView({ message }: { message: PortalMessage }) {
  const t = useTranslations('portal.ticket')
  return (
    <section className={message.isStaff ? `${styles.message} ${styles.staff}` : styles.message}>
      <header className={styles.author}>
        <Avatar name={message.authorName} />
        <strong>{message.isYou ? t('you') : message.authorName}</strong>
        {message.isStaff ? <span className={styles.role}>{t('staff')}</span> : null}
        {message.fromTicket ? (
          <span className={styles.role}>{t('fromRequest', { number: message.fromTicket })}</span>
        ) : null}
        <span className={styles.time}>
          <RelativeTime value={message.createdAt} />
        </span>
      </header>
      <HtmlView html={message.bodyHtml} />
      <SignatureView html={message.signatureHtml} />
      <AttachmentLinks attachments={message.attachments} />
    </section>
  )
}

/** Shown at once; put back exactly as it was when the server refuses. */
function useClosure(ticket: PortalTicket) {
  const t = useTranslations('portal.ticket')
  const ui = useTranslations('common.ui')
  const problemText = useProblemText()
  const queryClient = useQueryClient()
  const { queryKey } = portalTicketQuery(ticket.number)
  const closure = useMutation({
    mutationFn: (act: 'close' | 'reopen') => {
      const change = act === 'close' ? closePortalTicket : reopenPortalTicket
      return change({ path: { number: ticket.number }, throwOnError: true })
    },
    onMutate: async (act) => {
      await queryClient.cancelQueries({ queryKey })
      const before = queryClient.getQueryData(queryKey)
      const isClosing = act === 'close'
      if (before) {
        queryClient.setQueryData(queryKey, {
          ...before,
          status: isClosing ? 'CLOSED' : 'IN_WORK',
          canClose: !isClosing,
          canReopen: isClosing,
          canReply: !isClosing,
        })
      }
      return { before }
    },
    onSuccess: ({ data }, act) => {
      queryClient.setQueryData(queryKey, data)
      addToast({ text: t(act === 'close' ? 'closed' : 'reopened') })
      void queryClient.invalidateQueries({ queryKey: portalTicketsKey })
    },
    onError: (error, act, context) => {
      queryClient.setQueryData(queryKey, context?.before)
      addToast({
        tone: 'danger',
        text: problemText(error),
        action: { label: ui('retry'), run: () => closure.mutate(act) },
      })
    },
  })
  return closure
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react'
import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { isProblem } from '@/api/problem'
import { useCurrentUser } from '@/api/session'
import { useProblemText } from '@/api/use-problem-text'
import { useCommands } from '@/features/shared/use-commands'
import { usePageTitle } from '@/lib/use-page-title'
import { paths } from '@/paths'
import { Notice } from '@/ui/notice'
import { EmptyState, ErrorState, LoadingState } from '@/ui/states'
import { Composer } from './composer'
import type { ConversationHandle } from './conversation'
import { Conversation } from './conversation'
import { loadRelationsLine, loadSplitDialog } from './load-relations'
import { loadMacroDialog } from './load-replies'
import { PresenceLine } from './presence-marks'
import { PropertyBar } from './property-bar'
import { knownRow, oneTicket, ticketEvents, ticketMessages } from './queries'
import { scheduledReplies } from './scheduled-replies'
import { SlaLine } from './sla-mark'
import { SubjectField } from './subject-field'
import { endsWork } from './ticket-change'
import { useOutgoing, useTicketDesk, useUnsent, useWithWaitingChanges } from './ticket-desk'
import type { Ticket, TicketRow } from './ticket-model'
import css from './ticket-view.module.css'
import { laneOf } from './ticket-words'
import type { ComposerKind } from './unsent-text'
import { isEmpty, placeOf } from './unsent-text'
import { useChangeTicket } from './use-change-ticket'

const MacroDialog = lazy(loadMacroDialog)
const RelationsLine = lazy(loadRelationsLine)
const SplitDialog = lazy(loadSplitDialog)

export interface TicketViewProps {
  number: number
  /** The list that the ticket was opened from. */
  backTo: string
  onNext: () => void
  onOpen: (number: number) => void
  /** The ticket is done or put off. */
  onDone: () => void
}

/** One ticket: what it is, its conversation, and where the answer is written. */
export function TicketView({ number, backTo, onNext, onOpen, onDone }: TicketViewProps) {
  const t = useTranslations('tickets')
  const problemText = useProblemText()
  const client = useQueryClient()
  const me = useCurrentUser()
  const desk = useTicketDesk()
  const changeTicket = useChangeTicket()
  const withWaitingChanges = useWithWaitingChanges()
  const conversation = useRef<ConversationHandle>(null)
  const subject = useRef<HTMLButtonElement>(null)
  const [seenId, setSeenId] = useState<number>()
  const [showsHistory, setShowsHistory] = useState(false)
  const [showsMacros, setShowsMacros] = useState(false)
  const [splitting, setSplitting] = useState<{ start?: { id: number; onward: boolean } }>()
  const [kind, setKind] = useState<ComposerKind | undefined>(() =>
    (['reply', 'note'] as const).find((each) => !isEmpty(desk.unsent.read(placeOf(number, each)))),
  )

  // A reply that was held back is shown to its author with what held it back.
  const isHeldBack = useUnsent(number, 'reply').heldBack ?? false
  const [wasHeldBack, setWasHeldBack] = useState(isHeldBack)
  if (isHeldBack !== wasHeldBack) {
    setWasHeldBack(isHeldBack)
    if (isHeldBack) {
      setKind('reply')
    }
  }

  // A text that was taken back is there to be changed.
  useEffect(
    () => desk.onBack((ticketNumber, backKind) => ticketNumber === number && setKind(backKind)),
    [desk, number],
  )

  const query = useQuery({
    ...oneTicket(number),
    // Opened from a list, the ticket's head is there at once.
    placeholderData: () => {
      const row = knownRow(client, number)
      return row && provisional(row)
    },
  })
  const messages = useQuery(ticketMessages(number))
  const events = useQuery({ ...ticketEvents(number), enabled: showsHistory })
  const outgoing = useOutgoing(number)
  const scheduled = useQuery(scheduledReplies(number))
  const ticket = query.data && withWaitingChanges(query.data)

  usePageTitle(ticket ? `#${number} ${ticket.subject}` : `#${number}`)

  // The server's newer version is a reason to look for newer messages at once.
  const version = query.data?.version
  const onNewVersion = useEffectEvent(() => {
    if (messages.isSuccess) {
      void messages.refetch()
    }
    if (showsHistory) {
      void events.refetch()
    }
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the version changes
  useEffect(() => onNewVersion(), [version])

  const isThere = query.isSuccess
  useEffect(() => {
    if (isThere) {
      desk.presence.at(number)
      return () => desk.presence.left(number)
    }
  }, [desk, number, isThere])

  const isMerged = ticket?.mergedInto !== undefined
  const focusConversation = () => conversation.current?.focus()
  const about = () => `#${number}`
  useCommands([
    { id: 'ticket.reply', about, run: () => setKind('reply') },
    { id: 'ticket.note', about, run: () => setKind('note') },
    { id: 'ticket.subject', about, run: () => subject.current?.click() },
    { id: 'ticket.history', about, run: () => setShowsHistory((shown) => !shown) },
    { id: 'ticket.macro', about, run: () => setShowsMacros(true) },
    { id: 'ticket.split', about, disabled: isMerged || !messages.isSuccess, run: () => setSplitting({}) },
  ])

  if (!ticket) {
    return (
      <section className={css.view} aria-label={`#${number}`}>
        <h1 className="visually-hidden">#{number}</h1>
        {query.isPending ? (
          <LoadingState rows={5} />
        ) : isProblem(query.error) && query.error.status === 404 ? (
          <EmptyState
            icon="ticket"
            title={t('ticketNotFound', { number })}
            action={<Link to={backTo}>{t('backToList')}</Link>}
          />
        ) : (
          <ErrorState title={problemText(query.error)} onRetry={() => void query.refetch()} />
        )}
      </section>
    )
  }

  const shownMessages = messages.data?.messages ?? []
  return (
    <section className={css.view} aria-label={`#${number} ${ticket.subject}`}>
      <header className={css.head}>
        <div className={css.titleLine}>
          <Link to={backTo} className={css.back} aria-label={t('backToList')} title={t('backToList')}>
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d="M12 5 7 10l5 5" />
            </svg>
          </Link>
          <SubjectField
            key={ticket.subject}
            buttonRef={subject}
            subject={ticket.subject}
            disabled={query.isPlaceholderData || isMerged}
            onChange={(subject) => changeTicket(ticket, { kind: 'subject', subject })}
          />
          <span className={css.number}>#{number}</span>
          <button
            type="button"
            className={css.historyToggle}
            aria-pressed={showsHistory}
            onClick={() => setShowsHistory(!showsHistory)}
          >
            {t('history')}
          </button>
          <span className={css.closeButton}>
            <Link to={backTo} className={css.close} aria-label={t('closeTicket')} title={t('closeTicket')}>
              <svg viewBox="0 0 20 20" aria-hidden="true">
                <path d="m5 5 10 10M15 5 5 15" />
              </svg>
            </Link>
          </span>
        </div>
        <div className={css.people}>
          <RequesterLine ticket={ticket} />
          <PresenceLine ticketNumber={number} />
        </div>
        <PropertyBar
          ticket={ticket}
          isComplete={!query.isPlaceholderData && !isMerged}
          onChange={(change) => {
            changeTicket(ticket, change)
            if (endsWork(change)) {
              onDone()
            }
          }}
        />
        <Suspense>
          <RelationsLine
            number={number}
            hasParts={shownMessages.some(({ fromTicket }) => fromTicket !== undefined)}
            mayChange={!isMerged}
          />
        </Suspense>
        {ticket.mergedInto === undefined ? null : (
          <div className={css.merged}>
            <Notice tone="info">
              {t('mergedNotice', { number: ticket.mergedInto })}{' '}
              <Link to={paths.ticket(ticket.mergedInto)}>
                {t('openMerged', { number: ticket.mergedInto })}
              </Link>
            </Notice>
          </div>
        )}
        <SlaLine ticketNumber={number} />
      </header>
      {messages.isSuccess ? (
        <Conversation
          ref={conversation}
          messages={shownMessages}
          events={showsHistory ? (events.data ?? []) : []}
          outgoing={outgoing}
          scheduled={scheduled.data}
          requesterId={ticket.requester.id}
          myId={me.id}
          onSeen={setSeenId}
          onSplit={isMerged ? undefined : (start) => setSplitting({ start })}
        />
      ) : (
        <div className={css.waiting}>
          {messages.isPending ? (
            <LoadingState rows={5} />
          ) : (
            <ErrorState title={problemText(messages.error)} onRetry={() => void messages.refetch()} />
          )}
        </div>
      )}
      {messages.isSuccess && !query.isPlaceholderData && (!isMerged || kind) ? (
        <Composer
          ticket={ticket}
          messages={shownMessages}
          seenId={seenId}
          myId={me.id}
          kind={kind}
          onKind={(next) => {
            setKind(next)
            if (!next) {
              focusConversation()
            }
          }}
          onShowNewest={() => conversation.current?.scrollToEnd()}
          onSent={(thenStatus) => {
            setKind(undefined)
            focusConversation()
            if (thenStatus && laneOf(thenStatus) === 'DONE') {
              onDone()
            }
          }}
          onResolvedByReply={onNext}
          onMacro={() => setShowsMacros(true)}
        />
      ) : null}
      {splitting && !query.isPlaceholderData ? (
        <Suspense>
          <SplitDialog
            ticket={ticket}
            start={splitting.start}
            onClose={() => setSplitting(undefined)}
            onSplit={onOpen}
          />
        </Suspense>
      ) : null}
      {showsMacros && messages.isSuccess && !query.isPlaceholderData ? (
        <Suspense>
          <MacroDialog ticket={ticket} lastSeenMessageId={seenId} onClose={() => setShowsMacros(false)} />
        </Suspense>
      ) : null}
    </section>
  )
}

function RequesterLine({ ticket }: { ticket: Ticket }) {
  const { requester } = ticket
  return (
    <p className={css.requester}>
      <span className={css.requesterName}>{requester.name}</span>
      {requester.email ? <span>{requester.email}</span> : null}
      {requester.organisation ? <span>{requester.organisation.name}</span> : null}
    </p>
  )
}

/** What a list knows of a ticket, until the ticket itself has arrived. */
function provisional(row: TicketRow): Ticket {
  return {
    ...row,
    requester: { ...row.requester, email: '', organisation: row.organisation },
    allowedStatuses: [],
  }
}

import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useCurrentUser } from '@/api/session'
import { useProblemText } from '@/api/use-problem-text'
import { CommandKeys } from '@/features/shared/command-keys'
import { useDebounced } from '@/lib/use-debounced'
import { IconButton } from '@/ui/button'
import { ErrorState, LoadingState } from '@/ui/states'
import type { ConversationHandle } from './conversation'
import { Conversation } from './conversation'
import { PriorityMark, StatusMark } from './marks'
import css from './peek-panel.module.css'
import { ticketMessages } from './queries'
import type { Ticket, TicketRow } from './ticket-model'

/** Whoever runs through the list needs no conversation of the rows that only fly by. */
const PAUSE_MS = 120

export interface PeekPanelProps {
  ticket: Ticket | TicketRow
  onClose: () => void
}

/** A look at a ticket over its list, to read and no more: the focus stays in the list, and nobody is told. */
export function PeekPanel({ ticket, onClose }: PeekPanelProps) {
  const t = useTranslations('commands.peek')
  const command = useTranslations('commands.command')
  const problemText = useProblemText()
  const me = useCurrentUser()
  const conversation = useRef<ConversationHandle>(null)
  const wanted = useDebounced(ticket.number, PAUSE_MS)
  const messages = useQuery({ ...ticketMessages(ticket.number), enabled: wanted === ticket.number })
  return (
    <aside className={css.panel} aria-label={t('label', { number: String(ticket.number) })}>
      <header className={css.head}>
        <h2 className={css.subject}>{ticket.subject}</h2>
        <IconButton label={t('close')} icon="close" size="small" onClick={onClose} />
        <p className={css.facts}>
          <span>#{ticket.number}</span>
          <StatusMark status={ticket.status} />
          <PriorityMark priority={ticket.priority} withText />
          <span>{ticket.requester.name}</span>
          <span className={css.hint}>
            {command('list.open')} <CommandKeys id="list.open" />
          </span>
        </p>
      </header>
      {messages.isSuccess ? (
        <Conversation
          key={ticket.number}
          ref={conversation}
          messages={messages.data.messages}
          events={[]}
          outgoing={[]}
          requesterId={ticket.requester.id}
          myId={me.id}
          takesFocus={false}
          onSeen={() => {}}
        />
      ) : messages.isError ? (
        <ErrorState title={problemText(messages.error)} onRetry={() => void messages.refetch()} />
      ) : (
        <LoadingState rows={4} />
      )}
    </aside>
  )
}

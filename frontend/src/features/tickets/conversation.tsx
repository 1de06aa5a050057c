import type { Ref } from 'react'
import { lazy, Suspense, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { useFormatter, useTranslations } from 'use-intl'
import { AttachmentLinks } from '@/features/shared/attachment-links'
import { SignatureView } from '@/features/shared/signature-view'
import { paths } from '@/paths'
import { Avatar } from '@/ui/avatar'
import { Button, IconButton } from '@/ui/button'
import { HtmlView } from '@/ui/html-view'
import { Icon } from '@/ui/icons'
import { Popup } from '@/ui/popup'
import { RelativeTime } from '@/ui/relative-time'
import css from './conversation.module.css'
import type { OutgoingMessage } from './message-outbox'
import { OutgoingMessageView } from './outgoing-message-view'
import type { ScheduledReply } from './scheduled-replies'
import type { Message, TicketEvent } from './ticket-model'
import { useEventText } from './use-event-text'

const ScheduledReplyView = lazy(async () => ({
  default: (await import('./scheduled-reply-view')).ScheduledReplyView,
}))

const AT_END_WITHIN_PX = 32
/** What a colleague writes is not read the moment it appears: a reply sent just then would go over it. */
const READ_AFTER_MS = 2_000

export interface ConversationHandle {
  focus: () => void
  scrollToEnd: () => void
}

export interface ConversationProps {
  ref: Ref<ConversationHandle>
  messages: readonly Message[]
  /** Empty while history is not shown. */
  events: readonly TicketEvent[]
  outgoing: readonly OutgoingMessage[]
  /** Replies that have not gone out. */
  scheduled?: readonly ScheduledReply[]
  requesterId: string
  myId: string
  /** Whoever only peeks goes on where they were. */
  takesFocus?: boolean
  onSeen: (messageId: number) => void
  /** Makes a ticket of a message, or of it and all that follow. */
  onSplit?: ((start: { id: number; onward: boolean }) => void) | undefined
}

type Entry =
  | { at: string; message: Message; event?: never }
  | { at: string; event: TicketEvent; message?: never }

/** Messages and, where asked for, history: oldest first, opened at the newest message. */
export function Conversation({
  ref,
  messages,
  events,
  outgoing,
  scheduled = [],
  requesterId,
  myId,
  takesFocus = true,
  onSeen,
  onSplit,
}: ConversationProps) {
  const t = useTranslations('tickets')
  const scroller = useRef<HTMLElement>(null)
  const newest = useRef<HTMLElement>(null)
  const isAtEnd = useRef(true)
  const newestId = messages.at(-1)?.id
  const [seenId, setSeenId] = useState(newestId)
  const readId = useRef(newestId)
  const unseenCount = messages.filter((message) => message.id > (seenId ?? 0)).length

  const see = () => {
    if (newestId !== undefined) {
      setSeenId(newestId)
      readId.current = newestId
      onSeen(newestId)
    }
  }

  const showEnd = () => {
    const element = scroller.current
    if (element) {
      element.scrollTop = element.scrollHeight
    }
  }

  const scrollToEnd = () => {
    showEnd()
    see()
  }

  useImperativeHandle(ref, () => ({
    focus: () => scroller.current?.focus({ preventScroll: true }),
    scrollToEnd,
  }))

  // A long last message is opened at its beginning.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the conversation is opened
  useLayoutEffect(() => {
    const element = scroller.current
    const last = newest.current
    if (element && last) {
      element.scrollTop = Math.min(element.scrollHeight, last.offsetTop - element.offsetTop - 16)
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < AT_END_WITHIN_PX
    }
    see()
    // Whoever opened the ticket goes on here, unless they already write somewhere.
    const focused = document.activeElement
    if (takesFocus && !(focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement)) {
      element?.focus({ preventScroll: true })
    }
  }, [])

  // A composer that opens takes room from the conversation; its end stays in sight.
  useEffect(() => {
    const element = scroller.current
    if (!element || typeof ResizeObserver === 'undefined') {
      return
    }
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) {
        element.scrollTop = element.scrollHeight
      }
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something was added at the end
  useEffect(() => {
    if (!isAtEnd.current) {
      return
    }
    showEnd()
    setSeenId(newestId)
    const isUnread = messages.some(({ id, author }) => id > (readId.current ?? 0) && author.id !== myId)
    if (!isUnread) {
      see()
      return
    }
    const timer = setTimeout(() => isAtEnd.current && see(), READ_AFTER_MS)
    return () => clearTimeout(timer)
  }, [newestId, outgoing.length, scheduled.length])

  const entries: Entry[] = [
    ...messages.map((message) => ({ at: message.createdAt, message })),
    ...events.map((event) => ({ at: event.occurredAt, event })),
  ].sort((one, other) => Date.parse(one.at) - Date.parse(other.at))

  return (
    <div className={css.frame}>
      <section
        ref={scroller}
        className={css.scroller}
        aria-label={t('conversation')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < AT_END_WITHIN_PX
          if (isAtEnd.current && unseenCount > 0) {
            see()
          }
        }}
      >
        {entries.map((entry) =>
          entry.message ? (
            <MessageView
              key={`message-${entry.message.id}`}
              ref={entry.message.id === newestId ? newest : undefined}
              message={entry.message}
              isRequester={entry.message.author.id === requesterId}
              onSplit={entry.message.fromTicket ? undefined : onSplit}
            />
          ) : (
            <EventView key={`event-${entry.event.id}`} event={entry.event} />
          ),
        )}
        {outgoing.map((message) => (
          <OutgoingMessageView key={message.id} message={message} />
        ))}
        <Suspense>
          {scheduled.map((reply) => (
            <ScheduledReplyView key={reply.id} reply={reply} seenId={newestId} />
          ))}
        </Suspense>
      </section>
      {unseenCount > 0 ? (
        <span className={css.pill}>
          <Button kind="primary" size="small" onClick={scrollToEnd}>
            {t('newMessages', { count: unseenCount })}
          </Button>
        </span>
      ) : null}
    </div>
  )
}

function MessageView({
  ref,
  message,
  isRequester,
  onSplit,
}: {
  ref?: Ref<HTMLElement>
  message: Message
  isRequester: boolean
  onSplit: ConversationProps['onSplit']
}) {
  const t = useTranslations('tickets')
  const format = useFormatter()
  const { author } = message
  const isNote = message.kind === 'INTERNAL_NOTE'
  const side = isNote ? 'note' : author.role === 'CUSTOMER' ? 'customer' : 'staff'
  const when = format.dateTime(new Date(message.createdAt), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <article
      ref={ref}
      className={css.message}
      data-side={side}
      aria-label={t(isNote ? 'noteBy' : 'replyBy', { name: author.name, when })}
    >
      <header className={css.header}>
        <Avatar name={author.name} size={24} />
        <span className={css.author}>{author.name}</span>
        <span className={css.role}>
          {isNote ? (
            <span className={css.noteWord}>
              <Icon name="lock" size={12} />
              {t('internalNote')}
            </span>
          ) : (
            t(isRequester ? 'role.requester' : side === 'customer' ? 'role.customer' : 'role.staff')
          )}
        </span>
        {message.fromTicket ? (
          <Link to={paths.ticket(message.fromTicket)} className={css.from}>
            {t('fromTicket', { number: message.fromTicket })}
          </Link>
        ) : null}
        <span className={css.time}>
          <RelativeTime value={message.createdAt} />
        </span>
        {onSplit ? (
          <MessageMenu name={author.name} onSplit={(onward) => onSplit({ id: message.id, onward })} />
        ) : null}
      </header>
      <HtmlView html={message.bodyHtml} />
      <SignatureView html={message.signatureHtml} />
      <AttachmentLinks attachments={message.attachments} />
    </article>
  )
}

function MessageMenu({ name, onSplit }: { name: string; onSplit: (onward: boolean) => void }) {
  const t = useTranslations('tickets')
  const [isOpen, setOpen] = useState(false)
  const command = (label: string, onward: boolean) => (
    <button
      type="button"
      className={css.command}
      onClick={() => {
        setOpen(false)
        onSplit(onward)
      }}
    >
      {label}
    </button>
  )
  return (
    <Popup
      label={t('messageMenu', { name })}
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<IconButton label={t('messageMenu', { name })} icon="more" size="small" />}
    >
      <div className={css.menu}>
        {command(t('splitThis'), false)}
        {command(t('splitFromHere'), true)}
      </div>
    </Popup>
  )
}

function EventView({ event }: { event: TicketEvent }) {
  const eventText = useEventText()
  return (
    <p className={css.event}>
      <span data-event>{eventText(event)}</span> <RelativeTime value={event.occurredAt} />
    </p>
  )
}

import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCurrentUser } from '@/api/session'
import { Button } from '@/ui/button'
import { Icon } from '@/ui/icons'
import type { ScheduledReply } from './scheduled-replies'
import css from './scheduled-reply-view.module.css'
import { useScheduledReply } from './use-scheduled-reply'
import { useMomentShort } from './use-snooze-text'

/** A reply that has not gone out: its author's, with what can be done to it; a colleague's, as something to know of. */
export function ScheduledReplyView({ reply, seenId }: { reply: ScheduledReply; seenId: number | undefined }) {
  const t = useTranslations('tickets.scheduled')
  const me = useCurrentUser()
  const { content, state } = reply
  const isMine = reply.author.id === me.id
  return (
    <article
      className={css.reply}
      data-state={state}
      aria-label={t(isMine ? 'mine' : 'theirs', { name: reply.author.name })}
    >
      {content ? <p className={css.text}>{content.text}</p> : null}
      {content && content.attachments.length > 0 ? (
        <p className={css.files}>
          <Icon name="paperclip" size={14} />
          {content.attachments.map(({ fileName }) => fileName).join(', ')}
        </p>
      ) : null}
      <div className={css.foot}>
        <WhenText reply={reply} isMine={isMine} />
        {content ? <ScheduledReplyActions reply={reply} seenId={seenId} /> : null}
      </div>
    </article>
  )
}

function WhenText({ reply, isMine }: { reply: ScheduledReply; isMine: boolean }) {
  const t = useTranslations('tickets.scheduled')
  const momentShort = useMomentShort()
  const { name } = reply.author
  if (reply.state === 'RETURNED') {
    return (
      <span className={css.when} role="alert">
        <Icon name="warning" size={16} />
        {t(`returned.${reply.returnedBecause ?? 'REFUSED'}`, { name })}
      </span>
    )
  }
  return (
    <span className={css.when}>
      <Icon name="clock" size={14} />
      {reply.timing === 'HELD' ? (
        isMine ? (
          <Countdown until={reply.sendAt} />
        ) : (
          t('aboutToReply', { name })
        )
      ) : (
        t(isMine ? 'goesOutAt' : 'theirsAt', { name, at: momentShort(new Date(reply.sendAt)) })
      )}
    </span>
  )
}

function Countdown({ until }: { until: string }) {
  const t = useTranslations('tickets.scheduled')
  const left = () => Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1_000))
  const [seconds, setSeconds] = useState(left)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever it goes out at another time
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left()), 250)
    return () => clearInterval(timer)
  }, [until])
  return seconds > 0 ? t('goesOutIn', { seconds }) : t('goesOutNow')
}

export function ScheduledReplyActions({
  reply,
  seenId,
}: {
  reply: ScheduledReply
  seenId: number | undefined
}) {
  const t = useTranslations('tickets.scheduled')
  const me = useCurrentUser()
  const { takeBack, cancel, sendNow } = useScheduledReply()
  if (reply.state === 'WAITING' && reply.timing === 'HELD') {
    return (
      <Button size="small" onClick={() => void takeBack(reply)}>
        {t('undo')}
      </Button>
    )
  }
  const maySend = reply.author.id === me.id && reply.returnedBecause !== 'NOT_ALLOWED'
  return (
    <span className={css.actions}>
      <Button size="small" onClick={() => void takeBack(reply)}>
        {t('edit')}
      </Button>
      {maySend ? (
        <Button size="small" onClick={() => void sendNow(reply, seenId)}>
          {t(reply.state === 'RETURNED' ? 'sendAnyway' : 'sendNow')}
        </Button>
      ) : null}
      <Button size="small" kind="quiet" onClick={() => void cancel(reply)}>
        {t(reply.state === 'RETURNED' ? 'discard' : 'cancel')}
      </Button>
    </span>
  )
}

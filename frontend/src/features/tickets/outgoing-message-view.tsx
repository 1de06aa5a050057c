import { useTranslations } from 'use-intl'
import { isProblem } from '@/api/problem'
import { Button } from '@/ui/button'
import { Icon } from '@/ui/icons'
import type { OutgoingMessage } from './message-outbox'
import css from './outgoing-message-view.module.css'
import { useTicketDesk } from './ticket-desk'

/** A message on its way, or one that did not get there and waits for its author. */
export function OutgoingMessageView({ message }: { message: OutgoingMessage }) {
  const t = useTranslations('tickets')
  const desk = useTicketDesk()
  const { state } = message
  return (
    <article
      className={css.message}
      data-kind={message.kind}
      data-state={state.kind}
      aria-label={t(message.kind === 'note' ? 'outgoing.note' : 'outgoing.reply')}
    >
      <p className={css.text}>{message.text}</p>
      {message.attachments.length > 0 ? (
        <p className={css.attachments}>
          <Icon name="paperclip" size={14} />
          {message.attachments.map((attachment) => attachment.fileName).join(', ')}
        </p>
      ) : null}
      {state.kind === 'sending' ? (
        <p className={css.state} role="status">
          {t('outgoing.sending')}
        </p>
      ) : (
        <div className={css.failed} role="alert">
          <Icon name="warning" size={16} />
          <span className={css.why}>
            {t(
              isProblem(state.error) && state.error.kind === 'refused'
                ? 'outgoing.refused'
                : 'outgoing.failed',
            )}
          </span>
          <Button size="small" onClick={() => desk.outbox.retry(message.id)}>
            {t('retry')}
          </Button>
          <Button
            size="small"
            kind="quiet"
            onClick={() => {
              const taken = desk.outbox.takeBack(message.id)
              if (taken) {
                desk.giveBack(taken, false)
              }
            }}
          >
            {t('outgoing.edit')}
          </Button>
        </div>
      )}
    </article>
  )
}

import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/ui/button'
import { Checkbox, SelectField, TextField } from '@/ui/field'
import { Notice } from '@/ui/notice'
import { QuickDialog } from '@/ui/quick-dialog'
import { LoadingState } from '@/ui/states'
import { ticketMessages } from './queries'
import css from './split-dialog.module.css'
import type { Message, Ticket } from './ticket-model'
import { useRelations } from './use-relations'

const EXCERPT_LENGTH = 140

export interface SplitDialogProps {
  ticket: Ticket
  /** Picked to begin with; without it the customer's last word. */
  start?: { id: number; onward: boolean } | undefined
  onClose: () => void
  onSplit: (made: number) => void
}

/** Which messages become a ticket of their own, what it is called and who asked. */
export function SplitDialog(props: SplitDialogProps) {
  const t = useTranslations('relations')
  const { data } = useQuery({ ...ticketMessages(props.ticket.number), refetchInterval: false })
  return (
    <QuickDialog
      title={t('split.title', { number: props.ticket.number })}
      onClose={props.onClose}
      size="wide"
    >
      {data ? (
        <SplitForm {...props} messages={data.messages.filter(({ fromTicket }) => !fromTicket)} />
      ) : (
        <LoadingState rows={4} />
      )}
    </QuickDialog>
  )
}

function SplitForm({
  ticket,
  start,
  messages,
  onClose,
  onSplit,
}: SplitDialogProps & { messages: readonly Message[] }) {
  const t = useTranslations('relations')
  const ui = useTranslations('common.ui')
  const { split } = useRelations()
  const [picked, setPicked] = useState(() => startingWith(messages, start))
  const [subject, setSubject] = useState(ticket.subject)
  const [requesterId, setRequesterId] = useState(ticket.requester.id)
  const [error, setError] = useState<'none' | 'all' | 'subject'>()

  const customers = new Map([[ticket.requester.id, ticket.requester.name]])
  for (const { author } of messages) {
    if (author.role === 'CUSTOMER') customers.set(author.id, author.name)
  }
  const mayBeReadBy =
    requesterId !== ticket.requester.id ||
    messages.some(
      ({ id, kind, author }) =>
        picked.has(id) && kind === 'PUBLIC_REPLY' && author.role === 'CUSTOMER' && author.id !== requesterId,
    )

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const refusal =
      picked.size === 0
        ? 'none'
        : picked.size === messages.length
          ? 'all'
          : subject.trim() === ''
            ? 'subject'
            : undefined
    setError(refusal)
    if (!refusal) {
      onClose()
      void split(ticket.number, {
        messageIds: messages.map(({ id }) => id).filter((id) => picked.has(id)),
        subject: subject.trim(),
        requesterId: requesterId === ticket.requester.id ? undefined : requesterId,
      }).then((made) => made && onSplit(made.number))
    }
  }

  const toggle = (id: number) => {
    const next = new Set(picked)
    if (!next.delete(id)) next.add(id)
    setPicked(next)
  }

  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <TextField
        label={t('split.subject')}
        value={subject}
        maxLength={255}
        error={error === 'subject' ? t('split.noSubject') : undefined}
        onChange={(event) => setSubject(event.target.value)}
      />
      <fieldset className={css.messages}>
        <legend>{t('split.messages')}</legend>
        {messages.map((message) => (
          <Checkbox
            key={message.id}
            label={`${message.author.name}: ${message.bodyMarkdown.replace(/\s+/g, ' ').slice(0, EXCERPT_LENGTH)}`}
            hint={message.kind === 'INTERNAL_NOTE' ? t('split.note') : undefined}
            checked={picked.has(message.id)}
            onChange={() => toggle(message.id)}
          />
        ))}
      </fieldset>
      {error === 'none' || error === 'all' ? <Notice tone="danger">{t(`split.${error}`)}</Notice> : null}
      {customers.size > 1 ? (
        <SelectField
          label={t('split.requester')}
          value={requesterId}
          options={[...customers].map(([value, label]) => ({ value, label }))}
          onChange={setRequesterId}
        />
      ) : null}
      {mayBeReadBy ? (
        <Notice tone="warning">{t('split.readBy', { name: customers.get(requesterId) ?? '' })}</Notice>
      ) : null}
      <div className={css.actions}>
        <Button onClick={onClose}>{ui('cancel')}</Button>
        <Button kind="primary" type="submit">
          {t('split.do', { count: picked.size })}
        </Button>
      </div>
    </form>
  )
}

function startingWith(messages: readonly Message[], start: SplitDialogProps['start']): ReadonlySet<number> {
  if (start) {
    return new Set(
      messages.map(({ id }) => id).filter((id) => (start.onward ? id >= start.id : id === start.id)),
    )
  }
  const last = messages.findLast(({ author }) => author.role === 'CUSTOMER') ?? messages.at(-1)
  return new Set(last ? [last.id] : [])
}

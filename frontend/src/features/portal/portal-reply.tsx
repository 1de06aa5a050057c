import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { replyAsCustomer } from '@/api/generated/sdk.gen'
import type { Attachment, PortalTicket } from '@/api/generated/types.gen'
import { newIdempotencyKey } from '@/api/idempotency'
import { useCurrentUser } from '@/api/session'
import { useProblemText } from '@/api/use-problem-text'
import { AttachFilesButton, AttachmentDropZone, AttachmentList } from '@/features/shared/attachment-field'
import { useAttachments } from '@/features/shared/use-attachments'
import { useDraft } from '@/lib/use-draft'
import { Avatar } from '@/ui/avatar'
import { Button } from '@/ui/button'
import { TextArea } from '@/ui/field'
import { Notice } from '@/ui/notice'
import styles from './portal-ticket-page.module.css'
import { portalTicketQuery, portalTicketsKey } from './queries'

const BODY_MAX = 50_000

interface Unsent {
  body: string
  attachments: readonly Attachment[]
  idempotencyKey: string
}

interface ReplyDraft {
  body: string
  /** On its way, or refused: shown in the conversation and kept until the server has it. */
  unsent: Unsent | null
}

const EMPTY: ReplyDraft = { body: '', unsent: null }

export function PortalReply({ ticket }: { ticket: PortalTicket }) {
  const t = useTranslations('portal.reply')
  const me = useCurrentUser()
  const queryClient = useQueryClient()
  const problemText = useProblemText()
  const [draft, changeDraft] = useDraft(`${me.id}.reply.${ticket.number}`, EMPTY)
  const attachments = useAttachments()

  const sending = useMutation({
    mutationFn: (unsent: Unsent) =>
      replyAsCustomer({
        path: { number: ticket.number },
        body: {
          body: unsent.body,
          attachmentIds: unsent.attachments.map((attachment) => attachment.id),
          lastSeenMessageId: ticket.messages.at(-1)?.id,
        },
        headers: { 'Idempotency-Key': unsent.idempotencyKey },
        throwOnError: true,
      }),
    onSuccess: async ({ data }) => {
      const { queryKey } = portalTicketQuery(ticket.number)
      queryClient.setQueryData(queryKey, (before) =>
        before && !before.messages.some((message) => message.id === data.id)
          ? { ...before, messages: [...before.messages, data] }
          : before,
      )
      changeDraft({ unsent: null })
      await Promise.all([
        queryClient.invalidateQueries({ queryKey }),
        queryClient.invalidateQueries({ queryKey: portalTicketsKey }),
      ])
    },
  })

  function send() {
    if (draft.body.trim() === '' || attachments.attachmentIds === null || draft.unsent) return
    const unsent = { body: draft.body, attachments: attachments.done, idempotencyKey: newIdempotencyKey() }
    changeDraft({ body: '', unsent })
    attachments.clear()
    sending.mutate(unsent)
  }

  return (
    <>
      {draft.unsent ? (
        <UnsentMessage
          unsent={draft.unsent}
          author={me.name}
          isSending={sending.isPending}
          problem={sending.isError ? problemText(sending.error) : undefined}
          onRetry={() => draft.unsent && sending.mutate(draft.unsent)}
          onEdit={() => {
            const text = [draft.unsent?.body, draft.body].filter(Boolean).join('\n\n')
            attachments.restore(draft.unsent?.attachments ?? [])
            changeDraft({ body: text, unsent: null })
            sending.reset()
          }}
        />
      ) : null}
      <form
        className={styles.reply}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <AttachmentDropZone attachments={attachments}>
          <TextArea
            label={t('label')}
            rows={4}
            maxLength={BODY_MAX}
            value={draft.body}
            hint={ticket.status === 'SOLVED' ? t('reopens') : undefined}
            onChange={(event) => changeDraft({ body: event.target.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
              event.preventDefault()
              send()
            }}
          />
          <AttachmentList attachments={attachments} />
        </AttachmentDropZone>
        <footer className={styles.actions}>
          <AttachFilesButton attachments={attachments} />
          <Button
            kind="primary"
            type="submit"
            icon="send"
            disabled={draft.body.trim() === ''}
            busy={attachments.attachmentIds === null || draft.unsent !== null}
          >
            {t('send')}
          </Button>
        </footer>
      </form>
    </>
  )
}

interface UnsentMessageProps {
  unsent: Unsent
  author: string
  isSending: boolean
  problem: string | undefined
  onRetry: () => void
  onEdit: () => void
}

function UnsentMessage({ unsent, author, isSending, problem, onRetry, onEdit }: UnsentMessageProps) {
  const t = useTranslations('portal.reply')
  const ui = useTranslations('common.ui')
  return (
    <section className={`${styles.message} ${styles.unsent}`}>
      <header className={styles.author}>
        <Avatar name={author} />
        <strong>{t('you')}</strong>
        {isSending ? (
          <span role="status" className={styles.sending}>
            {t('sending')}
          </span>
        ) : null}
      </header>
      <p className={styles.unsentText}>{unsent.body}</p>
      {unsent.attachments.map((attachment) => (
        <p key={attachment.id} className={styles.sending}>
          {attachment.fileName}
        </p>
      ))}
      {isSending ? null : (
        <>
          <Notice tone="danger">{problem ?? t('notSent')}</Notice>
          <div className={styles.unsentActions}>
            <Button size="small" icon="refresh" onClick={onRetry}>
              {ui('retry')}
            </Button>
            <Button size="small" icon="pencil" onClick={onEdit}>
              {t('edit')}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

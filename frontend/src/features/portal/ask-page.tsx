import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Link, useNavigate } from 'react-router'
import { useTranslations } from 'use-intl'
import { askForHelp } from '@/api/generated/sdk.gen'
import type { Attachment } from '@/api/generated/types.gen'
import { useIdempotencyKey } from '@/api/idempotency'
import { useCurrentUser } from '@/api/session'
import { useFieldProblems, useProblemText } from '@/api/use-problem-text'
import {
  AttachFilesButton,
  AttachmentDropZone,
  AttachmentHint,
  AttachmentList,
} from '@/features/shared/attachment-field'
import { useAttachments } from '@/features/shared/use-attachments'
import { useDraft } from '@/lib/use-draft'
import { usePageTitle } from '@/lib/use-page-title'
import { paths } from '@/paths'
import { Button, buttonClass } from '@/ui/button'
import { TextArea, TextField } from '@/ui/field'
import { Notice } from '@/ui/notice'
import { addToast } from '@/ui/toast'
import styles from './ask-page.module.css'
import { portalTicketQuery, portalTicketsKey } from './queries'

const SUBJECT_MAX = 255
const BODY_MAX = 50_000

interface AskDraft {
  subject: string
  body: string
  attachments: readonly Attachment[]
}

const EMPTY: AskDraft = { subject: '', body: '', attachments: [] }

export default function AskPage() {
  const t = useTranslations('portal.ask')
  const ui = useTranslations('common.ui')
  const me = useCurrentUser()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const problemText = useProblemText()
  const [draft, changeDraft, clearDraft] = useDraft(`${me.id}.ask`, EMPTY)
  const attachments = useAttachments(draft.attachments)
  const idempotency = useIdempotencyKey()
  usePageTitle(t('title'))
  useKeepInDraft(attachments.done, (done) => changeDraft({ attachments: done }))

  const sending = useMutation({
    mutationFn: (attachmentIds: string[]) => {
      const body = { subject: draft.subject.trim(), body: draft.body, attachmentIds }
      return askForHelp({
        body,
        headers: { 'Idempotency-Key': idempotency.keyFor(body) },
        throwOnError: true,
      })
    },
    onSuccess: ({ data }) => {
      idempotency.done()
      clearDraft()
      queryClient.setQueryData(portalTicketQuery(data.number).queryKey, data)
      void queryClient.invalidateQueries({ queryKey: portalTicketsKey })
      addToast({ text: t('sent', { number: data.number }) })
      void navigate(paths.portalTicket(data.number), { replace: true })
    },
  })
  const fieldProblem = useFieldProblems(sending.error)

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (attachments.attachmentIds && !sending.isPending) sending.mutate(attachments.attachmentIds)
      }}
    >
      <header>
        <h1>{t('title')}</h1>
        <p className={styles.intro}>{t('intro')}</p>
      </header>
      <AttachmentDropZone attachments={attachments}>
        <TextField
          label={t('subject')}
          hint={t('subjectHint')}
          required
          maxLength={SUBJECT_MAX}
          value={draft.subject}
          onChange={(event) => changeDraft({ subject: event.target.value })}
          error={fieldProblem('subject')}
        />
        <TextArea
          label={t('message')}
          rows={9}
          required
          maxLength={BODY_MAX}
          value={draft.body}
          onChange={(event) => changeDraft({ body: event.target.value })}
          error={fieldProblem('body')}
        />
        <AttachmentList attachments={attachments} />
        <div className={styles.attach}>
          <AttachFilesButton attachments={attachments} />
          <p className={styles.hint}>
            <AttachmentHint />
          </p>
        </div>
      </AttachmentDropZone>
      {sending.isError ? <Notice tone="danger">{problemText(sending.error)}</Notice> : null}
      <footer className={styles.actions}>
        <Link to={paths.portal} className={buttonClass('quiet')}>
          {ui('cancel')}
        </Link>
        <Button
          kind="primary"
          type="submit"
          icon="send"
          busy={sending.isPending || attachments.attachmentIds === null}
        >
          {t('send')}
        </Button>
      </footer>
    </form>
  )
}

/** Uploaded files belong to the draft: after a reload they are still attached. */
function useKeepInDraft(done: readonly Attachment[], keep: (done: readonly Attachment[]) => void) {
  const ids = done.map((attachment) => attachment.id).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the set of files is worth storing.
  useEffect(() => keep(done), [ids])
}

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ifMatch } from '@/api/client'
import { addSavedReply, changeSavedReply } from '@/api/generated/sdk.gen'
import type { SavedReply } from '@/api/generated/types.gen'
import { useFieldProblems } from '@/api/use-problem-text'
import { FormDialog } from '@/features/shared/form-dialog'
import { useAdministration, useIsAdministrator } from '@/features/shared/use-administration'
import { TextField } from '@/ui/field'
import { MessageTextField, useTextProblem } from './message-text-field'
import { onTicketsKeys, savedRepliesKey } from './queries'
import { type Sharing, SharingFields, sharingOf } from './sharing-fields'

interface SavedReplyDialogProps {
  reply: SavedReply | null
  onClose: () => void
}

export function SavedReplyDialog({ reply, onClose }: SavedReplyDialogProps) {
  const t = useTranslations('replies.savedReplies')
  const form = useTranslations('replies.form')
  const ui = useTranslations('common.ui')
  const isAdministrator = useIsAdministrator()
  const [name, setName] = useState(reply?.name ?? '')
  const [text, setText] = useState(reply?.text ?? '')
  const [sharing, setSharing] = useState<Sharing>({
    visibility: reply?.visibility ?? (isAdministrator ? 'EVERYONE' : 'PRIVATE'),
    teamIds: reply?.teams.map(({ id }) => id) ?? [],
  })
  const change = useAdministration({
    change: () => {
      const body = { name: name.trim(), ...sharingOf(sharing), text }
      if (!reply) return addSavedReply({ body, throwOnError: true })
      const headers = { 'If-Match': ifMatch(reply.version) }
      return changeSavedReply({ path: { id: reply.id }, body, headers, throwOnError: true })
    },
    lists: [savedRepliesKey, ...onTicketsKeys],
    done: ui('saved'),
    onDone: onClose,
  })
  const fieldProblem = useFieldProblems(change.error)
  const textProblem = useTextProblem()
  return (
    <FormDialog
      title={reply ? t('editTitle', { name: reply.name }) : t('createTitle')}
      submitLabel={reply ? ui('save') : t('create')}
      size="wide"
      change={change}
      onClose={onClose}
    >
      <TextField
        label={form('name')}
        required
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={fieldProblem('name')}
      />
      <SharingFields
        value={sharing}
        onChange={setSharing}
        error={fieldProblem('teamIds') && form('chooseTeam')}
      />
      <MessageTextField
        value={text}
        onChange={setText}
        error={textProblem(change.error) ?? fieldProblem('text')}
      />
    </FormDialog>
  )
}

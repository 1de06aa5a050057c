import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { changeTeamSignature, getTeamSignature } from '@/api/generated/sdk.gen'
import type { TeamResponse } from '@/api/generated/types.gen'
import { useFieldProblems } from '@/api/use-problem-text'
import { FormDialog } from '@/features/shared/form-dialog'
import { SignatureField } from '@/features/shared/signature-field'
import { useAdministration } from '@/features/shared/use-administration'
import { teamsKey } from './queries'

interface TeamSignatureDialogProps {
  team: TeamResponse
  onClose: () => void
}

/** What stands below the replies on a team's tickets. */
export function TeamSignatureDialog({ team, onClose }: TeamSignatureDialogProps) {
  const { data } = useQuery({
    queryKey: ['team-signature', team.id],
    queryFn: async ({ signal }) =>
      (await getTeamSignature({ path: { id: team.id }, signal, throwOnError: true })).data.text,
    // What somebody else has changed meanwhile is not to be written over unseen.
    gcTime: 0,
  })
  return data === undefined ? null : <SignatureDialog team={team} kept={data} onClose={onClose} />
}

function SignatureDialog({ team, kept, onClose }: TeamSignatureDialogProps & { kept: string }) {
  const t = useTranslations('administration.teams')
  const ui = useTranslations('common.ui')
  const [text, setText] = useState(kept)
  const change = useAdministration({
    change: () =>
      changeTeamSignature({ path: { id: team.id }, body: { text: text.trim() }, throwOnError: true }),
    lists: [teamsKey, ['tickets', 'signature']],
    done: ui('saved'),
    onDone: onClose,
  })
  const fieldProblem = useFieldProblems(change.error)
  return (
    <FormDialog
      title={t('signatureTitle', { name: team.name })}
      submitLabel={ui('save')}
      change={change}
      onClose={onClose}
    >
      <SignatureField
        hint={t('signatureHint')}
        value={text}
        onChange={setText}
        error={fieldProblem('text')}
      />
    </FormDialog>
  )
}

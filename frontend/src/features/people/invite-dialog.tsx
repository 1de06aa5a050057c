import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { invite } from '@/api/generated/sdk.gen'
import { useFieldProblems } from '@/api/use-problem-text'
import { FormDialog } from '@/features/shared/form-dialog'
import { useAdministration } from '@/features/shared/use-administration'
import { SelectField, TextField } from '@/ui/field'
import { peopleKey, teamsKey } from './queries'
import { TeamChoices } from './team-choices'

const STAFF_ROLES = ['AGENT', 'ADMINISTRATOR'] as const

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('administration.people')
  const roles = useTranslations('common.roles')
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<(typeof STAFF_ROLES)[number]>('AGENT')
  const [teamIds, setTeamIds] = useState<string[]>([])
  const change = useAdministration({
    change: () =>
      invite({ body: { email: email.trim(), name: name.trim(), role, teamIds }, throwOnError: true }),
    lists: [peopleKey, teamsKey],
    done: t('invitationSent', { email: email.trim() }),
    onDone: onClose,
  })
  const fieldProblem = useFieldProblems(change.error)
  return (
    <FormDialog
      title={t('invite')}
      description={t('inviteText')}
      submitLabel={t('sendInvitation')}
      change={change}
      onClose={onClose}
    >
      <TextField
        label={t('email')}
        type="email"
        required
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={fieldProblem('email')}
      />
      <TextField
        label={t('name')}
        required
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={fieldProblem('name')}
      />
      <SelectField
        label={t('role')}
        value={role}
        options={STAFF_ROLES.map((value) => ({ value, label: roles(value) }))}
        onChange={setRole}
      />
      <TeamChoices chosen={teamIds} onChange={setTeamIds} />
    </FormDialog>
  )
}

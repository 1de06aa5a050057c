import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ifMatch } from '@/api/client'
import {
  changeRole,
  changeTeamsOfPerson,
  deactivatePerson,
  reactivatePerson,
  resendInvitation,
  updatePerson,
} from '@/api/generated/sdk.gen'
import type { PersonResponse, Role } from '@/api/generated/types.gen'
import { useFieldProblems, useProblemText } from '@/api/use-problem-text'
import { FormDialog } from '@/features/shared/form-dialog'
import { useAdministration } from '@/features/shared/use-administration'
import { isLocale, type Locale } from '@/lib/i18n'
import { ConfirmDialog } from '@/ui/dialog'
import { SelectField, TextField } from '@/ui/field'
import { OrganisationField } from './organisation-field'
import { organisationsKey, peopleKey, teamsKey } from './queries'
import { TeamChoices } from './team-choices'

export type PersonAct = 'edit' | 'role' | 'teams' | 'resend' | 'deactivate' | 'reactivate'

interface PersonDialogProps {
  person: PersonResponse
  onClose: () => void
}

export function PersonDialog({ act, ...props }: PersonDialogProps & { act: PersonAct }) {
  switch (act) {
    case 'edit':
      return <EditDialog {...props} />
    case 'role':
      return <RoleDialog {...props} />
    case 'teams':
      return <TeamsDialog {...props} />
    case 'resend':
    case 'deactivate':
    case 'reactivate':
      return <ConfirmActDialog act={act} {...props} />
  }
}

const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
] as const satisfies readonly { value: Locale; label: string }[]

function EditDialog({ person, onClose }: PersonDialogProps) {
  const t = useTranslations('administration.people')
  const ui = useTranslations('common.ui')
  const [name, setName] = useState(person.name)
  const [organisation, setOrganisation] = useState(person.organisation ?? null)
  const [locale, setLocale] = useState<Locale>(isLocale(person.locale) ? person.locale : 'en')
  const change = useAdministration({
    change: () =>
      updatePerson({
        path: { id: person.id },
        body: { name: name.trim(), organisationId: organisation?.id, locale },
        headers: { 'If-Match': ifMatch(person.version) },
        throwOnError: true,
      }),
    lists: [peopleKey, organisationsKey],
    done: ui('saved'),
    onDone: onClose,
  })
  const fieldProblem = useFieldProblems(change.error)
  return (
    <FormDialog
      title={t('editTitle', { name: person.name })}
      submitLabel={ui('save')}
      change={change}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        required
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={fieldProblem('name')}
      />
      {person.role === 'CUSTOMER' ? (
        <OrganisationField value={organisation} onChange={setOrganisation} />
      ) : null}
      <SelectField label={t('language')} options={LANGUAGES} value={locale} onChange={setLocale} />
    </FormDialog>
  )
}

const ROLES = ['CUSTOMER', 'AGENT', 'ADMINISTRATOR'] as const satisfies readonly Role[]

function RoleDialog({ person, onClose }: PersonDialogProps) {
  const t = useTranslations('administration.people')
  const ui = useTranslations('common.ui')
  const roles = useTranslations('common.roles')
  const [role, setRole] = useState<Role>(person.role)
  const change = useAdministration({
    change: () => changeRole({ path: { id: person.id }, body: { role }, throwOnError: true }),
    lists: [peopleKey, teamsKey],
    done: t('roleChanged', { name: person.name, role: roles(role) }),
    onDone: onClose,
  })
  return (
    <FormDialog
      title={t('roleTitle', { name: person.name })}
      description={t('roleText')}
      submitLabel={ui('save')}
      change={change}
      onClose={onClose}
    >
      <SelectField
        label={t('role')}
        value={role}
        options={ROLES.map((value) => ({ value, label: roles(value) }))}
        onChange={setRole}
      />
    </FormDialog>
  )
}

function TeamsDialog({ person, onClose }: PersonDialogProps) {
  const t = useTranslations('administration.people')
  const ui = useTranslations('common.ui')
  const [teamIds, setTeamIds] = useState(() => person.teams.map((team) => team.id))
  const change = useAdministration({
    change: () => changeTeamsOfPerson({ path: { id: person.id }, body: { teamIds }, throwOnError: true }),
    lists: [peopleKey, teamsKey],
    done: ui('saved'),
    onDone: onClose,
  })
  return (
    <FormDialog
      title={t('teamsTitle', { name: person.name })}
      submitLabel={ui('save')}
      change={change}
      onClose={onClose}
    >
      <TeamChoices chosen={teamIds} onChange={setTeamIds} />
    </FormDialog>
  )
}

const CHANGES = {
  resend: (id: string) => resendInvitation({ path: { personId: id }, throwOnError: true }),
  deactivate: (id: string) => deactivatePerson({ path: { id }, throwOnError: true }),
  reactivate: (id: string) => reactivatePerson({ path: { id }, throwOnError: true }),
}

function ConfirmActDialog({ act, person, onClose }: PersonDialogProps & { act: keyof typeof CHANGES }) {
  const t = useTranslations('administration.people')
  const problemText = useProblemText()
  const change = useAdministration({
    change: () => CHANGES[act](person.id),
    lists: [peopleKey, teamsKey],
    done: t(`confirm.${act}.done`, { name: person.name }),
    onDone: onClose,
  })
  return (
    <ConfirmDialog
      title={t(`confirm.${act}.title`, { name: person.name })}
      description={t(`confirm.${act}.text`)}
      confirmLabel={t(`act.${act}`)}
      dangerous={act === 'deactivate'}
      open
      busy={change.isPending}
      error={change.isError ? problemText(change.error) : undefined}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    />
  )
}

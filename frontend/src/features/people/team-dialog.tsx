import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ifMatch } from '@/api/client'
import {
  addTeam,
  addTeamMember,
  deleteTeam,
  makeTeamDefault,
  removeTeamMember,
  updateTeam,
} from '@/api/generated/sdk.gen'
import type { TeamResponse } from '@/api/generated/types.gen'
import { useFieldProblems, useProblemText } from '@/api/use-problem-text'
import { FormDialog } from '@/features/shared/form-dialog'
import styles from '@/features/shared/list-page.module.css'
import { useAdministration } from '@/features/shared/use-administration'
import { useDebounced } from '@/lib/use-debounced'
import { Avatar } from '@/ui/avatar'
import { Button, IconButton } from '@/ui/button'
import { Combobox } from '@/ui/combobox'
import { ConfirmDialog, Dialog } from '@/ui/dialog'
import { TextArea, TextField } from '@/ui/field'
import { Notice } from '@/ui/notice'
import { peopleKey, staffQuery, teamsKey } from './queries'
import { TeamSignatureDialog } from './team-signature-dialog'

export type TeamAct = 'create' | 'edit' | 'members' | 'signature' | 'makeDefault' | 'delete'

interface TeamDialogProps {
  act: TeamAct
  team: TeamResponse | null
  onClose: () => void
}

export function TeamDialog({ act, team, onClose }: TeamDialogProps) {
  if (act === 'create') return <WriteDialog team={null} onClose={onClose} />
  // Deleted by somebody else while the dialog was open.
  if (!team) return null
  switch (act) {
    case 'edit':
      return <WriteDialog team={team} onClose={onClose} />
    case 'members':
      return <MembersDialog team={team} onClose={onClose} />
    case 'signature':
      return <TeamSignatureDialog team={team} onClose={onClose} />
    case 'makeDefault':
    case 'delete':
      return <ConfirmActDialog act={act} team={team} onClose={onClose} />
  }
}

function WriteDialog({ team, onClose }: { team: TeamResponse | null; onClose: () => void }) {
  const t = useTranslations('administration.teams')
  const ui = useTranslations('common.ui')
  const [name, setName] = useState(team?.name ?? '')
  const [description, setDescription] = useState(team?.description ?? '')
  const change = useAdministration({
    change: () => {
      const body = { name: name.trim(), description: description.trim() }
      if (!team) return addTeam({ body, throwOnError: true })
      const headers = { 'If-Match': ifMatch(team.version) }
      return updateTeam({ path: { id: team.id }, body, headers, throwOnError: true })
    },
    lists: [teamsKey, peopleKey],
    done: ui('saved'),
    onDone: onClose,
  })
  const fieldProblem = useFieldProblems(change.error)
  return (
    <FormDialog
      title={team ? t('editTitle', { name: team.name }) : t('act.create')}
      submitLabel={team ? ui('save') : t('create')}
      change={change}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        required
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={fieldProblem('name')}
      />
      <TextArea
        label={t('description')}
        rows={3}
        maxLength={500}
        value={description}
        onChange={(event) => setDescription(event.target.value)}
        error={fieldProblem('description')}
      />
    </FormDialog>
  )
}

function MembersDialog({ team, onClose }: { team: TeamResponse; onClose: () => void }) {
  const t = useTranslations('administration.teams')
  const ui = useTranslations('common.ui')
  const problemText = useProblemText()
  const [text, setText] = useState('')
  const { data: found } = useQuery(staffQuery(useDebounced(text.trim())))
  const change = useAdministration({
    change: ({ act, personId }: { act: 'add' | 'remove'; personId: string }) => {
      const path = { id: team.id, personId }
      return act === 'add'
        ? addTeamMember({ path, throwOnError: true })
        : removeTeamMember({ path, throwOnError: true })
    },
    lists: [teamsKey, peopleKey],
    done: ui('saved'),
    onDone: () => {},
  })
  const memberIds = new Set(team.members.map((member) => member.id))
  const choices = (found ?? []).filter((person) => !memberIds.has(person.id))
  return (
    <Dialog
      title={t('membersTitle', { name: team.name })}
      open
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {ui('close')}
        </Button>
      }
    >
      <div className={styles.form}>
        {change.isError ? <Notice tone="danger">{problemText(change.error)}</Notice> : null}
        <Combobox
          // A new one after each choice: empty again, ready for the next.
          key={team.members.length}
          label={t('addMember')}
          placeholder={t('searchStaff')}
          choices={choices.map(({ id, name, email }) => ({ value: id, label: name, detail: email }))}
          value={null}
          onSearch={setText}
          onChange={(choice) => choice && change.mutate({ act: 'add', personId: choice.value })}
        />
        {team.members.length === 0 ? <p className={styles.muted}>{t('noMembers')}</p> : null}
        <ul className={styles.members}>
          {team.members.map((member) => (
            <li key={member.id} className={styles.member}>
              <Avatar name={member.name} size={24} />
              <span>{member.name}</span>
              <IconButton
                label={t('removeMember', { name: member.name })}
                icon="close"
                size="small"
                onClick={() => change.mutate({ act: 'remove', personId: member.id })}
              />
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}

interface ConfirmActDialogProps {
  act: 'makeDefault' | 'delete'
  team: TeamResponse
  onClose: () => void
}

function ConfirmActDialog({ act, team, onClose }: ConfirmActDialogProps) {
  const t = useTranslations('administration.teams')
  const problemText = useProblemText()
  const change = useAdministration({
    change: () =>
      act === 'delete'
        ? deleteTeam({
            path: { id: team.id },
            headers: { 'If-Match': ifMatch(team.version) },
            throwOnError: true,
          })
        : makeTeamDefault({ path: { id: team.id }, throwOnError: true }),
    lists: [teamsKey, peopleKey],
    done: t(`confirm.${act}.done`, { name: team.name }),
    onDone: onClose,
  })
  return (
    <ConfirmDialog
      title={t(`confirm.${act}.title`, { name: team.name })}
      description={t(`confirm.${act}.text`)}
      confirmLabel={t(`act.${act}`)}
      dangerous={act === 'delete'}
      open
      busy={change.isPending}
      error={change.isError ? problemText(change.error) : undefined}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    />
  )
}

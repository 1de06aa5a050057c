import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ifMatch } from '@/api/client'
import { addMacro, changeMacro } from '@/api/generated/sdk.gen'
import type { Macro } from '@/api/generated/types.gen'
import { useFieldProblems } from '@/api/use-problem-text'
import { FormDialog } from '@/features/shared/form-dialog'
import { useAdministration, useIsAdministrator } from '@/features/shared/use-administration'
import { useDebounced } from '@/lib/use-debounced'
import { Combobox } from '@/ui/combobox'
import { SelectField, TextField } from '@/ui/field'
import { Notice } from '@/ui/notice'
import css from './kept-list.module.css'
import { type ActionsForm, actionsOf, formOf, PRIORITIES, STATUSES } from './macro-form'
import { MessageTextField, useTextProblem } from './message-text-field'
import { macrosKey, onTicketsKeys, staffQuery, teamsQuery } from './queries'
import { type Sharing, SharingFields, sharingOf } from './sharing-fields'

const HOURS_MAX = 24 * 365

interface MacroFormDialogProps {
  macro: Macro | null
  onClose: () => void
}

export function MacroFormDialog({ macro, onClose }: MacroFormDialogProps) {
  const t = useTranslations('replies.macros')
  const form = useTranslations('replies.form')
  const ui = useTranslations('common.ui')
  const isAdministrator = useIsAdministrator()
  const [name, setName] = useState(macro?.name ?? '')
  const [sharing, setSharing] = useState<Sharing>({
    visibility: macro?.visibility ?? (isAdministrator ? 'EVERYONE' : 'PRIVATE'),
    teamIds: macro?.teams.map(({ id }) => id) ?? [],
  })
  const [actions, setActions] = useState(() => formOf(macro))
  const change = useAdministration({
    change: () => {
      const body = { name: name.trim(), ...sharingOf(sharing), actions: actionsOf(actions) }
      if (!macro) return addMacro({ body, throwOnError: true })
      const headers = { 'If-Match': ifMatch(macro.version) }
      return changeMacro({ path: { id: macro.id }, body, headers, throwOnError: true })
    },
    lists: [macrosKey, ...onTicketsKeys],
    done: ui('saved'),
    onDone: onClose,
  })
  const fieldProblem = useFieldProblems(change.error)
  return (
    <FormDialog
      title={macro ? t('editTitle', { name: macro.name }) : t('createTitle')}
      submitLabel={macro ? ui('save') : t('create')}
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
      {fieldProblem('actions') ? <Notice tone="danger">{form('noActions')}</Notice> : null}
      <ActionFields value={actions} onChange={setActions} error={change.error} />
    </FormDialog>
  )
}

interface ActionFieldsProps {
  value: ActionsForm
  onChange: (value: ActionsForm) => void
  error: unknown
}

function ActionFields({ value, onChange, error }: ActionFieldsProps) {
  const t = useTranslations('replies.form')
  const words = useTranslations('tickets')
  const fieldProblem = useFieldProblems(error)
  const textProblem = useTextProblem()
  const teams = useQuery(teamsQuery())
  const [staffText, setStaffText] = useState('')
  const staff = useQuery({
    ...staffQuery(useDebounced(staffText.trim())),
    enabled: value.assignee === 'PERSON',
  })
  const leave = { value: '' as const, label: t('leave') }
  const set = (part: Partial<ActionsForm>) => onChange({ ...value, ...part })
  const tagsWrong = fieldProblem('tags') || fieldProblem('actions.removeTags') ? t('tagsWrong') : undefined
  // A team that is gone stays to be seen, until another is chosen.
  const teamOptions = [...(teams.data ?? []).map((team) => ({ value: team.id, label: team.name }))]
  return (
    <fieldset className={css.actions}>
      <legend>{t('actions')}</legend>
      <div className={css.pair}>
        <SelectField
          label={t('status')}
          value={value.status}
          options={[leave, ...STATUSES.map((each) => ({ value: each, label: words(`status.${each}`) }))]}
          onChange={(status) => set({ status })}
        />
        <SelectField
          label={t('priority')}
          value={value.priority}
          options={[leave, ...PRIORITIES.map((each) => ({ value: each, label: words(`priority.${each}`) }))]}
          onChange={(priority) => set({ priority })}
        />
        <SelectField<string>
          label={t('team')}
          value={value.teamId}
          options={[leave, ...teamOptions]}
          onChange={(teamId) => set({ teamId })}
          error={fieldProblem('actions.teamId')}
        />
        <SelectField
          label={t('assignee')}
          value={value.assignee}
          options={[
            leave,
            { value: 'ME', label: t('assigneeMe') },
            { value: 'NOBODY', label: t('assigneeNobody') },
            { value: 'PERSON', label: t('assigneePerson') },
          ]}
          onChange={(assignee) => set({ assignee })}
        />
      </div>
      {value.assignee === 'PERSON' ? (
        <Combobox
          label={t('person')}
          choices={(staff.data ?? []).map(({ id, name, email }) => ({
            value: id,
            label: name,
            detail: email,
          }))}
          value={value.person && { value: value.person.id, label: value.person.name }}
          onSearch={setStaffText}
          onChange={(choice) => set({ person: choice && { id: choice.value, name: choice.label } })}
          error={fieldProblem('actions.assignee.personId') && t('personMissing')}
        />
      ) : null}
      <div className={css.pair}>
        <TextField
          label={t('addTags')}
          hint={t('tagsHint')}
          maxLength={1000}
          value={value.addTags}
          onChange={(event) => set({ addTags: event.target.value })}
          error={tagsWrong}
        />
        <TextField
          label={t('removeTags')}
          hint={t('tagsHint')}
          maxLength={1000}
          value={value.removeTags}
          onChange={(event) => set({ removeTags: event.target.value })}
        />
        <SelectField
          label={t('due')}
          value={value.due}
          options={[leave, { value: 'SET', label: t('dueSet') }, { value: 'REMOVE', label: t('dueRemove') }]}
          onChange={(due) => set({ due })}
        />
        {value.due === 'SET' ? (
          <TextField
            label={t('dueHours')}
            type="number"
            required
            min={1}
            max={HOURS_MAX}
            value={value.dueHours}
            onChange={(event) => set({ dueHours: event.target.value })}
            error={fieldProblem('actions.dueDate.inHours')}
          />
        ) : null}
      </div>
      <SelectField
        label={t('message')}
        value={value.message}
        options={[
          { value: '', label: t('messageNone') },
          { value: 'REPLY', label: t('REPLY') },
          { value: 'NOTE', label: t('NOTE') },
        ]}
        onChange={(message) => set({ message })}
      />
      {value.message === '' ? null : (
        <MessageTextField
          value={value.text}
          onChange={(text) => set({ text })}
          error={textProblem(error) ?? fieldProblem('actions.message.text')}
        />
      )}
    </fieldset>
  )
}

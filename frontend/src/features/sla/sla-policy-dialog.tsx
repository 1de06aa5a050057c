import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { ifMatch } from '@/api/client'
import { addSlaPolicy, changeSlaPolicy } from '@/api/generated/sdk.gen'
import type { SlaEscalation, SlaPolicy, SlaRules } from '@/api/generated/types.gen'
import { useFieldProblems, useProblemText } from '@/api/use-problem-text'
import { FormDialog } from '@/features/shared/form-dialog'
import { useAdministration } from '@/features/shared/use-administration'
import { useDebounced } from '@/lib/use-debounced'
import { Checkbox, SelectField, TextField } from '@/ui/field'
import { Notice } from '@/ui/notice'
import { ChosenPeople, OrganisationChoices } from './people-choices'
import { formOf, PAUSES, type PolicyForm, PRIORITIES, rulesOf, TARGETS, toggled } from './policy-form'
import { previewQuery, slaPoliciesKey, teamsQuery } from './queries'
import css from './sla.module.css'
import { TeamChoices } from './team-choices'
import { parseHours } from './times-of-day'

interface SlaPolicyDialogProps {
  policy: SlaPolicy | null
  onClose: () => void
}

export function SlaPolicyDialog({ policy, onClose }: SlaPolicyDialogProps) {
  const t = useTranslations('sla.policies')
  const ui = useTranslations('common.ui')
  const [name, setName] = useState(policy?.name ?? '')
  const [form, setForm] = useState(() => formOf(policy))
  const [wasSent, setWasSent] = useState(false)
  const rules = rulesOf(form)
  const change = useAdministration({
    change: (checked: SlaRules) => {
      const body = { name: name.trim(), rules: checked }
      if (!policy) return addSlaPolicy({ body, throwOnError: true })
      const headers = { 'If-Match': ifMatch(policy.version) }
      return changeSlaPolicy({ path: { id: policy.id }, body, headers, throwOnError: true })
    },
    lists: [slaPoliciesKey],
    done: ui('saved'),
    onDone: onClose,
  })
  const fieldProblem = useFieldProblems(change.error)
  const set = (part: Partial<PolicyForm>) => setForm({ ...form, ...part })
  return (
    <FormDialog
      title={policy ? t('editTitle', { name: policy.name }) : t('createTitle')}
      submitLabel={policy ? ui('save') : t('create')}
      size="wide"
      change={{
        isPending: change.isPending,
        error: change.error,
        mutate: () => {
          setWasSent(true)
          if (rules) change.mutate(rules)
        },
      }}
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
      <TargetFields form={form} set={set} isAsked={wasSent} />
      <ConditionFields form={form} set={set} error={change.error} />
      <EscalationFields
        legend={t('onWarning')}
        value={form.onWarning}
        onChange={(onWarning) => set({ onWarning })}
        error={fieldProblem('rules.onWarning.personIds')}
      >
        <TextField
          label={t('warning')}
          hint={t('warningHint')}
          type="number"
          required
          min={10}
          max={99}
          value={form.warningPercent}
          onChange={(event) => set({ warningPercent: event.target.value })}
        />
      </EscalationFields>
      <EscalationFields
        legend={t('onBreach')}
        value={form.onBreach}
        onChange={(onBreach) => set({ onBreach })}
        error={fieldProblem('rules.onBreach.personIds')}
      />
      <Preview rules={rules} />
    </FormDialog>
  )
}

interface PartProps {
  form: PolicyForm
  set: (part: Partial<PolicyForm>) => void
}

function TargetFields({ form, set, isAsked }: PartProps & { isAsked: boolean }) {
  const t = useTranslations('sla.policies')
  const isNothing = TARGETS.every((target) => parseHours(form[target]) === null)
  return (
    <fieldset className={css.group}>
      <legend>{t('targets')}</legend>
      <p className={css.hint}>{t('targetsHint')}</p>
      {isAsked && isNothing ? <Notice tone="danger">{t('nothingPromised')}</Notice> : null}
      <div className={css.pair}>
        {TARGETS.map((target) => (
          <TextField
            key={target}
            label={t(target)}
            inputMode="text"
            maxLength={8}
            value={form[target]}
            onChange={(event) => set({ [target]: event.target.value })}
            error={parseHours(form[target]) === undefined ? t('hoursWrong') : undefined}
          />
        ))}
        <SelectField
          label={t('countsIn')}
          value={form.aroundTheClock ? 'aroundTheClock' : 'businessHours'}
          options={(['businessHours', 'aroundTheClock'] as const).map((value) => ({
            value,
            label: t(value),
          }))}
          onChange={(value) => set({ aroundTheClock: value === 'aroundTheClock' })}
        />
      </div>
      <fieldset className={css.group}>
        <legend>{t('pauses')}</legend>
        <div className={css.choices}>
          {PAUSES.map((pause) => (
            <Checkbox
              key={pause}
              label={t(`pause.${pause}`)}
              checked={form.pauses.includes(pause)}
              onChange={(event) => set({ pauses: toggled(form.pauses, pause, event.target.checked) })}
            />
          ))}
        </div>
      </fieldset>
    </fieldset>
  )
}

function ConditionFields({ form, set, error }: PartProps & { error: unknown }) {
  const t = useTranslations('sla.policies')
  const words = useTranslations('tickets')
  const fieldProblem = useFieldProblems(error)
  return (
    <fieldset className={css.group}>
      <legend>{t('conditions')}</legend>
      <fieldset className={css.group}>
        <legend>{t('priorities')}</legend>
        <div className={css.choices}>
          {PRIORITIES.map((priority) => (
            <Checkbox
              key={priority}
              label={words(`priority.${priority}`)}
              checked={form.priorities.includes(priority)}
              onChange={(event) =>
                set({ priorities: toggled(form.priorities, priority, event.target.checked) })
              }
            />
          ))}
        </div>
      </fieldset>
      <TeamChoices
        label={t('teams')}
        hint={t('allTeams')}
        chosen={form.teamIds}
        onChange={(teamIds) => set({ teamIds })}
        error={fieldProblem('rules.teamIds')}
      />
      <OrganisationChoices
        chosen={form.organisationIds}
        onChange={(organisationIds) => set({ organisationIds })}
      />
    </fieldset>
  )
}

interface EscalationFieldsProps {
  legend: string
  value: SlaEscalation
  onChange: (value: SlaEscalation) => void
  error: string | undefined
  children?: ReactNode
}

function EscalationFields({ legend, value, onChange, error, children }: EscalationFieldsProps) {
  const t = useTranslations('sla.policies')
  const words = useTranslations('tickets')
  const teams = useQuery(teamsQuery())
  const set = (part: Partial<SlaEscalation>) => onChange({ ...value, ...part })
  const leave = { value: '' as const, label: t('leave') }
  return (
    <fieldset className={css.group}>
      <legend>{legend}</legend>
      {children}
      <div className={css.choices}>
        <Checkbox
          label={t('notifyAssignee')}
          checked={value.notifyAssignee}
          onChange={(event) => set({ notifyAssignee: event.target.checked })}
        />
        <Checkbox
          label={t('notifyTeam')}
          checked={value.notifyTeam}
          onChange={(event) => set({ notifyTeam: event.target.checked })}
        />
      </div>
      <ChosenPeople
        chosen={value.personIds}
        onChange={(personIds) => set({ personIds: [...personIds] })}
        error={error}
      />
      <div className={css.pair}>
        <SelectField
          label={t('raiseTo')}
          value={value.raiseTo ?? ''}
          options={[
            leave,
            ...PRIORITIES.slice(1).map((each) => ({ value: each, label: words(`priority.${each}`) })),
          ]}
          onChange={(raiseTo) => set({ raiseTo: raiseTo === '' ? undefined : raiseTo })}
        />
        <SelectField<string>
          label={t('handTo')}
          value={value.teamId ?? ''}
          options={[leave, ...(teams.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(teamId) => set({ teamId: teamId === '' ? undefined : teamId })}
        />
      </div>
    </fieldset>
  )
}

/** What the rules as they are written would mean at this moment. */
function Preview({ rules }: { rules: SlaRules | undefined }) {
  const t = useTranslations('sla.policies')
  const problemText = useProblemText()
  const format = useFormatter()
  const teams = useQuery(teamsQuery())
  const [chosen, setChosen] = useState<string>()
  const teamId = chosen ?? (rules?.teamIds[0] || teams.data?.[0]?.id)
  const asked = useDebounced(rules)
  const preview = useQuery({
    ...previewQuery(teamId ?? '', asked as SlaRules),
    enabled: teamId !== undefined && asked !== undefined,
  })
  const line = (target: string, minutes: number | undefined, due: string | undefined) =>
    minutes === undefined ? null : (
      <li>
        {due
          ? t('due', {
              target,
              date: format.dateTime(new Date(due), { dateStyle: 'full', timeStyle: 'short' }),
            })
          : t('noDue', { target })}
      </li>
    )
  return (
    <section className={css.preview} aria-label={t('preview')}>
      <SelectField<string>
        label={t('previewTeam')}
        value={teamId ?? ''}
        options={(teams.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setChosen}
      />
      {preview.isError ? <p>{problemText(preview.error)}</p> : null}
      {preview.data && rules ? (
        <ul aria-live="polite">
          {line(t('firstReply'), rules.firstReplyMinutes, preview.data.firstReplyDue)}
          {line(t('nextReply'), rules.nextReplyMinutes, preview.data.nextReplyDue)}
          {line(t('resolution'), rules.resolutionMinutes, preview.data.resolutionDue)}
        </ul>
      ) : null}
    </section>
  )
}

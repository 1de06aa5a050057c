import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ifMatch } from '@/api/client'
import { addOrganisation, deleteOrganisation, updateOrganisation } from '@/api/generated/sdk.gen'
import type { OrganisationResponse } from '@/api/generated/types.gen'
import { useFieldProblems, useProblemText } from '@/api/use-problem-text'
import { FormDialog } from '@/features/shared/form-dialog'
import { useAdministration } from '@/features/shared/use-administration'
import { ConfirmDialog } from '@/ui/dialog'
import { Checkbox, TextField } from '@/ui/field'
import { organisationsKey, peopleKey } from './queries'

export type OrganisationAct = 'create' | 'edit' | 'delete'

interface OrganisationDialogProps {
  act: OrganisationAct
  organisation: OrganisationResponse | null
  onClose: () => void
}

export function OrganisationDialog({ act, organisation, onClose }: OrganisationDialogProps) {
  if (act === 'delete') {
    return organisation ? <DeleteDialog organisation={organisation} onClose={onClose} /> : null
  }
  return <WriteDialog organisation={organisation} onClose={onClose} />
}

function WriteDialog({ organisation, onClose }: Omit<OrganisationDialogProps, 'act'>) {
  const t = useTranslations('administration.organisations')
  const ui = useTranslations('common.ui')
  const [name, setName] = useState(organisation?.name ?? '')
  const [sharesTickets, setSharesTickets] = useState(organisation?.sharesTickets ?? false)
  const change = useAdministration({
    change: () => {
      const body = { name: name.trim(), sharesTickets }
      if (!organisation) return addOrganisation({ body, throwOnError: true })
      const headers = { 'If-Match': ifMatch(organisation.version) }
      return updateOrganisation({ path: { id: organisation.id }, body, headers, throwOnError: true })
    },
    lists: [organisationsKey, peopleKey],
    done: ui('saved'),
    onDone: onClose,
  })
  const fieldProblem = useFieldProblems(change.error)
  return (
    <FormDialog
      title={organisation ? t('editTitle', { name: organisation.name }) : t('act.create')}
      submitLabel={organisation ? ui('save') : t('create')}
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
      <Checkbox
        label={t('sharesTickets')}
        hint={t('sharesTicketsHint')}
        checked={sharesTickets}
        onChange={(event) => setSharesTickets(event.target.checked)}
      />
    </FormDialog>
  )
}

interface DeleteDialogProps {
  organisation: OrganisationResponse
  onClose: () => void
}

function DeleteDialog({ organisation, onClose }: DeleteDialogProps) {
  const t = useTranslations('administration.organisations')
  const problemText = useProblemText()
  const change = useAdministration({
    change: () =>
      deleteOrganisation({
        path: { id: organisation.id },
        headers: { 'If-Match': ifMatch(organisation.version) },
        throwOnError: true,
      }),
    lists: [organisationsKey],
    done: t('deleted', { name: organisation.name }),
    onDone: onClose,
  })
  return (
    <ConfirmDialog
      title={t('deleteTitle', { name: organisation.name })}
      description={t('deleteText')}
      confirmLabel={t('act.delete')}
      dangerous
      open
      busy={change.isPending}
      error={change.isError ? problemText(change.error) : undefined}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    />
  )
}

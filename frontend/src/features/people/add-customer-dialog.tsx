import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { addCustomer } from '@/api/generated/sdk.gen'
import type { NameView } from '@/api/generated/types.gen'
import { useFieldProblems } from '@/api/use-problem-text'
import { FormDialog } from '@/features/shared/form-dialog'
import { useAdministration } from '@/features/shared/use-administration'
import { TextField } from '@/ui/field'
import { OrganisationField } from './organisation-field'
import { organisationsKey, peopleKey } from './queries'

export function AddCustomerDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('administration.people')
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [organisation, setOrganisation] = useState<NameView | null>(null)
  const change = useAdministration({
    change: () =>
      addCustomer({
        body: { email: email.trim(), name: name.trim(), organisationId: organisation?.id },
        throwOnError: true,
      }),
    lists: [peopleKey, organisationsKey],
    done: t('added', { name: name.trim() }),
    onDone: onClose,
  })
  const fieldProblem = useFieldProblems(change.error)
  return (
    <FormDialog title={t('addCustomer')} submitLabel={t('add')} change={change} onClose={onClose}>
      <TextField
        label={t('name')}
        required
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={fieldProblem('name')}
      />
      <TextField
        label={t('email')}
        type="email"
        required
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={fieldProblem('email')}
      />
      <OrganisationField value={organisation} onChange={setOrganisation} />
    </FormDialog>
  )
}

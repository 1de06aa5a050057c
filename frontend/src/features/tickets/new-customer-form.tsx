import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { addCustomer } from '@/api/generated/sdk.gen'
import { useFieldProblems, useProblemText } from '@/api/use-problem-text'
import { Button } from '@/ui/button'
import { TextField } from '@/ui/field'
import css from './new-customer-form.module.css'
import type { PickablePerson } from './picks'

export interface NewCustomerFormProps {
  /** What was searched for and not found. */
  nameOrEmail: string
  onAdded: (person: PickablePerson) => void
  onCancel: () => void
}

/** Adds a customer in passing. It lives inside another form, so it is none itself. */
export function NewCustomerForm({ nameOrEmail, onAdded, onCancel }: NewCustomerFormProps) {
  const t = useTranslations('tickets.new')
  const problemText = useProblemText()
  const isEmail = nameOrEmail.includes('@')
  const [name, setName] = useState(isEmail ? '' : nameOrEmail)
  const [email, setEmail] = useState(isEmail ? nameOrEmail : '')
  const adding = useMutation({
    mutationFn: async () =>
      (await addCustomer({ body: { name: name.trim(), email: email.trim() }, throwOnError: true })).data,
    onSuccess: (person) => onAdded({ id: person.id, name: person.name, email: person.email }),
  })
  const fieldProblem = useFieldProblems(adding.error)
  const canAdd = name.trim() !== '' && email.trim() !== ''
  const addOnEnter = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      event.stopPropagation()
      if (canAdd) {
        adding.mutate()
      }
    }
  }

  return (
    <fieldset className={css.form}>
      <legend>{t('newCustomer')}</legend>
      <TextField
        label={t('customerName')}
        value={name}
        autoFocus={isEmail}
        autoComplete="off"
        error={fieldProblem('name')}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={addOnEnter}
      />
      <TextField
        label={t('customerEmail')}
        type="email"
        value={email}
        autoFocus={!isEmail}
        autoComplete="off"
        error={fieldProblem('email')}
        onChange={(event) => setEmail(event.target.value)}
        onKeyDown={addOnEnter}
      />
      {adding.isError ? (
        <p className={css.error} role="alert">
          {problemText(adding.error)}
        </p>
      ) : null}
      <div className={css.actions}>
        <Button size="small" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button
          size="small"
          kind="primary"
          disabled={!canAdd}
          busy={adding.isPending}
          onClick={() => adding.mutate()}
        >
          {t('addThisCustomer')}
        </Button>
      </div>
    </fieldset>
  )
}

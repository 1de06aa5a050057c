import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { changePassword } from '@/api/generated/sdk.gen'
import { useCurrentUser } from '@/api/session'
import { useFieldProblems, useProblemText } from '@/api/use-problem-text'
import { Button } from '@/ui/button'
import { PasswordField } from '@/ui/field'
import { Notice } from '@/ui/notice'
import { addToast } from '@/ui/toast'
import styles from './profile-page.module.css'

const EMPTY = { currentPassword: '', newPassword: '' }

export function PasswordForm() {
  const t = useTranslations('profile.password')
  const me = useCurrentUser()
  const queryClient = useQueryClient()
  const problemText = useProblemText()
  const [form, setForm] = useState(EMPTY)
  const change = useMutation({
    mutationFn: () => changePassword({ body: form, throwOnError: true }),
    onSuccess: () => {
      setForm(EMPTY)
      addToast({ text: t('changed') })
      void queryClient.invalidateQueries({ queryKey: ['sessions'] })
    },
  })
  const fieldProblem = useFieldProblems(change.error)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate()
      }}
    >
      {change.isError ? <Notice tone="danger">{problemText(change.error)}</Notice> : null}
      <input type="email" autoComplete="username" value={me.email} readOnly hidden />
      <PasswordField
        label={t('current')}
        autoComplete="current-password"
        required
        maxLength={200}
        value={form.currentPassword}
        onChange={(event) => setForm({ ...form, currentPassword: event.target.value })}
        error={fieldProblem('currentPassword')}
      />
      <PasswordField
        label={t('next')}
        hint={t('hint')}
        autoComplete="new-password"
        required
        minLength={10}
        maxLength={200}
        value={form.newPassword}
        onChange={(event) => setForm({ ...form, newPassword: event.target.value })}
        error={fieldProblem('newPassword')}
      />
      <div className={styles.actions}>
        <Button type="submit" busy={change.isPending}>
          {t('submit')}
        </Button>
      </div>
    </form>
  )
}

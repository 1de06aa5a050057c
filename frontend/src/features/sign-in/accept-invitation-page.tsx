import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { acceptInvitation } from '@/api/generated/sdk.gen'
import { isProblem } from '@/api/problem'
import { useFieldProblems, useProblemText } from '@/api/use-problem-text'
import { useFragmentToken } from '@/lib/use-fragment-token'
import { paths } from '@/paths'
import { Button, buttonClass } from '@/ui/button'
import { PasswordField, TextField } from '@/ui/field'
import { Notice } from '@/ui/notice'
import { Card } from './card'
import card from './card.module.css'

export default function AcceptInvitationPage() {
  const t = useTranslations('sign-in.invitation')
  const common = useTranslations('sign-in.signIn')
  const signUp = useTranslations('sign-in.signUp')
  const verify = useTranslations('sign-in.verify')
  const problemText = useProblemText()
  const token = useFragmentToken()
  const [form, setForm] = useState({ name: '', password: '' })
  const acceptance = useMutation({
    mutationFn: () => acceptInvitation({ body: { token, ...form }, throwOnError: true }),
  })
  const fieldProblem = useFieldProblems(acceptance.error)

  if (acceptance.isSuccess) {
    return (
      <Card title={t('doneTitle')} text={t('doneText')}>
        <Link to={paths.signIn()} className={buttonClass('primary', 'normal', true)}>
          {common('submit')}
        </Link>
      </Card>
    )
  }
  if (!token || isProblem(acceptance.error, 'link-invalid')) {
    return <Card title={verify('failedTitle')} text={t('failedHint')} />
  }
  return (
    <Card title={t('title')} text={t('text')}>
      <form
        className={card.form}
        onSubmit={(event) => {
          event.preventDefault()
          acceptance.mutate()
        }}
      >
        {acceptance.isError ? <Notice tone="danger">{problemText(acceptance.error)}</Notice> : null}
        <TextField
          label={signUp('name')}
          name="name"
          autoComplete="name"
          required
          maxLength={120}
          value={form.name}
          onChange={(event) => setForm({ ...form, name: event.target.value })}
          error={fieldProblem('name')}
        />
        <PasswordField
          label={common('password')}
          name="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={200}
          hint={signUp('passwordHint')}
          value={form.password}
          onChange={(event) => setForm({ ...form, password: event.target.value })}
          error={fieldProblem('password')}
        />
        <Button kind="primary" type="submit" wide busy={acceptance.isPending}>
          {t('submit')}
        </Button>
      </form>
    </Card>
  )
}

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { useLocale, useTranslations } from 'use-intl'
import { register } from '@/api/generated/sdk.gen'
import { useFieldProblems, useProblemText } from '@/api/use-problem-text'
import { paths } from '@/paths'
import { Button } from '@/ui/button'
import { PasswordField, TextField } from '@/ui/field'
import { Notice } from '@/ui/notice'
import { Card } from './card'
import card from './card.module.css'
import { ResendVerification } from './resend-verification'

export default function SignUpPage() {
  const t = useTranslations('sign-in.signUp')
  const common = useTranslations('sign-in.signIn')
  const locale = useLocale()
  const problemText = useProblemText()
  const [form, setForm] = useState({ name: '', email: '', password: '' })
  const signUp = useMutation({
    mutationFn: () => register({ body: { ...form, email: form.email.trim(), locale }, throwOnError: true }),
  })
  const fieldProblem = useFieldProblems(signUp.error)

  if (signUp.isSuccess) {
    return (
      <Card title={t('checkTitle')} text={t('checkText', { email: form.email.trim() })}>
        <p>{t('checkHint')}</p>
        <div>
          <ResendVerification email={form.email.trim()} />
        </div>
        <Link to={paths.signIn()}>{t('signIn')}</Link>
      </Card>
    )
  }
  return (
    <Card
      title={t('title')}
      footer={
        <>
          {t('haveAccount')} <Link to={paths.signIn()}>{t('signIn')}</Link>
        </>
      }
    >
      <form
        className={card.form}
        onSubmit={(event) => {
          event.preventDefault()
          signUp.mutate()
        }}
      >
        {signUp.isError ? <Notice tone="danger">{problemText(signUp.error)}</Notice> : null}
        <TextField
          label={t('name')}
          name="name"
          autoComplete="name"
          required
          maxLength={120}
          value={form.name}
          onChange={(event) => setForm({ ...form, name: event.target.value })}
          error={fieldProblem('name')}
        />
        <TextField
          label={common('email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          maxLength={254}
          value={form.email}
          onChange={(event) => setForm({ ...form, email: event.target.value })}
          error={fieldProblem('email')}
        />
        <PasswordField
          label={common('password')}
          name="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={200}
          hint={t('passwordHint')}
          value={form.password}
          onChange={(event) => setForm({ ...form, password: event.target.value })}
          error={fieldProblem('password')}
        />
        <Button kind="primary" type="submit" wide busy={signUp.isPending}>
          {t('submit')}
        </Button>
      </form>
    </Card>
  )
}

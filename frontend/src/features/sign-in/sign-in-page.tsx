import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { about, logIn } from '@/api/generated/sdk.gen'
import { isProblem } from '@/api/problem'
import { signIn } from '@/api/session'
import { useProblemText } from '@/api/use-problem-text'
import { paths } from '@/paths'
import { Button } from '@/ui/button'
import { PasswordField, TextField } from '@/ui/field'
import { Notice } from '@/ui/notice'
import { Card } from './card'
import card from './card.module.css'
import { DemoLogins } from './demo-logins'
import { ResendVerification } from './resend-verification'

export default function SignInPage() {
  const t = useTranslations('sign-in.signIn')
  const problemText = useProblemText()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const { data: installation } = useQuery({
    queryKey: ['about'],
    queryFn: async ({ signal }) => (await about({ signal, throwOnError: true })).data,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const attempt = useMutation({
    mutationFn: (login: { email: string; password: string }) => logIn({ body: login, throwOnError: true }),
    // Where to go next is up to the route gate, which sees that somebody is signed in.
    onSuccess: ({ data }) => signIn(data),
  })
  return (
    <>
      <Card
        title={t('title')}
        footer={
          <>
            {t('noAccount')} <Link to={paths.signUp}>{t('signUp')}</Link>
          </>
        }
      >
        <form
          className={card.form}
          onSubmit={(event) => {
            event.preventDefault()
            attempt.mutate({ email: email.trim(), password })
          }}
        >
          {attempt.isError ? (
            <Notice tone="danger">
              <p>{problemText(attempt.error)}</p>
              {isProblem(attempt.error, 'email-not-verified') ? (
                <ResendVerification email={email.trim()} />
              ) : null}
            </Notice>
          ) : null}
          <TextField
            label={t('email')}
            type="email"
            name="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <PasswordField
            label={t('password')}
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            aside={<Link to={paths.forgotPassword}>{t('forgot')}</Link>}
          />
          <Button kind="primary" type="submit" wide busy={attempt.isPending}>
            {t('submit')}
          </Button>
        </form>
      </Card>
      {installation?.demoLogins?.length ? (
        <DemoLogins
          logins={installation.demoLogins}
          mailCatcherUrl={installation.mailCatcherUrl}
          onPick={(login) => {
            setEmail(login.email)
            setPassword(login.password)
            attempt.mutate({ email: login.email, password: login.password })
          }}
        />
      ) : null}
    </>
  )
}

import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { requestEmailVerification, verifyEmail } from '@/api/generated/sdk.gen'
import { isProblem } from '@/api/problem'
import { useProblemText } from '@/api/use-problem-text'
import { useFragmentToken } from '@/lib/use-fragment-token'
import { paths } from '@/paths'
import { Button, buttonClass } from '@/ui/button'
import { TextField } from '@/ui/field'
import { Notice } from '@/ui/notice'
import { Card } from './card'
import card from './card.module.css'

export default function VerifyEmailPage() {
  const t = useTranslations('sign-in.verify')
  const common = useTranslations('sign-in.signIn')
  const ui = useTranslations('common.ui')
  const problemText = useProblemText()
  const token = useFragmentToken()
  const verification = useMutation({
    mutationFn: () => verifyEmail({ body: { token }, throwOnError: true }),
  })
  const hasStarted = useRef(false)
  const start = verification.mutate
  useEffect(() => {
    // A link works once; the strict mode's second run of this effect must not use it up.
    if (hasStarted.current || !token) return
    hasStarted.current = true
    start()
  }, [start, token])

  if (verification.isSuccess) {
    return (
      <Card title={t('doneTitle')} text={t('doneText')}>
        <Link to={paths.signIn()} className={buttonClass('primary', 'normal', true)}>
          {common('submit')}
        </Link>
      </Card>
    )
  }
  if (verification.isError && !isProblem(verification.error, 'link-invalid')) {
    return (
      <Card title={t('title')}>
        <Notice tone="danger">{problemText(verification.error)}</Notice>
        <Button onClick={() => start()}>{ui('retry')}</Button>
      </Card>
    )
  }
  if (verification.isError || !token) return <NewLink />
  return (
    <Card title={t('title')}>
      <p role="status">{t('working')}</p>
    </Card>
  )
}

function NewLink() {
  const t = useTranslations('sign-in.verify')
  const common = useTranslations('sign-in.signIn')
  const problemText = useProblemText()
  const [email, setEmail] = useState('')
  const request = useMutation({
    mutationFn: () => requestEmailVerification({ body: { email: email.trim() }, throwOnError: true }),
  })
  return (
    <Card title={t('failedTitle')} text={t('againText')}>
      {request.isSuccess ? (
        <Notice tone="success">{common('resent')}</Notice>
      ) : (
        <form
          className={card.form}
          onSubmit={(event) => {
            event.preventDefault()
            request.mutate()
          }}
        >
          {request.isError ? <Notice tone="danger">{problemText(request.error)}</Notice> : null}
          <TextField
            label={common('email')}
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <Button kind="primary" type="submit" wide busy={request.isPending}>
            {t('again')}
          </Button>
        </form>
      )}
    </Card>
  )
}

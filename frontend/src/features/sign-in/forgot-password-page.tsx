import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { requestPasswordReset } from '@/api/generated/sdk.gen'
import { useProblemText } from '@/api/use-problem-text'
import { paths } from '@/paths'
import { Button } from '@/ui/button'
import { TextField } from '@/ui/field'
import { Notice } from '@/ui/notice'
import { Card } from './card'
import card from './card.module.css'

export default function ForgotPasswordPage() {
  const t = useTranslations('sign-in.forgot')
  const common = useTranslations('sign-in.signIn')
  const problemText = useProblemText()
  const [email, setEmail] = useState('')
  const request = useMutation({
    mutationFn: () => requestPasswordReset({ body: { email: email.trim() }, throwOnError: true }),
  })
  const back = <Link to={paths.signIn()}>{t('back')}</Link>
  if (request.isSuccess) {
    return <Card title={t('sentTitle')} text={t('sentText', { email: email.trim() })} footer={back} />
  }
  return (
    <Card title={t('title')} text={t('text')} footer={back}>
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
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Button kind="primary" type="submit" wide busy={request.isPending}>
          {t('submit')}
        </Button>
      </form>
    </Card>
  )
}

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { resetPassword } from '@/api/generated/sdk.gen'
import { isProblem } from '@/api/problem'
import { useFieldProblems, useProblemText } from '@/api/use-problem-text'
import { useFragmentToken } from '@/lib/use-fragment-token'
import { paths } from '@/paths'
import { Button, buttonClass } from '@/ui/button'
import { PasswordField } from '@/ui/field'
import { Notice } from '@/ui/notice'
import { Card } from './card'
import card from './card.module.css'

export default function ResetPasswordPage() {
  const t = useTranslations('sign-in.reset')
  const common = useTranslations('sign-in.signIn')
  const signUp = useTranslations('sign-in.signUp')
  const verify = useTranslations('sign-in.verify')
  const problemText = useProblemText()
  const token = useFragmentToken()
  const [password, setPassword] = useState('')
  const reset = useMutation({
    mutationFn: () => resetPassword({ body: { token, password }, throwOnError: true }),
  })
  const fieldProblem = useFieldProblems(reset.error)

  if (reset.isSuccess) {
    return (
      <Card title={t('doneTitle')} text={t('doneText')}>
        <Link to={paths.signIn()} className={buttonClass('primary', 'normal', true)}>
          {common('submit')}
        </Link>
      </Card>
    )
  }
  if (!token || isProblem(reset.error, 'link-invalid')) {
    return (
      <Card title={verify('failedTitle')}>
        <Link to={paths.forgotPassword} className={buttonClass('primary', 'normal', true)}>
          {t('askAgain')}
        </Link>
      </Card>
    )
  }
  return (
    <Card title={t('title')}>
      <form
        className={card.form}
        onSubmit={(event) => {
          event.preventDefault()
          reset.mutate()
        }}
      >
        {reset.isError ? <Notice tone="danger">{problemText(reset.error)}</Notice> : null}
        <PasswordField
          label={t('password')}
          name="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={200}
          hint={signUp('passwordHint')}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={fieldProblem('password')}
        />
        <Button kind="primary" type="submit" wide busy={reset.isPending}>
          {t('submit')}
        </Button>
      </form>
    </Card>
  )
}

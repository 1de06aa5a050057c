import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { requestEmailVerification } from '@/api/generated/sdk.gen'
import { useProblemText } from '@/api/use-problem-text'
import { Button } from '@/ui/button'

export function ResendVerification({ email }: { email: string }) {
  const t = useTranslations('sign-in.signIn')
  const problemText = useProblemText()
  const resend = useMutation({
    mutationFn: () => requestEmailVerification({ body: { email }, throwOnError: true }),
  })
  if (resend.isSuccess) return <p role="status">{t('resent')}</p>
  return (
    <>
      <Button size="small" busy={resend.isPending} onClick={() => resend.mutate()}>
        {t('resend')}
      </Button>
      {resend.isError ? <p role="alert">{problemText(resend.error)}</p> : null}
    </>
  )
}

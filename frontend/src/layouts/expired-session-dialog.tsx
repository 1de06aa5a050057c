import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { logIn } from '@/api/generated/sdk.gen'
import type { MeResponse } from '@/api/generated/types.gen'
import { signIn, signOut } from '@/api/session'
import { useProblemText } from '@/api/use-problem-text'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { TextField } from '@/ui/field'

/** Over the page, which stays as it is: the same person signs in and goes on. */
// biome-ignore lint/style/noDefaultExport: loaded lazily, like a route module.
export default function ExpiredSessionDialog({ person }: { person: MeResponse }) {
  const t = useTranslations('common.session')
  const problemText = useProblemText()
  const [password, setPassword] = useState('')
  const attempt = useMutation({
    mutationFn: () => logIn({ body: { email: person.email, password }, throwOnError: true }),
    onSuccess: ({ data }) => signIn(data),
  })
  const formId = 'sign-in-again'
  return (
    <Dialog
      title={t('expiredTitle')}
      description={t('expiredText')}
      open
      mustAnswer
      onClose={() => {}}
      actions={
        <>
          <Button kind="quiet" onClick={signOut}>
            {t('someoneElse')}
          </Button>
          <Button kind="primary" type="submit" form={formId} busy={attempt.isPending}>
            {t('continue')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault()
          attempt.mutate()
        }}
      >
        <input type="email" name="email" autoComplete="username" value={person.email} readOnly hidden />
        <TextField
          label={t('password')}
          hint={person.email}
          type="password"
          autoComplete="current-password"
          required
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={attempt.isError ? problemText(attempt.error) : undefined}
        />
      </form>
    </Dialog>
  )
}

import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { changeMySignature, getMySignature } from '@/api/generated/sdk.gen'
import { useFieldProblems, useProblemText } from '@/api/use-problem-text'
import { SignatureField } from '@/features/shared/signature-field'
import { Button } from '@/ui/button'
import { Notice } from '@/ui/notice'
import { addToast } from '@/ui/toast'
import styles from './profile-page.module.css'

const mySignature = queryOptions({
  queryKey: ['signature'],
  queryFn: async ({ signal }) => (await getMySignature({ signal, throwOnError: true })).data.text,
})

export function SignatureForm() {
  const { data } = useQuery(mySignature)
  return data === undefined ? null : <Form key={data} kept={data} />
}

function Form({ kept }: { kept: string }) {
  const t = useTranslations('profile.writing')
  const ui = useTranslations('common.ui')
  const client = useQueryClient()
  const problemText = useProblemText()
  const [text, setText] = useState(kept)
  const saving = useMutation({
    mutationFn: () => changeMySignature({ body: { text: text.trim() }, throwOnError: true }),
    onSuccess: () => {
      client.setQueryData(mySignature.queryKey, text.trim())
      void client.invalidateQueries({ queryKey: ['tickets', 'signature'] })
      addToast({ text: ui('saved') })
    },
  })
  const fieldProblem = useFieldProblems(saving.error)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      {saving.isError && !fieldProblem('text') ? (
        <Notice tone="danger">{problemText(saving.error)}</Notice>
      ) : null}
      <SignatureField
        hint={t('signatureHint')}
        value={text}
        onChange={setText}
        error={fieldProblem('text')}
      />
      <div className={styles.actions}>
        <Button type="submit" busy={saving.isPending}>
          {ui('save')}
        </Button>
      </div>
    </form>
  )
}

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { changeMyWriting } from '@/api/generated/sdk.gen'
import type { Writing } from '@/api/generated/types.gen'
import { getSession, updatePerson } from '@/api/session'
import { useProblemText } from '@/api/use-problem-text'
import { Checkbox, SelectField } from '@/ui/field'
import { addToast } from '@/ui/toast'
import styles from './profile-page.module.css'

const UNDO_SECONDS = ['0', '5', '8', '20', '30'] as const
const AFTER_DONE = ['STAY', 'NEXT', 'LIST'] as const

/** How somebody writes: each choice is kept at once, and taken back when that was not possible. */
export function WritingForm({ writing }: { writing: Writing }) {
  const t = useTranslations('profile.writing')
  const ui = useTranslations('common.ui')
  const problemText = useProblemText()

  const show = (shown: Writing) => {
    const session = getSession()
    if ('person' in session) updatePerson({ ...session.person, writing: shown })
  }
  const { mutate } = useMutation({
    mutationFn: (chosen: Writing) => changeMyWriting({ body: chosen, throwOnError: true }),
    // One at a time: the last choice that was made is the last that is stored.
    scope: { id: 'writing' },
    onMutate: (chosen) => {
      show(chosen)
      return { before: writing }
    },
    onError: (error, chosen, made) => {
      if (made) show(made.before)
      addToast({
        text: `${t('notStored')} ${problemText(error)}`,
        tone: 'danger',
        action: { label: ui('retry'), run: () => mutate(chosen) },
      })
    },
  })

  return (
    <div className={styles.form}>
      <SelectField
        label={t('undo')}
        hint={t('undoHint')}
        options={UNDO_SECONDS.map((value) => ({
          value,
          label: value === '0' ? t('noUndo') : t('seconds', { seconds: value }),
        }))}
        value={String(writing.undoSeconds) as (typeof UNDO_SECONDS)[number]}
        onChange={(value) => mutate({ ...writing, undoSeconds: Number(value) })}
      />
      <SelectField
        label={t('afterDone')}
        hint={t('afterDoneHint')}
        options={AFTER_DONE.map((value) => ({ value, label: t(`goTo.${value}`) }))}
        value={writing.afterDone}
        onChange={(afterDone) => mutate({ ...writing, afterDone })}
      />
      <Checkbox
        label={t('takes')}
        hint={t('takesHint')}
        checked={writing.takesOnReply}
        onChange={(event) => mutate({ ...writing, takesOnReply: event.target.checked })}
      />
    </div>
  )
}

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ifMatch } from '@/api/client'
import { getMe, updateMe } from '@/api/generated/sdk.gen'
import { isProblem } from '@/api/problem'
import { updatePerson, useCurrentUser } from '@/api/session'
import { useFieldProblems, useProblemText } from '@/api/use-problem-text'
import { isLocale, type Locale, setLocale } from '@/lib/i18n'
import { Button } from '@/ui/button'
import { SelectField, TextField } from '@/ui/field'
import { Notice } from '@/ui/notice'
import { addToast } from '@/ui/toast'
import styles from './profile-page.module.css'

const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
] as const satisfies readonly { value: Locale; label: string }[]

export function PersonalForm() {
  const t = useTranslations('profile.you')
  const ui = useTranslations('common.ui')
  const roles = useTranslations('common.roles')
  const me = useCurrentUser()
  const problemText = useProblemText()
  const [name, setName] = useState(me.name)
  const [locale, setChosenLocale] = useState<Locale>(isLocale(me.locale) ? me.locale : 'en')

  const saving = useMutation({
    mutationFn: async () => {
      const body = { name: name.trim(), locale }
      const save = (version: number) =>
        updateMe({ body, headers: { 'If-Match': ifMatch(version) }, throwOnError: true })
      try {
        return await save(me.version)
      } catch (error) {
        // It is my own profile: what I say last is what I mean, also when another tab was quicker.
        if (!isProblem(error, 'stale-version')) throw error
        return save((await getMe({ throwOnError: true })).data.version)
      }
    },
    onSuccess: async ({ data }) => {
      updatePerson(data)
      // A page in another language says enough; a note in the old one would only puzzle.
      if (data.locale === me.locale) addToast({ text: ui('saved') })
      if (isLocale(data.locale)) await setLocale(data.locale)
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
      <dl className={styles.facts}>
        <dt>{t('email')}</dt>
        <dd>{me.email}</dd>
        <dt>{t('role')}</dt>
        <dd>{roles(me.role)}</dd>
        {me.organisation ? (
          <>
            <dt>{t('organisation')}</dt>
            <dd>{me.organisation.name}</dd>
          </>
        ) : null}
        {me.teams.length > 0 ? (
          <>
            <dt>{t('teams')}</dt>
            <dd>{me.teams.map((team) => team.name).join(', ')}</dd>
          </>
        ) : null}
      </dl>
      {saving.isError ? <Notice tone="danger">{problemText(saving.error)}</Notice> : null}
      <TextField
        label={t('name')}
        autoComplete="name"
        required
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={fieldProblem('name')}
      />
      <SelectField
        label={t('language')}
        hint={t('languageHint')}
        options={LANGUAGES}
        value={locale}
        onChange={setChosenLocale}
      />
      <div className={styles.actions}>
        <Button kind="primary" type="submit" busy={saving.isPending}>
          {ui('save')}
        </Button>
      </div>
    </form>
  )
}

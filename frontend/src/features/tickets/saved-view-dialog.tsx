import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCurrentUser } from '@/api/session'
import { useProblemText } from '@/api/use-problem-text'
import { Button } from '@/ui/button'
import { SelectField, TextField } from '@/ui/field'
import { QuickDialog } from '@/ui/quick-dialog'
import type { NewSavedView, SavedView, Visibility } from './desk-api'
import { addSavedView, changeSavedView } from './desk-api'
import { savedViews } from './queries'
import css from './views-nav.module.css'

const NAME_LENGTH_MAX = 80

export type SavedViewDialogProps = {
  onClose: () => void
} & (
  | { view: SavedView }
  | { content: Pick<NewSavedView, 'filter' | 'order' | 'columns'>; onSaved: (view: SavedView) => void }
)

/** Names a view and says who sees it: a new one, or one that there is. */
export function SavedViewDialog(props: SavedViewDialogProps) {
  const t = useTranslations('tickets.savedView')
  const ui = useTranslations('common.ui')
  const me = useCurrentUser()
  const client = useQueryClient()
  const problemText = useProblemText()
  const before = 'view' in props ? props.view : undefined
  const [visibility, setVisibility] = useState<Visibility>(before?.visibility ?? 'PRIVATE')
  const [teamId, setTeamId] = useState(before?.team?.id ?? me.teams[0]?.id ?? '')
  const choices: Visibility[] = ['PRIVATE']
  if (me.teams.length > 0) choices.push('TEAM')
  if (me.role === 'ADMINISTRATOR') choices.push('EVERYONE')

  const save = useMutation({
    mutationFn: (name: string) => {
      const said = { name, visibility, teamId: visibility === 'TEAM' ? teamId : undefined }
      return 'view' in props ? changeSavedView(props.view, said) : addSavedView({ ...said, ...props.content })
    },
    onSuccess: (saved) => {
      client.setQueryData(savedViews().queryKey, (known) => ({
        order: known?.order ?? [],
        views: [...(known?.views ?? []).filter(({ id }) => id !== saved.id), saved],
      }))
      void client.invalidateQueries({ queryKey: savedViews().queryKey })
      if ('onSaved' in props) {
        props.onSaved(saved)
      }
      props.onClose()
    },
  })

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim()
    if (name !== '' && !save.isPending) {
      save.mutate(name)
    }
  }

  return (
    <QuickDialog title={t(before ? 'renameTitle' : 'title')} onClose={props.onClose}>
      <form className={css.form} onSubmit={submit}>
        <TextField
          label={t('name')}
          name="name"
          required
          maxLength={NAME_LENGTH_MAX}
          defaultValue={before?.name}
          autoComplete="off"
          error={save.isError ? problemText(save.error) : undefined}
        />
        <SelectField
          label={t('visibility')}
          value={visibility}
          options={choices.map((value) => ({ value, label: t(value) }))}
          onChange={setVisibility}
        />
        {visibility === 'TEAM' ? (
          <SelectField
            label={t('team')}
            value={teamId}
            options={me.teams.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setTeamId}
          />
        ) : null}
        <div className={css.actions}>
          <Button onClick={props.onClose}>{ui('cancel')}</Button>
          <Button type="submit" kind="primary" busy={save.isPending}>
            {ui('save')}
          </Button>
        </div>
      </form>
    </QuickDialog>
  )
}

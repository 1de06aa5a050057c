import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ifMatch } from '@/api/client'
import { deleteMacro, restoreMacro } from '@/api/generated/sdk.gen'
import type { Macro } from '@/api/generated/types.gen'
import { useProblemText } from '@/api/use-problem-text'
import styles from '@/features/shared/list-page.module.css'
import { useMacroWords } from '@/features/shared/macro-words'
import { usePageTitle } from '@/lib/use-page-title'
import { Button, IconButton } from '@/ui/button'
import { TextField } from '@/ui/field'
import { Menu } from '@/ui/menu'
import { EmptyState, ListStates } from '@/ui/states'
import { type Column, Table } from '@/ui/table'
import css from './kept-list.module.css'
import { MacroFormDialog } from './macro-form-dialog'
import { macrosKey, macrosQuery } from './queries'
import { SharingBadges } from './sharing-fields'
import { useDeleteWithUndo } from './use-delete-with-undo'

export default function MacrosPage() {
  const t = useTranslations('replies.macros')
  const problemText = useProblemText()
  const wordsOf = useMacroWords()
  const macros = useQuery(macrosQuery())
  const [text, setText] = useState('')
  const [dialog, setDialog] = useState<{ macro: Macro | null } | null>(null)
  const remove = useDeleteWithUndo({
    list: macrosKey,
    remove: ({ id, version }) =>
      deleteMacro({ path: { id }, headers: { 'If-Match': ifMatch(version) }, throwOnError: true }),
    restore: ({ id }) => restoreMacro({ path: { id }, throwOnError: true }),
    words: {
      deleted: (name) => t('deleted', { name }),
      restored: (name) => t('restored', { name }),
      undo: t('undo'),
    },
  })
  usePageTitle(t('title'))
  const create = (
    <Button kind="primary" icon="plus" onClick={() => setDialog({ macro: null })}>
      {t('createTitle')}
    </Button>
  )
  const typed = text.trim().toLocaleLowerCase()
  const shown = (macros.data ?? []).filter((macro) =>
    [macro.name, ...wordsOf(macro)].join('\n').toLocaleLowerCase().includes(typed),
  )
  const columns: Column<Macro>[] = [
    {
      key: 'name',
      header: t('name'),
      cell: (macro) => (
        <span className={styles.names}>
          <span className={styles.name}>{macro.name}</span>
          <span className={styles.badges}>
            <SharingBadges {...macro} />
          </span>
        </span>
      ),
    },
    {
      key: 'does',
      header: t('does'),
      cell: (macro) => <p className={css.excerpt}>{wordsOf(macro).join(' · ')}</p>,
    },
    {
      key: 'acts',
      header: t('acts'),
      hideHeader: true,
      align: 'end',
      cell: (macro) =>
        macro.mayChange ? (
          <Menu
            trigger={<IconButton label={t('actsFor', { name: macro.name })} icon="more" size="small" />}
            items={[
              { label: t('edit'), onSelect: () => setDialog({ macro }) },
              'separator',
              { label: t('delete'), dangerous: true, onSelect: () => remove.mutate(macro) },
            ]}
          />
        ) : null,
    },
  ]
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>{t('title')}</h1>
        {create}
      </header>
      <search className={styles.filters}>
        <div className={styles.search}>
          <TextField
            label={t('search')}
            hideLabel
            type="search"
            placeholder={t('search')}
            maxLength={120}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      </search>
      <ListStates
        query={macros}
        errorText={problemText}
        isEmpty={() => shown.length === 0}
        empty={
          typed ? (
            <EmptyState title={t('noMatch')} icon="search" />
          ) : (
            <EmptyState title={t('empty')} icon="play" action={create} />
          )
        }
      >
        {() => <Table label={t('title')} columns={columns} rows={shown} rowKey={(macro) => macro.id} />}
      </ListStates>
      {dialog ? <MacroFormDialog macro={dialog.macro} onClose={() => setDialog(null)} /> : null}
    </div>
  )
}

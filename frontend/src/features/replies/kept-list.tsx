import type { QueryKey, UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Macro, SavedReply } from '@/api/generated/types.gen'
import { useProblemText } from '@/api/use-problem-text'
import styles from '@/features/shared/list-page.module.css'
import { useDeleteWithUndo } from '@/features/shared/use-delete-with-undo'
import { usePageTitle } from '@/lib/use-page-title'
import { Button, IconButton } from '@/ui/button'
import { TextField } from '@/ui/field'
import type { IconName } from '@/ui/icons'
import { Menu } from '@/ui/menu'
import { EmptyState, ListStates } from '@/ui/states'
import { type Column, Table } from '@/ui/table'
import css from './kept-list.module.css'
import { onTicketsKeys } from './queries'
import { SharingBadges } from './sharing-fields'

interface KeptListProps<Kept extends SavedReply | Macro> {
  words: 'replies.savedReplies' | 'replies.macros'
  icon: IconName
  query: UseQueryResult<Kept[]>
  /** What stands behind the name, and is searched like it. */
  contentHeader: string
  contentOf: (kept: Kept) => string
  listKey: QueryKey
  remove: (kept: { id: string; version: number }) => Promise<unknown>
  restore: (kept: { id: string }) => Promise<unknown>
  /** `null` is a new one. */
  dialog: (kept: Kept | null, onClose: () => void) => ReactNode
}

/** The page of what is kept under a name: found by typing, made, changed and deleted by those who may. */
export function KeptList<Kept extends SavedReply | Macro>(props: KeptListProps<Kept>) {
  const { query, contentOf } = props
  const t = useTranslations(props.words)
  const problemText = useProblemText()
  const [text, setText] = useState('')
  const [dialog, setDialog] = useState<{ kept: Kept | null } | null>(null)
  const remove = useDeleteWithUndo({
    lists: [props.listKey, ...onTicketsKeys],
    remove: props.remove,
    restore: props.restore,
    words: {
      deleted: (name) => t('deleted', { name }),
      restored: (name) => t('restored', { name }),
      undo: t('undo'),
    },
  })
  usePageTitle(t('title'))
  const create = (
    <Button kind="primary" icon="plus" onClick={() => setDialog({ kept: null })}>
      {t('createTitle')}
    </Button>
  )
  const typed = text.trim().toLocaleLowerCase()
  const shown = (query.data ?? []).filter((kept) =>
    `${kept.name}\n${contentOf(kept)}`.toLocaleLowerCase().includes(typed),
  )
  const columns: Column<Kept>[] = [
    {
      key: 'name',
      header: t('name'),
      cell: (kept) => (
        <span className={styles.names}>
          <span className={styles.name}>{kept.name}</span>
          <span className={styles.badges}>
            <SharingBadges {...kept} />
          </span>
        </span>
      ),
    },
    {
      key: 'content',
      header: props.contentHeader,
      cell: (kept) => <p className={css.excerpt}>{contentOf(kept)}</p>,
    },
    {
      key: 'acts',
      header: t('acts'),
      hideHeader: true,
      align: 'end',
      cell: (kept) =>
        kept.mayChange ? (
          <Menu
            trigger={<IconButton label={t('actsFor', { name: kept.name })} icon="more" size="small" />}
            items={[
              { label: t('edit'), onSelect: () => setDialog({ kept }) },
              'separator',
              { label: t('delete'), dangerous: true, onSelect: () => remove.mutate(kept) },
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
        query={query}
        errorText={problemText}
        isEmpty={() => shown.length === 0}
        empty={
          typed ? (
            <EmptyState title={t('noMatch')} icon="search" />
          ) : (
            <EmptyState title={t('empty')} icon={props.icon} action={create} />
          )
        }
      >
        {() => <Table label={t('title')} columns={columns} rows={shown} rowKey={(kept) => kept.id} />}
      </ListStates>
      {dialog ? props.dialog(dialog.kept, () => setDialog(null)) : null}
    </div>
  )
}

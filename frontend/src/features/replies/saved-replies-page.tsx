import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ifMatch } from '@/api/client'
import { deleteSavedReply, restoreSavedReply } from '@/api/generated/sdk.gen'
import type { SavedReply } from '@/api/generated/types.gen'
import { useProblemText } from '@/api/use-problem-text'
import styles from '@/features/shared/list-page.module.css'
import { usePageTitle } from '@/lib/use-page-title'
import { Button, IconButton } from '@/ui/button'
import { TextField } from '@/ui/field'
import { Menu } from '@/ui/menu'
import { EmptyState, ListStates } from '@/ui/states'
import { type Column, Table } from '@/ui/table'
import css from './kept-list.module.css'
import { savedRepliesKey, savedRepliesQuery } from './queries'
import { SavedReplyDialog } from './saved-reply-dialog'
import { SharingBadges } from './sharing-fields'
import { useDeleteWithUndo } from './use-delete-with-undo'

export default function SavedRepliesPage() {
  const t = useTranslations('replies.savedReplies')
  const problemText = useProblemText()
  const replies = useQuery(savedRepliesQuery())
  const [text, setText] = useState('')
  const [dialog, setDialog] = useState<{ reply: SavedReply | null } | null>(null)
  const remove = useDeleteWithUndo({
    list: savedRepliesKey,
    remove: ({ id, version }) =>
      deleteSavedReply({ path: { id }, headers: { 'If-Match': ifMatch(version) }, throwOnError: true }),
    restore: ({ id }) => restoreSavedReply({ path: { id }, throwOnError: true }),
    words: {
      deleted: (name) => t('deleted', { name }),
      restored: (name) => t('restored', { name }),
      undo: t('undo'),
    },
  })
  usePageTitle(t('title'))
  const create = (
    <Button kind="primary" icon="plus" onClick={() => setDialog({ reply: null })}>
      {t('createTitle')}
    </Button>
  )
  const typed = text.trim().toLocaleLowerCase()
  const shown = (replies.data ?? []).filter((reply) =>
    `${reply.name}\n${reply.text}`.toLocaleLowerCase().includes(typed),
  )
  const columns: Column<SavedReply>[] = [
    {
      key: 'name',
      header: t('name'),
      cell: (reply) => (
        <span className={styles.names}>
          <span className={styles.name}>{reply.name}</span>
          <span className={styles.badges}>
            <SharingBadges {...reply} />
          </span>
        </span>
      ),
    },
    { key: 'text', header: t('text'), cell: (reply) => <p className={css.excerpt}>{reply.text}</p> },
    {
      key: 'acts',
      header: t('acts'),
      hideHeader: true,
      align: 'end',
      cell: (reply) =>
        reply.mayChange ? (
          <Menu
            trigger={<IconButton label={t('actsFor', { name: reply.name })} icon="more" size="small" />}
            items={[
              { label: t('edit'), onSelect: () => setDialog({ reply }) },
              'separator',
              { label: t('delete'), dangerous: true, onSelect: () => remove.mutate(reply) },
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
        query={replies}
        errorText={problemText}
        isEmpty={() => shown.length === 0}
        empty={
          typed ? (
            <EmptyState title={t('noMatch')} icon="search" />
          ) : (
            <EmptyState title={t('empty')} icon="note" action={create} />
          )
        }
      >
        {() => <Table label={t('title')} columns={columns} rows={shown} rowKey={(reply) => reply.id} />}
      </ListStates>
      {dialog ? <SavedReplyDialog reply={dialog.reply} onClose={() => setDialog(null)} /> : null}
    </div>
  )
}

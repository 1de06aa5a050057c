import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useFormatter, useTranslations } from 'use-intl'
import type { OrganisationResponse } from '@/api/generated/types.gen'
import { useProblemText } from '@/api/use-problem-text'
import styles from '@/features/shared/list-page.module.css'
import { useIsAdministrator } from '@/features/shared/use-administration'
import { useDebounced } from '@/lib/use-debounced'
import { usePageTitle } from '@/lib/use-page-title'
import { Button, IconButton } from '@/ui/button'
import { TextField } from '@/ui/field'
import { Menu } from '@/ui/menu'
import { RelativeTime } from '@/ui/relative-time'
import { EmptyState, ListStates } from '@/ui/states'
import { type Column, Table } from '@/ui/table'
import { type OrganisationAct, OrganisationDialog } from './organisation-dialog'
import { organisationsQuery } from './queries'

type OpenDialog = { act: OrganisationAct; organisation: OrganisationResponse | null }

export default function OrganisationsPage() {
  const t = useTranslations('administration.organisations')
  const ui = useTranslations('common.ui')
  const problemText = useProblemText()
  const isAdministrator = useIsAdministrator()
  const [text, setText, filter] = useSearchText()
  const organisations = useInfiniteQuery(organisationsQuery(filter))
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const columns = useOrganisationColumns(
    isAdministrator ? (act, organisation) => setDialog({ act, organisation }) : undefined,
  )
  usePageTitle(t('title'))
  const create = isAdministrator ? (
    <Button kind="primary" icon="plus" onClick={() => setDialog({ act: 'create', organisation: null })}>
      {t('act.create')}
    </Button>
  ) : null
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
        query={organisations}
        errorText={problemText}
        isEmpty={(data) => data.pages.every((page) => page.items.length === 0)}
        empty={<EmptyState title={t('empty')} icon="building" action={filter ? null : create} />}
      >
        {(data) => (
          <Table
            label={t('title')}
            columns={columns}
            rows={data.pages.flatMap((page) => page.items)}
            rowKey={(organisation) => organisation.id}
          />
        )}
      </ListStates>
      {organisations.hasNextPage ? (
        <div className={styles.more}>
          <Button busy={organisations.isFetchingNextPage} onClick={() => void organisations.fetchNextPage()}>
            {ui('loadMore')}
          </Button>
        </div>
      ) : null}
      {dialog ? <OrganisationDialog {...dialog} onClose={() => setDialog(null)} /> : null}
    </div>
  )
}

function useSearchText() {
  const [search, setSearch] = useSearchParams()
  const filter = search.get('text') ?? ''
  const [text, setText] = useState(filter)
  const settled = useDebounced(text.trim())
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed moves the filter, not the filter itself.
  useEffect(() => {
    if (settled !== filter) setSearch(settled ? { text: settled } : {}, { replace: true })
  }, [settled])
  return [text, setText, filter] as const
}

function useOrganisationColumns(
  onAct: ((act: OrganisationAct, organisation: OrganisationResponse) => void) | undefined,
) {
  const t = useTranslations('administration.organisations')
  const format = useFormatter()
  const columns: Column<OrganisationResponse>[] = [
    { key: 'name', header: t('name'), cell: ({ name }) => <span className={styles.name}>{name}</span> },
    { key: 'members', header: t('members'), cell: ({ memberCount }) => format.number(memberCount) },
    {
      key: 'shares',
      header: t('sharesTickets'),
      cell: ({ sharesTickets }) => t(sharesTickets ? 'shared' : 'notShared'),
    },
    { key: 'since', header: t('since'), cell: ({ createdAt }) => <RelativeTime value={createdAt} /> },
  ]
  if (onAct) {
    columns.push({
      key: 'acts',
      header: t('acts'),
      hideHeader: true,
      align: 'end',
      cell: (organisation) => (
        <Menu
          trigger={<IconButton label={t('actsFor', { name: organisation.name })} icon="more" size="small" />}
          items={[
            { label: t('act.edit'), onSelect: () => onAct('edit', organisation) },
            'separator',
            { label: t('act.delete'), dangerous: true, onSelect: () => onAct('delete', organisation) },
          ]}
        />
      ),
    })
  }
  return columns
}

import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useTranslations } from 'use-intl'
import type { PersonResponse, Role } from '@/api/generated/types.gen'
import { useProblemText } from '@/api/use-problem-text'
import styles from '@/features/shared/list-page.module.css'
import { useIsAdministrator } from '@/features/shared/use-administration'
import { useDebounced } from '@/lib/use-debounced'
import { usePageTitle } from '@/lib/use-page-title'
import { Avatar } from '@/ui/avatar'
import { Badge } from '@/ui/badge'
import { Button, IconButton } from '@/ui/button'
import { Checkbox, SelectField, TextField } from '@/ui/field'
import { Menu } from '@/ui/menu'
import { RelativeTime } from '@/ui/relative-time'
import { EmptyState, ListStates } from '@/ui/states'
import { type Column, Table } from '@/ui/table'
import { AddCustomerDialog } from './add-customer-dialog'
import { InviteDialog } from './invite-dialog'
import { type PersonAct, PersonDialog } from './person-dialog'
import { type PeopleFilter, peopleQuery } from './queries'

const ROLES = ['CUSTOMER', 'AGENT', 'ADMINISTRATOR'] as const satisfies readonly Role[]

type OpenDialog = { act: 'invite' } | { act: 'add' } | { act: PersonAct; person: PersonResponse }

export default function PeoplePage() {
  const t = useTranslations('administration.people')
  const ui = useTranslations('common.ui')
  const problemText = useProblemText()
  const isAdministrator = useIsAdministrator()
  const [filter, setFilter] = usePeopleFilter()
  const people = useInfiniteQuery(peopleQuery(filter))
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const columns = usePersonColumns(isAdministrator ? (act, person) => setDialog({ act, person }) : undefined)
  const close = () => setDialog(null)
  usePageTitle(t('title'))

  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>{t('title')}</h1>
        <div className={styles.actions}>
          <Button icon="plus" onClick={() => setDialog({ act: 'add' })}>
            {t('addCustomer')}
          </Button>
          {isAdministrator ? (
            <Button kind="primary" icon="mail" onClick={() => setDialog({ act: 'invite' })}>
              {t('invite')}
            </Button>
          ) : null}
        </div>
      </header>
      <PeopleFilterBar filter={filter} onChange={setFilter} />
      <ListStates
        query={people}
        errorText={problemText}
        isEmpty={(data) => data.pages.every((page) => page.items.length === 0)}
        empty={<EmptyState title={t('empty')} icon="people" />}
        loadingRows={10}
      >
        {(data) => (
          <Table
            label={t('title')}
            columns={columns}
            rows={data.pages.flatMap((page) => page.items)}
            rowKey={(person) => person.id}
            isDimmed={(person) => person.deactivated}
          />
        )}
      </ListStates>
      {people.hasNextPage ? (
        <div className={styles.more}>
          <Button busy={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
            {ui('loadMore')}
          </Button>
        </div>
      ) : null}
      {dialog?.act === 'invite' ? <InviteDialog onClose={close} /> : null}
      {dialog?.act === 'add' ? <AddCustomerDialog onClose={close} /> : null}
      {dialog && 'person' in dialog ? (
        <PersonDialog act={dialog.act} person={dialog.person} onClose={close} />
      ) : null}
    </div>
  )
}

/** Lives in the URL, so that the list can be shared, reloaded and gone back to. */
function usePeopleFilter() {
  const [search, setSearch] = useSearchParams()
  const filter: PeopleFilter = {
    text: search.get('text') ?? '',
    role: ROLES.find((role) => role === search.get('role')),
    deactivated: search.get('deactivated') === 'true',
  }
  function setFilter(part: Partial<PeopleFilter>) {
    const next = { ...filter, ...part }
    const params = new URLSearchParams()
    if (next.text) params.set('text', next.text)
    if (next.role) params.set('role', next.role)
    if (next.deactivated) params.set('deactivated', 'true')
    setSearch(params, { replace: true })
  }
  return [filter, setFilter] as const
}

interface PeopleFilterBarProps {
  filter: PeopleFilter
  onChange: (part: Partial<PeopleFilter>) => void
}

function PeopleFilterBar({ filter, onChange }: PeopleFilterBarProps) {
  const t = useTranslations('administration.people')
  const roles = useTranslations('common.roles')
  const [text, setText] = useState(filter.text)
  const settled = useDebounced(text.trim())
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed moves the filter, not the filter itself.
  useEffect(() => {
    if (settled !== filter.text) onChange({ text: settled })
  }, [settled])
  return (
    <search className={styles.filters}>
      <div className={styles.search}>
        <TextField
          label={t('search')}
          hideLabel
          type="search"
          placeholder={t('search')}
          maxLength={254}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <SelectField
        label={t('role')}
        hideLabel
        value={filter.role ?? ''}
        options={[
          { value: '', label: t('anyRole') },
          ...ROLES.map((role) => ({ value: role, label: roles(role) })),
        ]}
        onChange={(role) => onChange({ role: role === '' ? undefined : role })}
      />
      <Checkbox
        label={t('deactivatedOnly')}
        checked={filter.deactivated}
        onChange={(event) => onChange({ deactivated: event.target.checked })}
      />
    </search>
  )
}

function usePersonColumns(onAct: ((act: PersonAct, person: PersonResponse) => void) | undefined) {
  const t = useTranslations('administration.people')
  const roles = useTranslations('common.roles')
  const columns: Column<PersonResponse>[] = [
    {
      key: 'name',
      header: t('name'),
      cell: (person) => (
        <span className={styles.person}>
          <Avatar name={person.name} />
          <span className={styles.names}>
            <span className={styles.name}>{person.name}</span>
            <span className={styles.muted}>{person.email}</span>
          </span>
        </span>
      ),
    },
    { key: 'role', header: t('role'), cell: (person) => roles(person.role) },
    {
      key: 'belongs',
      header: t('belongsTo'),
      cell: (person) => person.organisation?.name ?? person.teams.map((team) => team.name).join(', '),
    },
    {
      key: 'state',
      header: t('state'),
      cell: (person) => {
        if (person.deactivated) return <Badge tone="danger">{t('deactivated')}</Badge>
        if (person.invited) return <Badge tone="info">{t('invited')}</Badge>
        return person.emailVerified ? null : <Badge tone="warning">{t('unverified')}</Badge>
      },
    },
    { key: 'since', header: t('since'), cell: (person) => <RelativeTime value={person.createdAt} /> },
  ]
  if (onAct) {
    columns.push({
      key: 'acts',
      header: t('acts'),
      hideHeader: true,
      align: 'end',
      cell: (person) => (
        <Menu
          trigger={<IconButton label={t('actsFor', { name: person.name })} icon="more" size="small" />}
          items={actsFor(person).map((act) =>
            act === 'separator'
              ? act
              : {
                  label: t(`act.${act}`),
                  dangerous: act === 'deactivate',
                  onSelect: () => onAct(act, person),
                },
          )}
        />
      ),
    })
  }
  return columns
}

function actsFor(person: PersonResponse): (PersonAct | 'separator')[] {
  if (person.deactivated) return ['reactivate']
  return [
    'edit',
    'role',
    ...(person.role === 'CUSTOMER' ? [] : (['teams'] as const)),
    ...(person.invited ? (['resend'] as const) : []),
    'separator',
    'deactivate',
  ]
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ifMatch } from '@/api/client'
import { deleteBusinessHours, makeBusinessHoursDefault, restoreBusinessHours } from '@/api/generated/sdk.gen'
import type { SlaCalendar } from '@/api/generated/types.gen'
import { useProblemText } from '@/api/use-problem-text'
import styles from '@/features/shared/list-page.module.css'
import { useDeleteWithUndo } from '@/features/shared/use-delete-with-undo'
import { usePageTitle } from '@/lib/use-page-title'
import { Badge } from '@/ui/badge'
import { Button, IconButton } from '@/ui/button'
import { Menu } from '@/ui/menu'
import { EmptyState, ListStates } from '@/ui/states'
import { type Column, Table } from '@/ui/table'
import { addToast } from '@/ui/toast'
import { BusinessHoursDialog } from './business-hours-dialog'
import { businessHoursKey, businessHoursQuery } from './queries'
import { useWeekText } from './use-week-text'

export default function BusinessHoursPage() {
  const t = useTranslations('sla.hours')
  const problemText = useProblemText()
  const weekText = useWeekText()
  const calendars = useQuery(businessHoursQuery())
  const [dialog, setDialog] = useState<{ calendar: SlaCalendar | null } | null>(null)
  const remove = useDeleteWithUndo({
    lists: [businessHoursKey],
    remove: ({ id, version }) =>
      deleteBusinessHours({ path: { id }, headers: { 'If-Match': ifMatch(version) }, throwOnError: true }),
    restore: ({ id }) => restoreBusinessHours({ path: { id }, throwOnError: true }),
    words: {
      deleted: (name) => t('deleted', { name }),
      restored: (name) => t('restored', { name }),
      undo: t('undo'),
    },
  })
  const makeDefault = useMakeDefault()
  usePageTitle(t('title'))
  const create = (
    <Button kind="primary" icon="plus" onClick={() => setDialog({ calendar: null })}>
      {t('createTitle')}
    </Button>
  )
  const columns: Column<SlaCalendar>[] = [
    {
      key: 'name',
      header: t('name'),
      cell: (calendar) => (
        <span className={styles.names}>
          <span className={styles.badges}>
            <span className={styles.name}>{calendar.name}</span>
            {calendar.isDefault ? <Badge tone="accent">{t('default')}</Badge> : null}
          </span>
          <span className={styles.muted}>{calendar.hours.timeZone}</span>
        </span>
      ),
    },
    {
      key: 'open',
      header: t('open'),
      cell: ({ hours }) => (
        <span className={styles.names}>
          {weekText(hours.intervals).map((line) => (
            <span key={line}>{line}</span>
          ))}
          <span className={styles.muted}>{t('holidayCount', { count: hours.holidays.length })}</span>
        </span>
      ),
    },
    {
      key: 'teams',
      header: t('teams'),
      cell: ({ teams, isDefault }) => {
        const names = teams.map(({ name }) => name).join(', ')
        return names || <span className={styles.muted}>{t(isDefault ? 'defaultHint' : 'noTeam')}</span>
      },
    },
    {
      key: 'acts',
      header: t('acts'),
      hideHeader: true,
      align: 'end',
      cell: (calendar) => (
        <Menu
          trigger={<IconButton label={t('actsFor', { name: calendar.name })} icon="more" size="small" />}
          items={[
            { label: t('edit'), onSelect: () => setDialog({ calendar }) },
            ...(calendar.isDefault
              ? []
              : ([
                  { label: t('makeDefault'), onSelect: () => makeDefault.mutate(calendar) },
                  'separator',
                  { label: t('delete'), dangerous: true, onSelect: () => remove.mutate(calendar) },
                ] as const)),
          ]}
        />
      ),
    },
  ]
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>{t('title')}</h1>
        {create}
      </header>
      <ListStates
        query={calendars}
        errorText={problemText}
        isEmpty={(data) => data.length === 0}
        empty={<EmptyState title={t('empty')} icon="calendar" action={create} />}
      >
        {(data) => <Table label={t('title')} columns={columns} rows={data} rowKey={({ id }) => id} />}
      </ListStates>
      {dialog ? <BusinessHoursDialog calendar={dialog.calendar} onClose={() => setDialog(null)} /> : null}
    </div>
  )
}

function useMakeDefault() {
  const t = useTranslations('sla.hours')
  const client = useQueryClient()
  const problemText = useProblemText()
  return useMutation({
    mutationFn: ({ id }: SlaCalendar) => makeBusinessHoursDefault({ path: { id }, throwOnError: true }),
    onSuccess: (_, { name }) => {
      addToast({ text: t('madeDefault', { name }) })
    },
    onError: (error) => {
      addToast({ tone: 'danger', text: problemText(error) })
    },
    onSettled: () => client.invalidateQueries({ queryKey: businessHoursKey }),
  })
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ifMatch } from '@/api/client'
import { deleteSlaPolicy, orderSlaPolicies, restoreSlaPolicy } from '@/api/generated/sdk.gen'
import type { SlaPolicy } from '@/api/generated/types.gen'
import { useProblemText } from '@/api/use-problem-text'
import styles from '@/features/shared/list-page.module.css'
import { useDeleteWithUndo } from '@/features/shared/use-delete-with-undo'
import { usePageTitle } from '@/lib/use-page-title'
import { Button, IconButton } from '@/ui/button'
import { Menu } from '@/ui/menu'
import { EmptyState, ListStates } from '@/ui/states'
import { type Column, Table } from '@/ui/table'
import { addToast } from '@/ui/toast'
import { slaPoliciesKey, slaPoliciesQuery, teamsQuery } from './queries'
import { SlaPolicyDialog } from './sla-policy-dialog'
import { textOfMinutes } from './times-of-day'

export default function SlaPoliciesPage() {
  const t = useTranslations('sla.policies')
  const problemText = useProblemText()
  const policies = useQuery(slaPoliciesQuery())
  const [dialog, setDialog] = useState<{ policy: SlaPolicy | null } | null>(null)
  const columns = usePolicyColumns(policies.data ?? [], (policy) => setDialog({ policy }))
  usePageTitle(t('title'))
  const create = (
    <Button kind="primary" icon="plus" onClick={() => setDialog({ policy: null })}>
      {t('createTitle')}
    </Button>
  )
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>{t('title')}</h1>
        {create}
      </header>
      <p className={styles.muted}>{t('intro')}</p>
      <ListStates
        query={policies}
        errorText={problemText}
        isEmpty={(data) => data.length === 0}
        empty={<EmptyState title={t('empty')} icon="clock" action={create} />}
      >
        {(data) => <Table label={t('title')} columns={columns} rows={data} rowKey={({ id }) => id} />}
      </ListStates>
      {dialog ? <SlaPolicyDialog policy={dialog.policy} onClose={() => setDialog(null)} /> : null}
    </div>
  )
}

function usePolicyColumns(policies: readonly SlaPolicy[], onEdit: (policy: SlaPolicy) => void) {
  const t = useTranslations('sla.policies')
  const conditionsOf = useConditionsText()
  const promisesOf = usePromisesText()
  const move = useMove(policies)
  const remove = useDeleteWithUndo({
    lists: [slaPoliciesKey],
    remove: ({ id, version }) =>
      deleteSlaPolicy({ path: { id }, headers: { 'If-Match': ifMatch(version) }, throwOnError: true }),
    restore: ({ id }) => restoreSlaPolicy({ path: { id }, throwOnError: true }),
    words: {
      deleted: (name) => t('deleted', { name }),
      restored: (name) => t('restored', { name }),
      undo: t('undo'),
    },
  })
  const columns: Column<SlaPolicy>[] = [
    {
      key: 'name',
      header: t('name'),
      cell: ({ name, position }) => (
        <span className={styles.name}>
          {position + 1}. {name}
        </span>
      ),
    },
    { key: 'appliesTo', header: t('appliesTo'), cell: conditionsOf },
    {
      key: 'promises',
      header: t('promises'),
      cell: (policy) => (
        <span className={styles.names}>
          {promisesOf(policy).map((line) => (
            <span key={line}>{line}</span>
          ))}
        </span>
      ),
    },
    {
      key: 'acts',
      header: t('acts'),
      hideHeader: true,
      align: 'end',
      cell: (policy) => (
        <Menu
          trigger={<IconButton label={t('actsFor', { name: policy.name })} icon="more" size="small" />}
          items={[
            { label: t('edit'), onSelect: () => onEdit(policy) },
            {
              label: t('up'),
              icon: 'chevron-up',
              disabled: policy.position === 0,
              onSelect: () => move.mutate({ policy, by: -1 }),
            },
            {
              label: t('down'),
              icon: 'chevron-down',
              disabled: policy.position === policies.length - 1,
              onSelect: () => move.mutate({ policy, by: 1 }),
            },
            'separator',
            { label: t('delete'), dangerous: true, onSelect: () => remove.mutate(policy) },
          ]}
        />
      ),
    },
  ]
  return columns
}

function useMove(policies: readonly SlaPolicy[]) {
  const t = useTranslations('sla.policies')
  const client = useQueryClient()
  const problemText = useProblemText()
  return useMutation({
    mutationFn: ({ policy, by }: { policy: SlaPolicy; by: -1 | 1 }) => {
      const ids = policies.map(({ id }) => id).filter((id) => id !== policy.id)
      ids.splice(policy.position + by, 0, policy.id)
      return orderSlaPolicies({ body: { ids }, throwOnError: true })
    },
    onSuccess: () => {
      addToast({ text: t('moved') })
    },
    onError: (error) => {
      addToast({ tone: 'danger', text: problemText(error) })
    },
    onSettled: () => client.invalidateQueries({ queryKey: slaPoliciesKey }),
  })
}

function useConditionsText() {
  const t = useTranslations('sla.policies')
  const words = useTranslations('tickets')
  const teams = useQuery(teamsQuery())
  return ({ rules }: SlaPolicy) => {
    const parts: string[] = []
    if (rules.priorities.length > 0) {
      parts.push(rules.priorities.map((priority) => words(`priority.${priority}`)).join(', '))
    }
    if (rules.teamIds.length > 0) {
      const names = rules.teamIds.map((id) => teams.data?.find((team) => team.id === id)?.name ?? '…')
      parts.push(`${t('teams')}: ${names.join(', ')}`)
    }
    if (rules.organisationIds.length > 0) {
      parts.push(`${t('organisations')}: ${rules.organisationIds.length}`)
    }
    return parts.length === 0 ? t('all') : parts.join(' · ')
  }
}

function usePromisesText() {
  const t = useTranslations('sla.policies')
  return ({ rules }: SlaPolicy) => {
    const line = (target: string, minutes: number | undefined) =>
      minutes === undefined ? [] : [t('short', { target, hours: `${textOfMinutes(minutes)} h` })]
    return [
      ...line(t('firstReply'), rules.firstReplyMinutes),
      ...line(t('nextReply'), rules.nextReplyMinutes),
      ...line(t('resolution'), rules.resolutionMinutes),
      ...(rules.aroundTheClock ? [t('in24')] : []),
    ]
  }
}

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TeamResponse } from '@/api/generated/types.gen'
import { useProblemText } from '@/api/use-problem-text'
import styles from '@/features/shared/list-page.module.css'
import { useIsAdministrator } from '@/features/shared/use-administration'
import { usePageTitle } from '@/lib/use-page-title'
import { Badge } from '@/ui/badge'
import { Button, IconButton } from '@/ui/button'
import { Menu } from '@/ui/menu'
import { EmptyState, ListStates } from '@/ui/states'
import { type Column, Table } from '@/ui/table'
import { teamsQuery } from './queries'
import { type TeamAct, TeamDialog } from './team-dialog'

const NAMES_SHOWN = 4

export default function TeamsPage() {
  const t = useTranslations('administration.teams')
  const problemText = useProblemText()
  const isAdministrator = useIsAdministrator()
  const teams = useQuery(teamsQuery())
  const [dialog, setDialog] = useState<{ act: TeamAct; teamId: string | null } | null>(null)
  const columns = useTeamColumns(
    isAdministrator ? (act, team) => setDialog({ act, teamId: team.id }) : undefined,
  )
  usePageTitle(t('title'))
  const create = isAdministrator ? (
    <Button kind="primary" icon="plus" onClick={() => setDialog({ act: 'create', teamId: null })}>
      {t('act.create')}
    </Button>
  ) : null
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>{t('title')}</h1>
        {create}
      </header>
      <ListStates
        query={teams}
        errorText={problemText}
        isEmpty={(data) => data.length === 0}
        empty={<EmptyState title={t('empty')} icon="flag" action={create} />}
      >
        {(data) => <Table label={t('title')} columns={columns} rows={data} rowKey={(team) => team.id} />}
      </ListStates>
      {dialog ? (
        <TeamDialog
          act={dialog.act}
          // The newest state of the team: its members change while the dialog is open.
          team={teams.data?.find((team) => team.id === dialog.teamId) ?? null}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </div>
  )
}

function useTeamColumns(onAct: ((act: TeamAct, team: TeamResponse) => void) | undefined) {
  const t = useTranslations('administration.teams')
  const columns: Column<TeamResponse>[] = [
    {
      key: 'name',
      header: t('name'),
      cell: (team) => (
        <span className={styles.names}>
          <span className={styles.badges}>
            <span className={styles.name}>{team.name}</span>
            {team.isDefault ? <Badge tone="accent">{t('default')}</Badge> : null}
          </span>
          {team.description ? <span className={styles.muted}>{team.description}</span> : null}
        </span>
      ),
    },
    {
      key: 'members',
      header: t('members'),
      cell: (team) => {
        const names = team.members.slice(0, NAMES_SHOWN).map((member) => member.name)
        const others = team.members.length - names.length
        if (names.length === 0) return <span className={styles.muted}>{t('noMembers')}</span>
        return others > 0 ? t('namesAndOthers', { names: names.join(', '), others }) : names.join(', ')
      },
    },
  ]
  if (onAct) {
    columns.push({
      key: 'acts',
      header: t('acts'),
      hideHeader: true,
      align: 'end',
      cell: (team) => (
        <Menu
          trigger={<IconButton label={t('actsFor', { name: team.name })} icon="more" size="small" />}
          items={[
            { label: t('act.edit'), onSelect: () => onAct('edit', team) },
            { label: t('act.members'), onSelect: () => onAct('members', team) },
            { label: t('act.signature'), onSelect: () => onAct('signature', team) },
            ...(team.isDefault
              ? []
              : [{ label: t('act.makeDefault'), onSelect: () => onAct('makeDefault', team) }]),
            'separator',
            { label: t('act.delete'), dangerous: true, onSelect: () => onAct('delete', team) },
          ]}
        />
      ),
    })
  }
  return columns
}

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { MacroVisibility, NameView } from '@/api/generated/types.gen'
import { useProblemText } from '@/api/use-problem-text'
import styles from '@/features/shared/list-page.module.css'
import { useIsAdministrator } from '@/features/shared/use-administration'
import { Badge } from '@/ui/badge'
import { Checkbox, SelectField } from '@/ui/field'
import { ListStates } from '@/ui/states'
import { teamsQuery } from './queries'

export interface Sharing {
  visibility: MacroVisibility
  teamIds: readonly string[]
}

interface SharingFieldsProps {
  value: Sharing
  onChange: (value: Sharing) => void
  error?: string | undefined
}

/** Who finds it; agents keep theirs to themselves. */
export function SharingFields({ value, onChange, error }: SharingFieldsProps) {
  const t = useTranslations('replies.form')
  const problemText = useProblemText()
  const isAdministrator = useIsAdministrator()
  const teams = useQuery({ ...teamsQuery(), enabled: isAdministrator })
  if (!isAdministrator) return null
  const toggle = (id: string, isChosen: boolean) =>
    onChange({
      ...value,
      teamIds: isChosen ? [...value.teamIds, id] : value.teamIds.filter((each) => each !== id),
    })
  return (
    <>
      <SelectField
        label={t('sharing')}
        value={value.visibility}
        options={(['EVERYONE', 'TEAMS', 'PRIVATE'] as const).map((each) => ({ value: each, label: t(each) }))}
        onChange={(visibility) => onChange({ ...value, visibility })}
        error={value.visibility === 'TEAMS' ? undefined : error}
      />
      {value.visibility === 'TEAMS' ? (
        <ListStates query={teams} errorText={problemText} loadingRows={3}>
          {(data) => (
            <fieldset className={styles.choices}>
              <legend>{t('teams')}</legend>
              {data.map((team) => (
                <Checkbox
                  key={team.id}
                  label={team.name}
                  checked={value.teamIds.includes(team.id)}
                  onChange={(event) => toggle(team.id, event.target.checked)}
                />
              ))}
              {error ? (
                <p role="alert" className={styles.muted}>
                  {error}
                </p>
              ) : null}
            </fieldset>
          )}
        </ListStates>
      ) : null}
    </>
  )
}

/** What the server is told. */
export const sharingOf = ({ visibility, teamIds }: Sharing) => ({
  visibility,
  teamIds: visibility === 'TEAMS' ? [...teamIds] : [],
})

export function SharingBadges({
  visibility,
  teams,
}: {
  visibility: MacroVisibility
  teams: readonly NameView[]
}) {
  const t = useTranslations('replies.form')
  switch (visibility) {
    case 'PRIVATE':
      return <Badge>{t('PRIVATE')}</Badge>
    case 'TEAMS':
      return teams.map((team) => <Badge key={team.id}>{team.name}</Badge>)
    case 'EVERYONE':
      return null
  }
}

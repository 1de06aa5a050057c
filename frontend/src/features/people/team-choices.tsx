import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useProblemText } from '@/api/use-problem-text'
import styles from '@/features/shared/list-page.module.css'
import { Checkbox } from '@/ui/field'
import { ListStates } from '@/ui/states'
import { teamsQuery } from './queries'

interface TeamChoicesProps {
  chosen: readonly string[]
  onChange: (teamIds: string[]) => void
}

export function TeamChoices({ chosen, onChange }: TeamChoicesProps) {
  const t = useTranslations('administration.people')
  const problemText = useProblemText()
  const teams = useQuery(teamsQuery())
  return (
    <ListStates query={teams} errorText={problemText} loadingRows={3}>
      {(data) => (
        <fieldset className={styles.choices}>
          <legend>{t('teams')}</legend>
          {data.map((team) => (
            <Checkbox
              key={team.id}
              label={team.name}
              checked={chosen.includes(team.id)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, team.id] : chosen.filter((id) => id !== team.id))
              }
            />
          ))}
        </fieldset>
      )}
    </ListStates>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useProblemText } from '@/api/use-problem-text'
import { Checkbox } from '@/ui/field'
import { Notice } from '@/ui/notice'
import { ListStates } from '@/ui/states'
import { teamsQuery } from './queries'
import css from './sla.module.css'

interface TeamChoicesProps {
  label: string
  hint: string
  chosen: readonly string[]
  onChange: (teamIds: readonly string[]) => void
  error?: string | undefined
}

export function TeamChoices({ label, hint, chosen, onChange, error }: TeamChoicesProps) {
  const problemText = useProblemText()
  const teams = useQuery(teamsQuery())
  return (
    <ListStates query={teams} errorText={problemText} loadingRows={3}>
      {(data) => (
        <fieldset className={css.group}>
          <legend>{label}</legend>
          <p className={css.hint}>{hint}</p>
          {error ? <Notice tone="danger">{error}</Notice> : null}
          <div className={css.choices}>
            {data.map((team) => (
              <Checkbox
                key={team.id}
                label={team.name}
                checked={chosen.includes(team.id)}
                onChange={(event) =>
                  onChange(
                    event.target.checked ? [...chosen, team.id] : chosen.filter((id) => id !== team.id),
                  )
                }
              />
            ))}
          </div>
        </fieldset>
      )}
    </ListStates>
  )
}

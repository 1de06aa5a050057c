import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { getOrganisation, getPerson } from '@/api/generated/sdk.gen'
import { useDebounced } from '@/lib/use-debounced'
import { IconButton } from '@/ui/button'
import { Combobox } from '@/ui/combobox'
import { organisationsQuery, staffQuery } from './queries'
import css from './sla.module.css'

interface ChoicesProps {
  chosen: readonly string[]
  onChange: (ids: readonly string[]) => void
  error?: string | undefined
}

/** Staff who are told besides. */
export function ChosenPeople({ chosen, onChange, error }: ChoicesProps) {
  const t = useTranslations('sla.policies')
  const [text, setText] = useState('')
  const found = useQuery(staffQuery(useDebounced(text.trim())))
  const names = useNames(
    'person',
    chosen,
    async (id) => (await getPerson({ path: { id }, throwOnError: true })).data.name,
  )
  return (
    <Chosen
      label={t('persons')}
      removeLabel={(name) => t('removePerson', { name })}
      names={names}
      found={(found.data ?? []).map(({ id, name, email }) => ({ value: id, label: name, detail: email }))}
      {...{ chosen, onChange, error }}
      onSearch={setText}
    />
  )
}

export function OrganisationChoices({ chosen, onChange, error }: ChoicesProps) {
  const t = useTranslations('sla.policies')
  const [text, setText] = useState('')
  const found = useQuery(organisationsQuery(useDebounced(text.trim())))
  const names = useNames(
    'organisation',
    chosen,
    async (id) => (await getOrganisation({ path: { id }, throwOnError: true })).data.name,
  )
  return (
    <Chosen
      label={t('addOrganisation')}
      removeLabel={(name) => t('removeOrganisation', { name })}
      names={names}
      found={(found.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      {...{ chosen, onChange, error }}
      onSearch={setText}
    />
  )
}

function useNames(kind: string, ids: readonly string[], nameOf: (id: string) => Promise<string>) {
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: ['sla-names', kind, id],
      queryFn: () => nameOf(id),
      staleTime: 300_000,
    })),
    combine: (results) => new Map(ids.map((id, index) => [id, results[index]?.data])),
  })
}

interface ChosenProps extends ChoicesProps {
  label: string
  removeLabel: (name: string) => string
  names: ReadonlyMap<string, string | undefined>
  found: readonly { value: string; label: string; detail?: string }[]
  onSearch: (text: string) => void
}

function Chosen({ label, removeLabel, names, found, chosen, onChange, error, onSearch }: ChosenProps) {
  return (
    <div className={css.group}>
      <Combobox
        // A new one after each choice: empty again, ready for the next.
        key={chosen.length}
        label={label}
        choices={found.filter(({ value }) => !chosen.includes(value))}
        value={null}
        onSearch={onSearch}
        onChange={(choice) => choice && onChange([...chosen, choice.value])}
        error={error}
      />
      {chosen.length > 0 ? (
        <ul className={css.chosen}>
          {chosen.map((id) => (
            <li key={id}>
              {names.get(id) ?? '…'}
              <IconButton
                label={removeLabel(names.get(id) ?? '')}
                icon="close"
                size="small"
                onClick={() => onChange(chosen.filter((each) => each !== id))}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

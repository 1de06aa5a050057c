import type { FormEvent, ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/ui/button'
import { TextField } from '@/ui/field'
import css from './filter-editor.module.css'
import { PriorityMark, StatusMark } from './marks'
import { PickList } from './pick-list'
import { OrganisationPick, PersonPick, TagPick, TeamPick } from './picks'
import type { FilterField, TicketFilter } from './ticket-filter'
import { isDayField, withField, withoutField } from './ticket-filter'
import { LANES, PRIORITIES, STATUSES } from './ticket-words'

export interface FilterEditorProps {
  field: FilterField
  filter: TicketFilter
  onChange: (filter: TicketFilter) => void
  onDone: () => void
}

/** Chooses the values of one field of a filter; the list behind follows at once. */
export function FilterEditor({ field, filter, onChange, onDone }: FilterEditorProps): ReactNode {
  const t = useTranslations('tickets')
  const label = t(`filter.field.${field}`)
  const set = <F extends FilterField>(name: F, value: TicketFilter[F]) =>
    onChange(withField(filter, name, value))
  const setAndClose = <F extends FilterField>(name: F, value: TicketFilter[F]) => {
    set(name, value)
    onDone()
  }

  if (isDayField(field)) {
    return (
      <TypedValue
        type="date"
        label={label}
        value={filter[field] ?? ''}
        onDone={(value) => {
          onChange(value ? withField(filter, field, value) : withoutField(filter, field))
          onDone()
        }}
      />
    )
  }
  switch (field) {
    case 'status':
      return (
        <Words
          label={label}
          words={STATUSES}
          chosen={filter.status}
          textOf={(status) => t(`status.${status}`)}
          show={(status) => <StatusMark status={status} />}
          onChange={(status) => set('status', status)}
        />
      )
    case 'lane':
      return (
        <Words
          label={label}
          words={LANES}
          chosen={filter.lane}
          textOf={(lane) => t(`lane.${lane}`)}
          onChange={(lane) => set('lane', lane)}
        />
      )
    case 'priority':
      return (
        <Words
          label={label}
          words={PRIORITIES}
          chosen={filter.priority}
          textOf={(priority) => t(`priority.${priority}`)}
          show={(priority) => <PriorityMark priority={priority} withText />}
          onChange={(priority) => set('priority', priority)}
        />
      )
    case 'team':
      return (
        <TeamPick
          label={label}
          multiple
          isPicked={(team) => filter.team.includes(team.id)}
          onPick={(team) => set('team', toggled(filter.team, team.id))}
        />
      )
    case 'tag':
      return (
        <TagPick label={label} picked={filter.tag} onPick={(tag) => set('tag', toggled(filter.tag, tag))} />
      )
    case 'assignee':
      return (
        <PersonPick
          label={label}
          who="STAFF"
          first={[
            { id: 'me', name: t('filter.me') },
            { id: 'none', name: t('filter.nobody') },
          ]}
          pickedId={filter.assignee}
          onPick={({ id }) => setAndClose('assignee', id)}
        />
      )
    case 'requester':
      return (
        <PersonPick
          label={label}
          pickedId={filter.requester}
          onPick={({ id }) => setAndClose('requester', id)}
        />
      )
    case 'organisation':
      return (
        <OrganisationPick
          label={label}
          pickedId={filter.organisation}
          onPick={({ id }) => setAndClose('organisation', id)}
        />
      )
    case 'text':
      return (
        <TypedValue
          type="search"
          label={label}
          value={filter.text ?? ''}
          onDone={(text) => {
            onChange(text ? withField(filter, 'text', text) : withoutField(filter, 'text'))
            onDone()
          }}
        />
      )
    case 'overdue':
    case 'snoozed':
      return null
  }
}

interface WordsProps<T extends string> {
  label: string
  words: readonly T[]
  chosen: readonly T[]
  textOf: (word: T) => string
  show?: (word: T) => ReactNode
  onChange: (chosen: T[]) => void
}

function Words<T extends string>({ label, words, chosen, textOf, show, onChange }: WordsProps<T>) {
  const t = useTranslations('tickets.filter')
  return (
    <PickList
      label={label}
      items={words}
      keyOf={(word) => word}
      textOf={textOf}
      show={show}
      multiple
      isPicked={(word) => chosen.includes(word)}
      onPick={(word) => onChange(words.filter((each) => (each === word) !== chosen.includes(each)))}
      emptyText={t('noMatch')}
    />
  )
}

interface TypedValueProps {
  type: 'date' | 'search'
  label: string
  value: string
  onDone: (value: string) => void
}

function TypedValue({ type, label, value, onDone }: TypedValueProps) {
  const t = useTranslations('tickets.filter')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onDone(String(new FormData(event.currentTarget).get('value') ?? '').trim())
  }
  return (
    <form className={css.typed} onSubmit={submit}>
      <TextField label={label} name="value" type={type} defaultValue={value} autoComplete="off" />
      <Button type="submit" kind="primary" size="small">
        {t('apply')}
      </Button>
    </form>
  )
}

function toggled(values: readonly string[], value: string): string[] {
  return values.includes(value) ? values.filter((each) => each !== value) : [...values, value]
}

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { PersonMark } from './marks'
import { PickList } from './pick-list'
import css from './picks.module.css'
import { organisationsMatching, peopleMatching, tagsStartingWith, teams } from './queries'
import type { Reference } from './ticket-model'

/** A person as lists offer one; the address tells apart people of one name. */
export interface PickablePerson extends Reference {
  email?: string
}

interface PersonPickProps {
  label: string
  who?: 'CUSTOMER' | 'STAFF'
  /** Offered before everyone else while nothing is typed. */
  first?: readonly PickablePerson[]
  pickedId?: string
  /** Several may be picked: says which are. */
  isPicked?: (person: PickablePerson) => boolean
  multiple?: boolean
  onPick: (person: PickablePerson) => void
  onCreate?: { label: (text: string) => string; create: (text: string) => void }
}

export function PersonPick(props: PersonPickProps) {
  const { label, who, first = [], pickedId, multiple, onPick, onCreate } = props
  const t = useTranslations('tickets.filter')
  const [text, setText] = useState('')
  const people = useQuery(peopleMatching(text, who))
  const firstIds = new Set(first.map((person) => person.id))
  const found = (people.data ?? []).filter((person) => text !== '' || !firstIds.has(person.id))
  const items: PickablePerson[] = text === '' ? [...first, ...found] : found
  return (
    <PickList
      label={label}
      items={items}
      keyOf={(person) => person.id}
      textOf={(person) => `${person.name} ${person.email ?? ''}`}
      show={(person) => (
        <span className={css.person}>
          <PersonMark name={person.id === 'none' ? undefined : person.name} alreadyNamed />
          <span className={css.names}>
            <span>{person.name}</span>
            {person.email ? <span className={css.email}>{person.email}</span> : null}
          </span>
        </span>
      )}
      multiple={multiple}
      isPicked={props.isPicked ?? ((person) => person.id === pickedId)}
      onPick={onPick}
      onSearch={setText}
      onCreate={onCreate}
      busy={people.isFetching}
      emptyText={people.isError ? t('unreachable') : t('noMatch')}
    />
  )
}

interface TeamPickProps {
  label: string
  multiple?: boolean
  /** Offered before all teams. */
  first?: readonly Reference[]
  isPicked: (team: Reference) => boolean
  onPick: (team: Reference) => void
}

export function TeamPick({ label, multiple, first = [], isPicked, onPick }: TeamPickProps) {
  const t = useTranslations('tickets.filter')
  const all = useQuery(teams())
  return (
    <PickList
      label={label}
      items={[...first, ...(all.data ?? [])]}
      keyOf={(team) => team.id}
      textOf={(team) => team.name}
      multiple={multiple}
      isPicked={isPicked}
      onPick={onPick}
      busy={all.isPending}
      emptyText={all.isError ? t('unreachable') : t('noMatch')}
    />
  )
}

interface OrganisationPickProps {
  label: string
  pickedId?: string
  /** Several may be picked: says which are. */
  isPicked?: (organisation: Reference) => boolean
  multiple?: boolean
  /** Offered before all organisations while nothing is typed. */
  first?: readonly Reference[]
  onPick: (organisation: Reference) => void
}

export function OrganisationPick(props: OrganisationPickProps) {
  const { label, pickedId, multiple, first = [], onPick } = props
  const t = useTranslations('tickets.filter')
  const [text, setText] = useState('')
  const found = useQuery(organisationsMatching(text))
  return (
    <PickList
      label={label}
      items={[...(text === '' ? first : []), ...(found.data ?? [])]}
      keyOf={(organisation) => organisation.id}
      textOf={(organisation) => organisation.name}
      multiple={multiple}
      isPicked={props.isPicked ?? ((organisation) => organisation.id === pickedId)}
      onPick={onPick}
      onSearch={setText}
      busy={found.isFetching}
      emptyText={found.isError ? t('unreachable') : t('noMatch')}
    />
  )
}

interface TagPickProps {
  label: string
  picked: readonly string[]
  onPick: (tag: string) => void
  /** Whether a tag that nobody has used yet may be made. */
  canCreate?: boolean
}

export function TagPick({ label, picked, onPick, canCreate = false }: TagPickProps) {
  const t = useTranslations('tickets')
  const [text, setText] = useState('')
  const suggested = useQuery(tagsStartingWith(text))
  const pickedFirst = text === '' ? picked : []
  const items = [...pickedFirst, ...(suggested.data ?? []).filter((tag) => !pickedFirst.includes(tag))]
  return (
    <PickList
      label={label}
      items={items}
      keyOf={(tag) => tag}
      textOf={(tag) => tag}
      multiple
      isPicked={(tag) => picked.includes(tag)}
      onPick={onPick}
      onSearch={setText}
      onCreate={
        canCreate ? { label: (tag) => t('newTag', { tag }), create: onPick, evenWhileBusy: true } : undefined
      }
      busy={suggested.isFetching}
      emptyText={canCreate ? t('typeTag') : t('filter.noMatch')}
    />
  )
}

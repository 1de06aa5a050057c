import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useShortcuts } from '@/lib/keyboard'
import { Icon } from '@/ui/icons'
import { Popup } from '@/ui/popup'
import css from './filter-bar.module.css'
import { FilterEditor } from './filter-editor'
import { PickList } from './pick-list'
import { oneOrganisation, onePerson, teams } from './queries'
import type { FilterField, TicketFilter } from './ticket-filter'
import { EVERYTHING, FILTER_FIELDS, fieldsInUse, isDayField, withoutField } from './ticket-filter'

export interface FilterBarProps {
  filter: TicketFilter
  onChange: (filter: TicketFilter) => void
}

/** The filter as chips: each can be changed and taken out, and more can be added. */
export function FilterBar({ filter, onChange }: FilterBarProps) {
  const t = useTranslations('tickets.filter')
  const word = useTranslations('tickets.shortcut')
  const [editing, setEditing] = useState<FilterField | 'new'>()
  /** A field that was chosen and holds nothing yet has a chip too, for its editor to open beside. */
  const [added, setAdded] = useState<FilterField>()
  const inUse = fieldsInUse(filter)
  const chips = added && !inUse.includes(added) ? [...inUse, added] : inUse

  useShortcuts([{ keys: 'f', label: t('add'), group: word('list'), run: () => setEditing('new') }])

  const close = () => {
    setEditing(undefined)
    setAdded(undefined)
  }

  const add = (field: FilterField) => {
    if (field === 'overdue') {
      onChange({ ...filter, overdue: true })
      close()
    } else {
      setAdded(field)
      setEditing(field)
    }
  }

  return (
    <fieldset className={css.bar} aria-label={t('title')}>
      {chips.map((field) => (
        <span key={field} className={css.chip}>
          {field === 'overdue' ? (
            <span className={css.value}>{t('field.overdue')}</span>
          ) : (
            <Popup
              label={t(`field.${field}`)}
              open={editing === field}
              onOpenChange={(open) => (open ? setEditing(field) : close())}
              trigger={
                <button type="button" className={css.value}>
                  <span className={css.field}>{t(`field.${field}`)}</span>{' '}
                  <ChipValue field={field} filter={filter} />
                </button>
              }
            >
              <FilterEditor field={field} filter={filter} onChange={onChange} onDone={close} />
            </Popup>
          )}
          <button
            type="button"
            className={css.remove}
            aria-label={t('remove', { field: t(`field.${field}`) })}
            title={t('remove', { field: t(`field.${field}`) })}
            onClick={() => {
              onChange(withoutField(filter, field))
              close()
            }}
          >
            <Icon name="close" size={12} />
          </button>
        </span>
      ))}
      <Popup
        label={t('add')}
        open={editing === 'new'}
        onOpenChange={(open) => (open ? setEditing('new') : close())}
        trigger={
          <button type="button" className={css.add}>
            <Icon name="filter" size={14} />
            {t('add')}
          </button>
        }
      >
        <PickList
          label={t('add')}
          items={FILTER_FIELDS.filter((field) => !inUse.includes(field))}
          keyOf={(field) => field}
          textOf={(field) => t(`field.${field}`)}
          onPick={add}
          emptyText={t('noMatch')}
        />
      </Popup>
      {inUse.length > 0 ? (
        <button
          type="button"
          className={css.clear}
          onClick={() => onChange({ ...EVERYTHING, order: filter.order })}
        >
          {t('clear')}
        </button>
      ) : null}
    </fieldset>
  )
}

function ChipValue({ field, filter }: { field: FilterField; filter: TicketFilter }) {
  const t = useTranslations('tickets')
  const format = useFormatter()
  const list = (values: readonly string[]) => format.list(values, { type: 'disjunction' })
  if (isDayField(field)) {
    const day = filter[field]
    return day ? format.dateTime(new Date(`${day}T00:00`), { dateStyle: 'medium' }) : '…'
  }
  switch (field) {
    case 'status':
      return list(filter.status.map((status) => t(`status.${status}`))) || '…'
    case 'lane':
      return list(filter.lane.map((lane) => t(`lane.${lane}`))) || '…'
    case 'priority':
      return list(filter.priority.map((priority) => t(`priority.${priority}`))) || '…'
    case 'tag':
      return list(filter.tag) || '…'
    case 'text':
      return filter.text ? `“${filter.text}”` : '…'
    case 'team':
      return <TeamNames ids={filter.team} />
    case 'assignee':
      if (filter.assignee === 'me') return t('filter.me')
      if (filter.assignee === 'none') return t('filter.nobody')
      return filter.assignee ? <PersonName id={filter.assignee} /> : '…'
    case 'requester':
      return filter.requester ? <PersonName id={filter.requester} /> : '…'
    case 'organisation':
      return filter.organisation ? <OrganisationName id={filter.organisation} /> : '…'
    case 'overdue':
      return null
  }
}

function TeamNames({ ids }: { ids: readonly string[] }) {
  const format = useFormatter()
  const { data } = useQuery(teams())
  const names = ids.map((id) => data?.find((team) => team.id === id)?.name ?? '…')
  return format.list(names, { type: 'disjunction' }) || '…'
}

function PersonName({ id }: { id: string }) {
  return useQuery(onePerson(id)).data?.name ?? '…'
}

function OrganisationName({ id }: { id: string }) {
  return useQuery(oneOrganisation(id)).data?.name ?? '…'
}

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { lazy, Suspense, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useCommands } from '@/features/shared/use-commands'
import { Apart, Part } from '@/lib/apart'
import { Icon } from '@/ui/icons'
import { Popup } from '@/ui/popup'
import css from './filter-bar.module.css'
import type { FilterNode } from './filter-expression'
import { all, DEPTH_MAX, depthOf, TERMS_MAX, termCount, withNodeAt } from './filter-expression'
import { NodeText, OrganisationName, PersonName } from './filter-text'
import { PickList } from './pick-list'
import { teams } from './queries'
import type { FilterField, TicketFilter } from './ticket-filter'
import {
  EVERYTHING,
  expressionOf,
  FILTER_FIELDS,
  fieldsInUse,
  isDayField,
  isFiltered,
  isFlag,
  withExpression,
  withoutField,
} from './ticket-filter'

export const filterEditor = new Part(async () => (await import('./filter-editor')).FilterEditor)
const FilterBuilder = lazy(async () => ({ default: (await import('./filter-builder')).FilterBuilder }))

export interface FilterBarProps {
  filter: TicketFilter
  onChange: (filter: TicketFilter) => void
  /** What can be done with the filter as it is: save it as a view. */
  actions?: ReactNode
}

/** The filter as chips: each can be changed and taken out, and more can be added. */
export function FilterBar({ filter, onChange, actions }: FilterBarProps) {
  const t = useTranslations('tickets.filter')
  const builder = useTranslations('tickets.builder')
  const [isBuilding, setBuilding] = useState(false)
  const [editing, setEditing] = useState<FilterField | 'new'>()
  /** A field that was chosen and holds nothing yet has a chip too, for its editor to open beside. */
  const [added, setAdded] = useState<FilterField>()
  const inUse = fieldsInUse(filter)
  const chips = added && !inUse.includes(added) ? [...inUse, added] : inUse

  const parts = expressionParts(filter)
  // Where the server takes no more beside what there is, the builder shows why.
  const addAny = () => (isFull(filter) ? setBuilding(true) : setEditing('new'))

  useCommands([
    { id: 'list.filter', run: addAny },
    { id: 'list.builder', run: () => setBuilding(!isBuilding) },
  ])

  const close = () => {
    setEditing(undefined)
    setAdded(undefined)
  }

  const add = (field: FilterField) => {
    if (isFlag(field)) {
      onChange({ ...filter, [field]: true })
      close()
    } else {
      setAdded(field)
      setEditing(field)
    }
  }

  const bar = (
    <fieldset className={css.bar} aria-label={t('title')}>
      {chips.map((field) => (
        <span key={field} className={css.chip}>
          {isFlag(field) ? (
            <span className={css.value}>{t(`field.${field}`)}</span>
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
              <Suspense>
                <Apart part={filterEditor} props={{ field, filter, onChange, onDone: close }} />
              </Suspense>
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
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part of a filter has no identity but its place
        <span key={index} className={css.chip}>
          <button
            type="button"
            className={css.value}
            aria-expanded={isBuilding}
            onClick={() => setBuilding(!isBuilding)}
          >
            <span className={css.words}>
              <NodeText node={part} />
            </span>
          </button>
          <button
            type="button"
            className={css.remove}
            aria-label={builder('removeChip')}
            title={builder('removeChip')}
            onClick={() => onChange(withoutPart(filter, index))}
          >
            <Icon name="close" size={12} />
          </button>
        </span>
      ))}
      <Popup
        label={t('add')}
        open={editing === 'new'}
        onOpenChange={(open) => (open ? addAny() : close())}
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
      <button
        type="button"
        className={css.clear}
        aria-expanded={isBuilding}
        onClick={() => setBuilding(!isBuilding)}
      >
        {builder('open')}
      </button>
      {isFiltered(filter) ? (
        <button
          type="button"
          className={css.clear}
          onClick={() => onChange({ ...EVERYTHING, order: filter.order })}
        >
          {t('clear')}
        </button>
      ) : null}
      {actions}
    </fieldset>
  )
  return (
    <>
      {bar}
      {isBuilding ? (
        <Suspense>
          <FilterBuilder filter={filter} onChange={onChange} onClose={() => setBuilding(false)} />
        </Suspense>
      ) : null}
    </>
  )
}

/** What stands beside the plain fields, each as a chip of its own. */
function expressionParts({ expression }: TicketFilter): readonly FilterNode[] {
  if (!expression) {
    return []
  }
  return expression.match === 'all' ? expression.items : [expression]
}

function isFull(filter: TicketFilter): boolean {
  const { expression } = filter
  const isDeepest = expression?.match === 'any' && depthOf(expression) >= DEPTH_MAX
  return isDeepest || termCount(expressionOf(filter)) >= TERMS_MAX
}

function withoutPart(filter: TicketFilter, index: number): TicketFilter {
  const { expression, ...plain } = filter
  return expression?.match === 'all'
    ? withExpression(filter, all(expressionOf(plain), withNodeAt(expression, [index], undefined)))
    : plain
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
    case 'snoozed':
      return null
  }
}

function TeamNames({ ids }: { ids: readonly string[] }) {
  const format = useFormatter()
  const { data } = useQuery(teams())
  const names = ids.map((id) => data?.find((team) => team.id === id)?.name ?? '…')
  return format.list(names, { type: 'disjunction' }) || '…'
}

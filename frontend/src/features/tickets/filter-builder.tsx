import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useDebounced } from '@/lib/use-debounced'
import { Button, IconButton } from '@/ui/button'
import segments from '@/ui/segments.module.css'
import { Select } from './builder-select'
import css from './filter-builder.module.css'
import type { FilterGroup, FilterNode, FilterProperty, FilterTerm } from './filter-expression'
import {
  all,
  any,
  aTerm,
  canonical,
  DEPTH_MAX,
  FILTER_PROPERTIES,
  isMomentOperator,
  OPERATORS,
  TERMS_MAX,
  takesNoValue,
  takesOneValue,
  termCount,
  withNodeAdded,
  withNodeAt,
  writeExpression,
} from './filter-expression'
import { FilterTermValue } from './filter-term-value'
import { ticketCount } from './queries'
import type { TicketFilter } from './ticket-filter'
import { expressionOf, filterKey, withExpression } from './ticket-filter'

export interface FilterBuilderProps {
  filter: TicketFilter
  onChange: (filter: TicketFilter) => void
  onClose: () => void
}

const COUNT_PAUSE_MS = 300
/** What a new line begins as: nothing until a status is chosen. */
const FIRST_TERM = aTerm('status', 'IN')

/** Everything that a filter can say, with and/or groups. The list behind follows every finished term. */
export function FilterBuilder({ filter, onChange, onClose }: FilterBuilderProps) {
  const t = useTranslations('tickets.builder')
  const [draft, change] = useDraftExpression(filter, onChange)
  const panel = useRef<HTMLElement>(null)

  useEffect(() => {
    panel.current?.querySelector<HTMLElement>('select')?.focus()
  }, [])

  return (
    <section
      ref={panel}
      className={css.builder}
      aria-label={t('title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.preventDefault()
          event.stopPropagation()
          onClose()
        }
      }}
    >
      <GroupEditor
        group={draft}
        place={[]}
        isFull={termCount(draft) >= TERMS_MAX}
        onChange={(place, node) => change(withNodeAt(draft, place, node))}
        onAdd={(place, node) => change(withNodeAdded(draft, place, node))}
      />
      <footer className={css.foot}>
        <Matches filter={filter} />
        <Button size="small" onClick={onClose}>
          {t('done')}
        </Button>
      </footer>
    </section>
  )
}

/** What is being clicked together: the list's filter and the terms that are not finished yet. */
function useDraftExpression(filter: TicketFilter, onChange: (filter: TicketFilter) => void) {
  const asShown = () => {
    const expression = expressionOf(filter)
    return expression.items.length > 0 ? expression : all(FIRST_TERM)
  }
  const [draft, setDraft] = useState(asShown)
  const [shownKey, setShownKey] = useState(filterKey(filter))
  const key = filterKey(filter)
  if (key !== shownKey) {
    setShownKey(key)
    // Changed from elsewhere: a chip was taken out, or another view was opened.
    if (writeExpression(draft) !== writeExpression(expressionOf(filter))) {
      setDraft(asShown())
    }
  }
  const change = (next: FilterGroup) => {
    setDraft(next.items.length > 0 ? next : all(FIRST_TERM))
    const finished = canonical(next)
    if (writeExpression(finished) !== writeExpression(expressionOf(filter))) {
      onChange(withExpression(filter, finished))
    }
  }
  return [draft, change] as const
}

function Matches({ filter }: { filter: TicketFilter }) {
  const t = useTranslations('tickets')
  const format = useFormatter()
  const settled = useDebounced(filter, COUNT_PAUSE_MS)
  const { data: count } = useQuery(ticketCount(settled))
  return (
    <output className={css.matches}>
      {count?.capped ? t('ticketCountCapped', { count: format.number(count.value) }) : null}
      {count && !count.capped ? t('builder.matches', { count: count.value }) : null}
    </output>
  )
}

interface GroupEditorProps {
  group: FilterGroup
  place: readonly number[]
  isFull: boolean
  onChange: (place: readonly number[], node: FilterNode | undefined) => void
  onAdd: (place: readonly number[], node: FilterNode) => void
}

function GroupEditor(props: GroupEditorProps) {
  const { group, place, isFull, onChange, onAdd } = props
  const t = useTranslations('tickets.builder')
  const name = useId()
  const isRoot = place.length === 0
  return (
    <fieldset className={css.group} data-inner={!isRoot || undefined}>
      <legend className="visually-hidden">{t(isRoot ? 'title' : 'group')}</legend>
      <div className={css.head}>
        <span className={segments.segments}>
          {(['all', 'any'] as const).map((match) => (
            <label key={match} className={segments.segment}>
              <input
                type="radio"
                className="visually-hidden"
                name={name}
                checked={group.match === match}
                onChange={() => onChange(place, { ...group, match })}
              />
              {t(match)}
            </label>
          ))}
        </span>
        {isRoot ? null : (
          <IconButton
            label={t('removeGroup')}
            icon="close"
            size="small"
            onClick={() => onChange(place, undefined)}
          />
        )}
      </div>
      <ul className={css.items}>
        {group.items.map((item, index) => {
          const at = [...place, index]
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a term has no identity but its place
            <li key={index} className={css.item}>
              {item.kind === 'group' ? (
                <GroupEditor {...props} group={item} place={at} />
              ) : (
                <TermEditor term={item} onChange={(node) => onChange(at, node)} />
              )}
            </li>
          )
        })}
      </ul>
      <div className={css.add}>
        <Button
          kind="quiet"
          size="small"
          icon="plus"
          disabled={isFull}
          onClick={() => onAdd(place, FIRST_TERM)}
        >
          {t('addTerm')}
        </Button>
        {place.length + 1 < DEPTH_MAX ? (
          <Button
            kind="quiet"
            size="small"
            icon="plus"
            disabled={isFull}
            onClick={() => onAdd(place, group.match === 'all' ? any(FIRST_TERM) : all(FIRST_TERM))}
          >
            {t('addGroup')}
          </Button>
        ) : null}
        {isFull ? <span className={css.hint}>{t('full', { count: TERMS_MAX })}</span> : null}
      </div>
    </fieldset>
  )
}

function TermEditor({
  term,
  onChange,
}: {
  term: FilterTerm
  onChange: (term: FilterTerm | undefined) => void
}) {
  const t = useTranslations('tickets.builder')
  const operators = OPERATORS[term.property]
  return (
    <div className={css.term}>
      <Select
        label={t('propertyLabel')}
        value={term.property}
        options={FILTER_PROPERTIES}
        textOf={(property) => t(`property.${property}`)}
        onChange={(property) => onChange(freshTerm(property))}
      />
      {operators.length > 1 ? (
        <Select
          label={t('operatorLabel')}
          value={term.operator}
          options={operators}
          textOf={(operator) => t(`operator.${operator}`)}
          onChange={(operator) => onChange({ ...term, operator, values: valuesFor(term, operator) })}
        />
      ) : (
        <span className={css.operator}>{t(`operator.${term.operator}`)}</span>
      )}
      {takesNoValue(term.operator) ? null : (
        <FilterTermValue term={term} onChange={(values) => onChange({ ...term, values })} />
      )}
      <span className={css.remove}>
        <IconButton
          label={t('removeTerm', { property: t(`property.${term.property}`) })}
          icon="close"
          size="small"
          onClick={() => onChange(undefined)}
        />
      </span>
    </div>
  )
}

function freshTerm(property: FilterProperty): FilterTerm {
  const operator = OPERATORS[property][0] ?? 'IN'
  const first = isMomentOperator(operator) ? ['-7d'] : operator === 'IS' ? ['true'] : []
  return { kind: 'term', property, operator, values: first }
}

/** The values that still mean something under another operator. */
function valuesFor(term: FilterTerm, operator: FilterTerm['operator']): readonly string[] {
  if (takesNoValue(operator)) return []
  const kindStays = isMomentOperator(operator) === isMomentOperator(term.operator)
  if (!kindStays || takesNoValue(term.operator)) {
    return isMomentOperator(operator) ? ['-7d'] : []
  }
  return takesOneValue(operator) ? term.values.slice(0, 1) : term.values
}

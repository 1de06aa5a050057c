import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Popup } from '@/ui/popup'
import { Select } from './builder-select'
import css from './filter-builder.module.css'
import type { FilterTerm } from './filter-expression'
import { CLOSED_VALUES, isMomentOperator, momentOf, SPEAKERS, STARTS } from './filter-expression'
import { TermValues } from './filter-text'
import { PriorityMark, StatusMark } from './marks'
import { PickList } from './pick-list'
import { OrganisationPick, PersonPick, TagPick, TeamPick } from './picks'
import type { Priority, Status } from './ticket-words'
import { LANES, PRIORITIES, STATUSES } from './ticket-words'

export interface FilterTermValueProps {
  term: FilterTerm
  onChange: (values: readonly string[]) => void
}

/** The control that fits what a term compares with. */
export function FilterTermValue({ term, onChange }: FilterTermValueProps) {
  const t = useTranslations('tickets.builder')
  if (isMomentOperator(term.operator)) {
    return <MomentValue value={term.values[0] ?? ''} onChange={(value) => onChange([value])} />
  }
  switch (term.property) {
    case 'overdue':
    case 'snoozed':
      return (
        <Select
          label={t('value')}
          value={term.values[0] === 'false' ? 'false' : 'true'}
          options={CLOSED_VALUES.overdue}
          textOf={(value) => t(value === 'true' ? 'yes' : 'no')}
          onChange={(value) => onChange([value])}
        />
      )
    case 'subject':
    case 'text':
      return <TextValue value={term.values[0] ?? ''} onChange={(text) => onChange([text])} />
    default:
      return <PickedValues term={term} onChange={onChange} />
  }
}

function PickedValues({ term, onChange }: FilterTermValueProps) {
  const t = useTranslations('tickets.builder')
  const [isOpen, setOpen] = useState(false)
  return (
    <Popup
      label={t('value')}
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={css.values} data-empty={term.values.length === 0 || undefined}>
          {term.values.length === 0 ? t('choose') : <TermValues term={term} />}
        </button>
      }
    >
      <ValuePick term={term} onChange={onChange} />
    </Popup>
  )
}

function ValuePick({ term, onChange }: FilterTermValueProps) {
  const t = useTranslations('tickets')
  const { property, values } = term
  const label = t(`builder.property.${property}`)
  const toggle = (value: string) =>
    onChange(values.includes(value) ? values.filter((each) => each !== value) : [...values, value])
  const words = { label, values, toggle }
  switch (property) {
    case 'status':
      return (
        <WordPick
          {...words}
          words={STATUSES}
          textOf={(status) => t(`status.${status}`)}
          show={(status: Status) => <StatusMark status={status} />}
        />
      )
    case 'lane':
      return <WordPick {...words} words={LANES} textOf={(lane) => t(`lane.${lane}`)} />
    case 'priority':
      return (
        <WordPick
          {...words}
          words={PRIORITIES}
          textOf={(priority) => t(`priority.${priority}`)}
          show={(priority: Priority) => <PriorityMark priority={priority} withText />}
        />
      )
    case 'lastMessageBy':
      return <WordPick {...words} words={SPEAKERS} textOf={(who) => t(`builder.speaker.${who}`)} />
    case 'team':
      return (
        <TeamPick
          label={label}
          multiple
          first={[{ id: 'mine', name: t('builder.myTeams') }]}
          isPicked={({ id }) => values.includes(id)}
          onPick={({ id }) => toggle(id)}
        />
      )
    case 'tag':
      return <TagPick label={label} picked={values} onPick={toggle} />
    case 'organisation':
      return (
        <OrganisationPick
          label={label}
          multiple
          first={[{ id: 'none', name: t('builder.noOrganisation') }]}
          isPicked={({ id }) => values.includes(id)}
          onPick={({ id }) => toggle(id)}
        />
      )
    case 'assignee':
      return (
        <PersonPick
          label={label}
          who="STAFF"
          multiple
          first={[
            { id: 'me', name: t('filter.me') },
            { id: 'none', name: t('filter.nobody') },
          ]}
          isPicked={({ id }) => values.includes(id)}
          onPick={({ id }) => toggle(id)}
        />
      )
    default:
      return (
        <PersonPick
          label={label}
          multiple
          isPicked={({ id }) => values.includes(id)}
          onPick={({ id }) => toggle(id)}
        />
      )
  }
}

interface WordPickProps<Word extends string> {
  label: string
  words: readonly Word[]
  values: readonly string[]
  textOf: (word: Word) => string
  show?: (word: Word) => React.ReactNode
  toggle: (word: Word) => void
}

function WordPick<Word extends string>({ label, words, values, textOf, show, toggle }: WordPickProps<Word>) {
  const t = useTranslations('tickets.filter')
  return (
    <PickList
      label={label}
      items={words}
      keyOf={(word) => word}
      textOf={textOf}
      show={show}
      multiple
      isPicked={(word) => values.includes(word)}
      onPick={toggle}
      emptyText={t('noMatch')}
    />
  )
}

/** Taken over when the field is left or Enter is pressed: half a word is no question. */
function TextValue({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations('tickets.builder')
  return (
    <input
      key={value}
      className={css.input}
      type="search"
      aria-label={t('words')}
      placeholder={t('words')}
      defaultValue={value}
      autoComplete="off"
      onBlur={(event) => {
        if (event.target.value.trim() !== value) {
          onChange(event.target.value.trim())
        }
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
          event.preventDefault()
          onChange(event.currentTarget.value.trim())
        }
      }}
    />
  )
}

const MOMENT_KINDS = [...STARTS, 'daysAgo', 'hoursAgo', 'inDays', 'inHours', 'date'] as const
type MomentKind = (typeof MOMENT_KINDS)[number]
const COUNT_MAX = 9_999

function MomentValue({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations('tickets.builder')
  const moment = momentOf(value)
  const kind = kindOf(value)
  const count = moment?.kind === 'relative' ? moment.count : 7
  return (
    <>
      {moment?.kind === 'relative' ? (
        <input
          className={css.count}
          type="number"
          min={0}
          max={COUNT_MAX}
          aria-label={t('howMany')}
          value={count}
          onChange={(event) => {
            const typed = Math.min(Math.max(event.target.valueAsNumber || 0, 0), COUNT_MAX)
            onChange(momentText(kind, Math.floor(typed), value))
          }}
        />
      ) : null}
      <Select
        label={t('value')}
        value={kind}
        options={MOMENT_KINDS}
        textOf={(each) => t(`momentKind.${each}`)}
        onChange={(each) => onChange(momentText(each, count, value))}
      />
      {kind === 'date' ? (
        <input
          className={css.input}
          type="date"
          aria-label={t('day')}
          value={moment?.kind === 'instant' ? localDay(moment.at) : ''}
          onChange={(event) => {
            const day = event.target.valueAsDate
            if (day) {
              onChange(new Date(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()).toISOString())
            }
          }}
        />
      ) : null}
    </>
  )
}

function kindOf(value: string): MomentKind {
  const moment = momentOf(value)
  switch (moment?.kind) {
    case 'start':
      return moment.of
    case 'relative':
      if (moment.direction === '-') return moment.unit === 'd' ? 'daysAgo' : 'hoursAgo'
      return moment.unit === 'd' ? 'inDays' : 'inHours'
    default:
      return 'date'
  }
}

function momentText(kind: MomentKind, count: number, before: string): string {
  switch (kind) {
    case 'daysAgo':
      return `-${count}d`
    case 'hoursAgo':
      return `-${count}h`
    case 'inDays':
      return `+${count}d`
    case 'inHours':
      return `+${count}h`
    case 'date': {
      const moment = momentOf(before)
      const at = moment?.kind === 'instant' ? moment.at : new Date(new Date().setHours(0, 0, 0, 0))
      return at.toISOString()
    }
    default:
      return kind
  }
}

function localDay(at: Date): string {
  const twoDigits = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`
}

import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { FilterNode, FilterTerm } from './filter-expression'
import { isMomentOperator, momentOf, takesNoValue } from './filter-expression'
import { oneOrganisation, onePerson, teams } from './queries'
import type { Lane, Priority, Status } from './ticket-words'

/** A filter in words: `Tag is all of a, b` or `Priority is Critical or Due is empty`. */
export function NodeText({ node, isInner = false }: { node: FilterNode; isInner?: boolean }) {
  const t = useTranslations('tickets.builder')
  if (node.kind === 'term') {
    return <TermText term={node} />
  }
  return (
    <>
      {isInner ? '(' : null}
      {node.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the words of a filter have no identity but their place
        <Fragment key={index}>
          {index > 0 ? ` ${t(node.match === 'all' ? 'and' : 'or')} ` : null}
          <NodeText node={item} isInner />
        </Fragment>
      ))}
      {isInner ? ')' : null}
    </>
  )
}

function TermText({ term }: { term: FilterTerm }) {
  const t = useTranslations('tickets.builder')
  return (
    <>
      {t(`property.${term.property}`)} {t(`operator.${term.operator}`)} <TermValues term={term} />
    </>
  )
}

/** What a term compares with, in words; three dots while nothing has been chosen. */
export function TermValues({ term }: { term: FilterTerm }) {
  const t = useTranslations('tickets')
  const format = useFormatter()
  const momentText = useMomentText()
  const { property, operator, values } = term
  const first = values[0]
  if (takesNoValue(operator)) {
    return null
  }
  if (first === undefined) {
    return '…'
  }
  if (isMomentOperator(operator)) {
    return momentText(first)
  }
  const type = operator === 'ALL_OF' ? 'conjunction' : 'disjunction'
  const list = (texts: readonly string[]) => format.list(texts, { type })
  switch (property) {
    case 'status':
      return list(values.map((value) => t(`status.${value as Status}`)))
    case 'lane':
      return list(values.map((value) => t(`lane.${value as Lane}`)))
    case 'priority':
      return list(values.map((value) => t(`priority.${value as Priority}`)))
    case 'lastMessageBy':
      return list(
        values.map((value) => t(value === 'STAFF' ? 'builder.speaker.STAFF' : 'builder.speaker.REQUESTER')),
      )
    case 'overdue':
    case 'snoozed':
      return t(first === 'true' ? 'builder.yes' : 'builder.no')
    case 'subject':
    case 'text':
      return `“${first}”`
    case 'tag':
      return list(values)
    default:
      return values.map((value, index) => (
        <Fragment key={value}>
          {index > 0 ? ', ' : null}
          <ReferenceName property={property} id={value} />
        </Fragment>
      ))
  }
}

function ReferenceName({ property, id }: { property: FilterTerm['property']; id: string }) {
  const t = useTranslations('tickets')
  if (id === 'me') return t('filter.me')
  if (id === 'mine') return t('builder.myTeams')
  if (id === 'none') return t(property === 'organisation' ? 'builder.noOrganisation' : 'filter.nobody')
  if (property === 'team') return <TeamName id={id} />
  if (property === 'organisation') return <OrganisationName id={id} />
  return <PersonName id={id} />
}

export function TeamName({ id }: { id: string }) {
  return useQuery(teams()).data?.find((team) => team.id === id)?.name ?? '…'
}

export function PersonName({ id }: { id: string }) {
  return useQuery(onePerson(id)).data?.name ?? '…'
}

export function OrganisationName({ id }: { id: string }) {
  return useQuery(oneOrganisation(id)).data?.name ?? '…'
}

function useMomentText() {
  const t = useTranslations('tickets.builder')
  const format = useFormatter()
  return (value: string) => {
    const moment = momentOf(value)
    switch (moment?.kind) {
      case 'start':
        return t(`moment.${moment.of}`)
      case 'relative': {
        const { direction, count, unit } = moment
        const key =
          direction === '-' ? (unit === 'd' ? 'daysAgo' : 'hoursAgo') : unit === 'd' ? 'inDays' : 'inHours'
        return t(`moment.${key}`, { count })
      }
      case 'instant': {
        const isMidnight = new Date(moment.at).setHours(0, 0, 0, 0) === moment.at.getTime()
        return format.dateTime(moment.at, {
          dateStyle: 'medium',
          ...(isMidnight ? {} : { timeStyle: 'short' as const }),
        })
      }
      case undefined:
        return '…'
    }
  }
}

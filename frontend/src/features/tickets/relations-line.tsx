import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { paths } from '@/paths'
import { IconButton } from '@/ui/button'
import { StatusMark } from './marks'
import { mergedTickets, ticketLinks } from './relations'
import css from './relations-line.module.css'
import { useRelations } from './use-relations'

export interface RelationsLineProps {
  number: number
  /** Whether messages of other tickets are among the conversation. */
  hasParts: boolean
  mayChange: boolean
}

/** What the ticket is to others, and what has become part of it. */
export function RelationsLine({ number, hasParts, mayChange }: RelationsLineProps) {
  const t = useTranslations('relations')
  const { unlink, takeApart } = useRelations()
  const links = useQuery(ticketLinks(number)).data ?? []
  const merged = useQuery({ ...mergedTickets(number), enabled: hasParts }).data ?? []
  if (links.length === 0 && merged.length === 0) {
    return null
  }
  return (
    <ul className={css.line} aria-label={t('label')}>
      {links.map((link) => (
        <li key={link.id} className={css.chip}>
          <span className={css.relation}>{t(`relation.${link.relation}`)}</span>
          <Link to={paths.ticket(link.ticket.number)} className={css.ticket} title={link.ticket.subject}>
            <StatusMark status={link.ticket.status} iconOnly />
            <span className={css.subject}>{link.ticket.subject}</span>
            <span>#{link.ticket.number}</span>
          </Link>
          {mayChange ? (
            <IconButton
              label={t('link.remove', { number: link.ticket.number })}
              icon="close"
              size="small"
              onClick={() => void unlink(number, link)}
            />
          ) : null}
        </li>
      ))}
      {merged.map((part) => (
        <li key={part.number} className={css.chip}>
          <span className={css.relation}>{t('merge.part')}</span>
          <Link to={paths.ticket(part.number)} className={css.ticket} title={part.subject}>
            <span className={css.subject}>{part.subject}</span>
            <span>#{part.number}</span>
          </Link>
          <span className={css.relation}>{part.requester.name}</span>
          {part.mergeId && mayChange ? (
            <IconButton
              label={t('merge.takeOut', { number: part.number })}
              icon="close"
              size="small"
              onClick={() =>
                void takeApart(
                  part.mergeId ?? '',
                  merged.filter(({ mergeId }) => mergeId === part.mergeId).map((each) => each.number),
                )
              }
            />
          ) : null}
        </li>
      ))}
    </ul>
  )
}

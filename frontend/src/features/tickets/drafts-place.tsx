import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { paths } from '@/paths'
import { Icon } from '@/ui/icons'
import { Popup } from '@/ui/popup'
import { kindOfPlace } from './draft-sync'
import css from './drafts-place.module.css'
import { knownRow, oneTicket } from './queries'
import { useTicketDesk, useUnsentPlaces } from './ticket-desk'
import { ticketOfPlace } from './unsent-text'

const EXCERPT_LENGTH_MAX = 120

/** What its reader has begun and not sent, on whichever device. There only where there is something. */
export function DraftsPlace() {
  const t = useTranslations('tickets.drafts')
  const client = useQueryClient()
  const { drafts, unsent } = useTicketDesk()
  const [open, setOpen] = useState(false)
  const places = useUnsentPlaces()
  if (places.length === 0) {
    return null
  }

  const subjectOf = (number: number) =>
    drafts.subject(number) ??
    client.getQueryData(oneTicket(number).queryKey)?.subject ??
    knownRow(client, number)?.subject

  return (
    <Popup
      label={t('title')}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={css.place}>
          <Icon name="reply" />
          <span className={css.name}>{t('title')}</span>
          <span className={css.count}>{places.length}</span>
        </button>
      }
    >
      <ul className={css.list}>
        {places.map((place) => {
          const number = Number(ticketOfPlace(place))
          const { text, attachments } = unsent.read(place)
          return (
            <li key={place}>
              <Link to={paths.ticket(number)} className={css.draft} onClick={() => setOpen(false)}>
                <span className={css.subject}>
                  #{number} {subjectOf(number)}
                </span>
                <span className={css.text}>
                  <span className={css.kind}>{t(kindOfPlace(place))}</span>{' '}
                  {text.trim().slice(0, EXCERPT_LENGTH_MAX) ||
                    attachments.map(({ fileName }) => fileName).join(', ')}
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
    </Popup>
  )
}

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useDebounced } from '@/lib/use-debounced'
import { StatusMark } from './marks'
import { PickList } from './pick-list'
import { searchSuggestions } from './queries'
import css from './ticket-pick.module.css'
import type { Status } from './ticket-words'

const PAUSE_MS = 150

export interface PickableTicket {
  number: number
  subject: string
  status: Status
}

interface TicketPickProps {
  label: string
  /** Offered while nothing is typed. */
  first: readonly PickableTicket[]
  without: ReadonlySet<number>
  busy: boolean
  preview?: (ticket: PickableTicket) => ReactNode
  onPick: (ticket: PickableTicket) => void
}

/** A ticket by its number or words of its subject. */
export function TicketPick({ label, first, without, busy, preview, onPick }: TicketPickProps) {
  const t = useTranslations('relations')
  const [text, setText] = useState('')
  const asked = useDebounced(text.replace(/^#/, ''), PAUSE_MS)
  const found = useQuery({ ...searchSuggestions(asked), enabled: asked !== '' })
  const isAsking = text !== '' && (asked !== text.replace(/^#/, '') || found.isFetching)
  const items = text === '' ? first : (found.data?.tickets ?? [])
  return (
    <PickList
      label={label}
      items={items.filter(({ number }) => !without.has(number))}
      keyOf={({ number }) => String(number)}
      // What the server found by a stem need not begin with what was typed.
      textOf={({ number, subject }) => `${text} #${number} ${number} ${subject}`}
      show={({ number, subject, status }) => (
        <span className={css.ticket}>
          <StatusMark status={status} iconOnly />
          <span className={css.subject}>{subject}</span>
          <span className={css.number}>#{number}</span>
        </span>
      )}
      preview={preview}
      onPick={onPick}
      onSearch={setText}
      busy={busy || isAsking}
      emptyText={t(text === '' ? 'pick.type' : 'pick.none')}
    />
  )
}

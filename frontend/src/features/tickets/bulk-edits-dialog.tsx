import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { useFormatter, useTranslations } from 'use-intl'
import { listBulkEdits, listBulkEditTickets } from '@/api/generated/sdk.gen'
import type { BulkEdit, BulkEditTicket } from '@/api/generated/types.gen'
import { useProblemText } from '@/api/use-problem-text'
import { paths } from '@/paths'
import { Button } from '@/ui/button'
import { QuickDialog } from '@/ui/quick-dialog'
import { RelativeTime } from '@/ui/relative-time'
import { EmptyState, ErrorState, LoadingState } from '@/ui/states'
import css from './bulk-edits-dialog.module.css'
import { kindOf } from './restoration'
import { useBulkResults } from './use-bulk-edit'
import { useBulkEditText } from './use-bulk-text'

interface BulkEditsDialogProps {
  /** The edit whose tickets are shown at first. */
  opened: string | undefined
  onClose: () => void
}

/** The edits of many tickets of the last day: what became of each, and taking it back while that can be done. */
export function BulkEditsDialog({ opened, onClose }: BulkEditsDialogProps) {
  const t = useTranslations('tickets.bulk')
  const problemText = useProblemText()
  const edits = useQuery({
    queryKey: ['bulk-edits'],
    queryFn: async ({ signal }) => (await listBulkEdits({ signal, throwOnError: true })).data,
    refetchInterval: 2_000,
  })
  return (
    <QuickDialog title={t('title')} size="wide" onClose={onClose}>
      {edits.isError ? (
        <ErrorState title={problemText(edits.error)} onRetry={() => void edits.refetch()} />
      ) : edits.isPending ? (
        <LoadingState rows={3} />
      ) : edits.data.length === 0 ? (
        <EmptyState title={t('none')} action={<Button onClick={onClose}>{t('close')}</Button>} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        <ul className={css.list} aria-label={t('title')} tabIndex={0}>
          {edits.data.map((edit) => (
            <Edit key={edit.id} edit={edit} isOpenedFirst={edit.id === opened} onClose={onClose} />
          ))}
        </ul>
      )}
    </QuickDialog>
  )
}

function Edit({
  edit,
  isOpenedFirst,
  onClose,
}: {
  edit: BulkEdit
  isOpenedFirst: boolean
  onClose: () => void
}) {
  const t = useTranslations('tickets.bulk')
  const format = useFormatter()
  const editText = useBulkEditText()
  const { undo } = useBulkResults()
  const [isOpen, setOpen] = useState(isOpenedFirst)
  const number = (value: number) => format.number(value)
  const counts = [
    edit.finishedAt ? undefined : t('progress', { done: number(edit.done), total: number(edit.total) }),
    t('countChanged', { count: edit.changed }),
    edit.unchanged > 0 ? t('countUnchanged', { count: edit.unchanged }) : undefined,
    edit.kept > 0 ? t('countKept', { count: edit.kept }) : undefined,
    edit.refused > 0 ? t('countRefused', { count: edit.refused }) : undefined,
    edit.stopped > 0 ? t('countStopped', { count: edit.stopped }) : undefined,
  ]
  return (
    <li className={css.edit}>
      <div className={css.head}>
        <p className={css.text}>{editText(edit)}</p>
        <RelativeTime value={edit.askedAt} />
        {edit.undoneBy ? <span className={css.muted}>{t('isUndone')}</span> : null}
        {edit.undoableUntil && edit.changed > 0 ? (
          <Button
            size="small"
            onClick={() => {
              onClose()
              void undo(edit.id)
            }}
          >
            {t('undo')}
          </Button>
        ) : null}
      </div>
      <p className={css.muted}>{counts.filter(Boolean).join(' · ')}</p>
      {edit.refused + edit.kept > 0 ? (
        <>
          <Button kind="quiet" size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t(isOpen ? 'hideTickets' : 'showTickets')}
          </Button>
          {isOpen ? (
            <>
              <Tickets id={edit.id} outcome="REFUSED" count={edit.refused} onClose={onClose} />
              <Tickets id={edit.id} outcome="KEPT" count={edit.kept} onClose={onClose} />
            </>
          ) : null}
        </>
      ) : null}
    </li>
  )
}

interface TicketsProps {
  id: string
  outcome: 'REFUSED' | 'KEPT'
  count: number
  onClose: () => void
}

function Tickets({ id, outcome, count, onClose }: TicketsProps) {
  const t = useTranslations('tickets.bulk')
  const tickets = useInfiniteQuery({
    queryKey: ['bulk-edit-tickets', id, outcome],
    queryFn: async ({ signal, pageParam }) =>
      (
        await listBulkEditTickets({
          path: { id },
          query: { outcome, cursor: pageParam },
          signal,
          throwOnError: true,
        })
      ).data,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    enabled: count > 0,
  })
  const why = useWhy()
  return count === 0 ? null : (
    <ul className={css.tickets}>
      {tickets.data?.pages
        .flatMap((page) => page.items)
        .map((ticket) => (
          <li key={ticket.number}>
            <Link to={paths.ticket(ticket.number)} onClick={onClose}>
              #{ticket.number}
            </Link>{' '}
            {ticket.subject ? `${ticket.subject} ` : null}
            <span className={css.muted}>{why(ticket)}</span>
          </li>
        ))}
      {tickets.hasNextPage ? (
        <li>
          <Button size="small" busy={tickets.isFetchingNextPage} onClick={() => void tickets.fetchNextPage()}>
            {t('moreTickets')}
          </Button>
        </li>
      ) : null}
    </ul>
  )
}

const REASONS = {
  'illegal-status-change': 'status',
  'not-found': 'notFound',
  forbidden: 'forbidden',
  'ticket-done': 'done',
  'newer-messages': 'newerMessages',
  'macro-changed': 'macroChanged',
} as const

function useWhy(): (ticket: BulkEditTicket) => string {
  const t = useTranslations('tickets')
  const format = useFormatter()
  return ({ reason = '', part, kept }) => {
    if (kept.length > 0) {
      return t('bulk.keptTicket', {
        what: format.list(kept.map((property) => t(`property.${kindOf(property)}`))),
      })
    }
    if (part === 'assignee') return t('bulk.why.assignee')
    return t(`bulk.why.${REASONS[reason as keyof typeof REASONS] ?? 'other'}`)
  }
}

import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useProblemText } from '@/api/use-problem-text'
import { Button } from '@/ui/button'
import { Notice } from '@/ui/notice'
import { QuickDialog } from '@/ui/quick-dialog'
import { ErrorState } from '@/ui/states'
import { StatusMark } from './marks'
import css from './merge-dialog.module.css'
import { oneTicket, ticketMessages } from './queries'
import { openTicketsOf, seenTicket } from './relations'
import type { Ticket, TicketRow } from './ticket-model'
import type { PickableTicket } from './ticket-pick'
import { TicketPick } from './ticket-pick'
import { useRelations } from './use-relations'

const SHOWN_MAX = 5

export interface MergeDialogProps {
  /** What is to become part of another; of several, one may be the other. At most a hundred. */
  numbers: readonly number[]
  onClose: () => void
  onMerged?: ((target: number) => void) | undefined
}

/** Into which ticket: those of the same person first, any other by number or subject; both are shown before it is done. */
export function MergeDialog({ numbers, onClose, onMerged }: MergeDialogProps) {
  const t = useTranslations('relations')
  const problemText = useProblemText()
  const client = useQueryClient()
  const { merge } = useRelations()
  const [picked, setPicked] = useState<{ target: Ticket | TicketRow; parts: (Ticket | TicketRow)[] }>()
  const [isPicking, setPicking] = useState(false)
  const [failure, setFailure] = useState<unknown>()

  const isSeveral = numbers.length > 1
  const shown = useQueries({
    queries: numbers
      .slice(0, SHOWN_MAX)
      .map((number) => ({ ...oneTicket(number), refetchInterval: false as const })),
  })
  const tickets = shown.map(({ data }) => data).filter((data) => data !== undefined)
  const requesterId = tickets[0]?.requester.id
  const others = useQuery({ ...openTicketsOf(requesterId ?? ''), enabled: requesterId !== undefined })
  const first: PickableTicket[] = [
    ...(isSeveral ? tickets : []),
    ...(others.data ?? []).filter(({ number }) => !numbers.includes(number)),
  ]

  const finish = async (target: Ticket | TicketRow, parts: (Ticket | TicketRow)[]) => {
    onClose()
    if (await merge(target, parts)) {
      onMerged?.(target.number)
    }
  }

  const pick = async ({ number }: PickableTicket) => {
    setPicking(true)
    setFailure(undefined)
    try {
      const target = await seenTicket(client, number)
      const parts = await Promise.all(
        numbers.filter((each) => each !== number).map((each) => seenTicket(client, each)),
      )
      if (parts.some(({ requester }) => requester.id !== target.requester.id)) {
        setPicked({ target, parts })
      } else {
        await finish(target, parts)
      }
    } catch (error) {
      setFailure(error)
    } finally {
      setPicking(false)
    }
  }

  const title = isSeveral
    ? t('merge.titleMany', { count: numbers.length })
    : t('merge.title', { number: numbers[0] ?? 0 })
  const broken = shown.find(({ isError }) => isError)
  return (
    <QuickDialog title={title} onClose={onClose} size="wide">
      {picked ? (
        <OtherRequesters
          {...picked}
          onBack={() => setPicked(undefined)}
          onMerge={() => void finish(picked.target, picked.parts)}
        />
      ) : broken ? (
        <ErrorState title={problemText(broken.error)} onRetry={() => void broken.refetch()} />
      ) : (
        <>
          {failure === undefined ? null : <Notice tone="danger">{problemText(failure)}</Notice>}
          <section className={css.parts} aria-label={t('merge.parts')}>
            {tickets.map((ticket) => (
              <TicketCard key={ticket.number} ticket={ticket} />
            ))}
            {numbers.length > SHOWN_MAX ? (
              <p className={css.more}>{t('merge.more', { count: numbers.length - SHOWN_MAX })}</p>
            ) : null}
          </section>
          <TicketPick
            label={t('merge.into')}
            first={first}
            without={isSeveral ? NOTHING : new Set(numbers)}
            busy={isPicking || others.isLoading || shown.some(({ isPending }) => isPending)}
            preview={({ number }) => <TargetPreview key={number} number={number} />}
            onPick={(ticket) => void pick(ticket)}
          />
        </>
      )}
    </QuickDialog>
  )
}

const NOTHING: ReadonlySet<number> = new Set()

function TargetPreview({ number }: { number: number }) {
  const t = useTranslations('relations')
  const ticket = useQuery({ ...oneTicket(number), refetchInterval: false })
  return (
    <section className={css.target} aria-label={t('merge.target')}>
      <p className={css.caption}>{t('merge.target')}</p>
      {ticket.data ? (
        <>
          <TicketCard ticket={ticket.data} />
          {ticket.data.mergedInto ? (
            <p className={css.hint}>{t('refused.mergedInto', { number: ticket.data.mergedInto })}</p>
          ) : ticket.data.lane === 'DONE' ? (
            <p className={css.hint}>{t('merge.reopens')}</p>
          ) : null}
        </>
      ) : null}
    </section>
  )
}

function TicketCard({ ticket }: { ticket: Ticket }) {
  const messages = useQuery({ ...ticketMessages(ticket.number), refetchInterval: false })
  const last = messages.data?.messages.at(-1)
  return (
    <article className={css.card}>
      <p className={css.line}>
        <StatusMark status={ticket.status} iconOnly />
        <strong className={css.subject}>{ticket.subject}</strong>
        <span className={css.number}>#{ticket.number}</span>
      </p>
      <p className={css.facts}>
        {ticket.requester.name} · {ticket.team.name}
      </p>
      {last ? (
        <p className={css.excerpt}>
          {last.author.name}: {last.bodyMarkdown.slice(0, 240)}
        </p>
      ) : null}
    </article>
  )
}

/** Nobody is to read somebody else's messages by accident, so this is asked and not undone afterwards. */
function OtherRequesters({
  target,
  parts,
  onBack,
  onMerge,
}: {
  target: Ticket | TicketRow
  parts: readonly (Ticket | TicketRow)[]
  onBack: () => void
  onMerge: () => void
}) {
  const t = useTranslations('relations')
  const ui = useTranslations('common.ui')
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  const names = [
    ...new Set(
      parts
        .filter(({ requester }) => requester.id !== target.requester.id)
        .map(({ requester, number }) => `${requester.name} (#${number})`),
    ),
  ]
  return (
    <div className={css.confirm}>
      <Notice tone="warning">
        <p>{t('merge.otherPeople', { names: names.join(', '), name: target.requester.name })}</p>
        <p>{t('merge.otherPeopleSee', { name: target.requester.name })}</p>
      </Notice>
      <div className={css.actions}>
        <Button ref={button} onClick={onBack}>
          {ui('cancel')}
        </Button>
        <Button kind="primary" onClick={onMerge}>
          {t('merge.allTheSame')}
        </Button>
      </div>
    </div>
  )
}

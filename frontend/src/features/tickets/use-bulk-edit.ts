import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { askForBulkEdit, undoBulkEdit } from '@/api/generated/sdk.gen'
import type { BegunBulkEdit, BulkEdit } from '@/api/generated/types.gen'
import { newIdempotencyKey } from '@/api/idempotency'
import { isProblem } from '@/api/problem'
import { useCurrentUser } from '@/api/session'
import { useProblemText } from '@/api/use-problem-text'
import { addToast } from '@/ui/toast'
import type { BulkChange } from './bulk-change'
import { actionOf, rowChanges } from './bulk-change'
import { writeExpression } from './filter-expression'
import { acceptTicket } from './queries'
import { refreshLists, refreshOverviews } from './refresh'
import { useTicketDesk } from './ticket-desk'
import type { TicketFilter } from './ticket-filter'
import { expressionOf } from './ticket-filter'
import type { TicketRow } from './ticket-model'
import { offerUndo } from './undo-offer'
import { useBulkText } from './use-bulk-text'

/** So many are done by the time the server answers; their rows change at once. */
const AT_ONCE_MAX = 50

export type BulkTarget =
  | { kind: 'some'; numbers: ReadonlySet<number>; rows: readonly TicketRow[] }
  | { kind: 'all'; filter: TicketFilter; count: number }

/** Changes many tickets, says what became of it, and offers to take it back. */
export function useBulkEdit(): (target: BulkTarget, change: BulkChange) => void {
  const { writes } = useTicketDesk()
  const me = useCurrentUser()
  const t = useTranslations('tickets')
  const problemText = useProblemText()
  const bulkText = useBulkText()
  const { took } = useBulkResults()

  const ask = (target: BulkTarget, change: BulkChange, key = newIdempotencyKey()) => {
    const count = target.kind === 'some' ? target.numbers.size : target.count
    const numbers = target.kind === 'some' ? [...target.numbers] : []
    const text = bulkText(count, change)
    // Not before what is under way on one of them, which may be the very thing that makes this one possible.
    const settled = Promise.all(numbers.slice(0, AT_ONCE_MAX).map((number) => writes.settled(number)))
    const begun = settled.then(async () => {
      const { data } = await askForBulkEdit({
        headers: { 'Idempotency-Key': key },
        body: {
          ...(target.kind === 'some' ? { numbers } : { filter: bulkFilter(target.filter) }),
          action: actionOf(change),
        },
        throwOnError: true,
      })
      return data
    })
    const accepted = begun.then((data) => took(data, text))
    if (target.kind === 'some' && numbers.length <= AT_ONCE_MAX) {
      for (const row of target.rows) {
        const changes = rowChanges(change, row, me, Date.now())
        writes.shownWhile(row.number, changes, () => accepted).catch(() => {})
      }
    }
    accepted.catch((error: unknown) => {
      addToast({
        tone: 'danger',
        text: isProblem(error, 'too-many-tickets')
          ? t('bulk.tooMany', { most: Number(error.document.most) })
          : isProblem(error, 'too-many-bulk-edits')
            ? t('bulk.tooManyOpen')
            : isProblem(error, 'macro-changed')
              ? t('bulk.macroChanged')
              : t('trouble.failed', { wanted: text, why: problemText(error) }),
        // The same key: had the first one arrived after all, this changes nothing more.
        action:
          isProblem(error) && !error.isRetryable
            ? undefined
            : { label: t('retry'), run: () => ask(target, change, key) },
      })
    })
  }
  return (target, change) => ask(target, change)
}

/** What the page does with answers about edits of many tickets. */
export function useBulkResults() {
  const { runningBulkEdits } = useTicketDesk()
  const client = useQueryClient()
  const t = useTranslations('tickets')
  const problemText = useProblemText()

  const took = ({ edit, tickets }: BegunBulkEdit, text: string) => {
    for (const ticket of tickets) {
      acceptTicket(client, ticket)
    }
    if (edit.finishedAt === undefined) {
      runningBulkEdits.add({ id: edit.id, text })
    } else {
      tell(edit, text)
      void refreshOverviews(client, { cancelRefetch: true })
    }
  }

  /** One that this page has waited for has come to its end. */
  const finished = (edit: BulkEdit, text: string) => {
    runningBulkEdits.remove(edit.id)
    tell(edit, text)
    void refreshLists(client)
  }

  const undo = async (id: string) => {
    try {
      const { data } = await undoBulkEdit({ path: { id }, throwOnError: true })
      runningBulkEdits.remove(id)
      took(data, t('bulk.undoing', { count: data.edit.total }))
    } catch (error) {
      addToast({
        tone: 'danger',
        text: isProblem(error, 'not-undoable') ? t('bulk.notUndoable') : problemText(error),
        action:
          isProblem(error) && !error.isRetryable
            ? undefined
            : { label: t('retry'), run: () => void undo(id) },
      })
    }
  }

  const tell = (edit: BulkEdit, text: string) => {
    void client.invalidateQueries({ queryKey: ['bulk-edits'] })
    if (edit.undoes) {
      addToast({ text: t('bulk.undone', { count: edit.changed + edit.kept }) })
    } else if (edit.refused === 0 || edit.changed + edit.unchanged > 0) {
      offerUndo({
        text: edit.stoppedAt ? t('bulk.stopped', { count: edit.changed }) : text,
        label: t('undo'),
        undo: edit.changed > 0 ? () => void undo(edit.id) : undefined,
      })
    }
    if (edit.refused > 0 || edit.kept > 0) {
      addToast({
        tone: 'danger',
        text: [
          edit.refused > 0 ? t('bulk.refused', { count: edit.refused }) : '',
          edit.kept > 0 ? t('bulk.kept', { count: edit.kept }) : '',
        ]
          .join(' ')
          .trim(),
        action: { label: t('bulk.show'), run: () => showBulkEdits(edit.id) },
      })
    }
  }

  return { took, finished, undo }
}

export function bulkFilter(filter: TicketFilter) {
  return {
    expression: writeExpression(expressionOf(filter)),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}

let show: (id: string) => void = () => {}

/** Says what opens the list of edits, while it is there. */
export function onShowBulkEdits(open: (id: string) => void): () => void {
  show = open
  return () => {
    show = () => {}
  }
}

const showBulkEdits = (id: string) => show(id)

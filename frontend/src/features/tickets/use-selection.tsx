import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { countMatchingTickets } from '@/api/generated/sdk.gen'
import { useProblemText } from '@/api/use-problem-text'
import { Apart, Part } from '@/lib/apart'
import { SilencedKeys } from '@/lib/silenced-keys'
import { addToast } from '@/ui/toast'
import type { BulkChange } from './bulk-change'
import { endsSelection } from './bulk-change'
import { loadMergeDialog } from './load-relations'
import { loadSelectionMacroDialog } from './load-replies'
import type { Property } from './property-bar'
import type { Selection } from './selection'
import { countOf, extended, isSelected, NOTHING, ofRows, toggled } from './selection'
import type { TicketFilter } from './ticket-filter'
import type { TicketRow } from './ticket-model'
import { bulkFilter, useBulkEdit } from './use-bulk-edit'

export const selectionPropertyDialog = new Part(
  async () => (await import('./selection-dialogs')).SelectionPropertyDialog,
)
const SelectionMacroDialog = lazy(loadSelectionMacroDialog)
const MergeDialog = lazy(loadMergeDialog)

/** So many tickets become one at once. */
const MERGED_MAX = 100

interface Selecting {
  listKey: string
  filter: TicketFilter
  rows: readonly TicketRow[]
  /** Whether the list has loaded all its rows. */
  isWhole: boolean
}

/** The tickets of a list that are selected, and what is done to them. Another list begins with none. */
export function useSelection({ listKey, filter, rows, isWhole }: Selecting) {
  const client = useQueryClient()
  const t = useTranslations('tickets.selection')
  const format = useFormatter()
  const problemText = useProblemText()
  const bulkEdit = useBulkEdit()
  const [kept, setKept] = useState<{ listKey: string; selection: Selection }>({ listKey, selection: NOTHING })
  const [asked, setAsked] = useState<Property | 'macro' | 'merge'>()
  const [isCounting, setCounting] = useState(false)
  const selection = kept.listKey === listKey ? kept.selection : NOTHING
  const count = countOf(selection)
  const set = (next: Selection) => setKept({ listKey, selection: next })

  // Rows keep the function that they were drawn with.
  const latest = useRef({ rows, listKey })
  useEffect(() => {
    latest.current = { rows, listKey }
  })
  const onSelect = useCallback((number: number, { extend }: { extend: boolean }) => {
    setKept((before) => {
      const now = latest.current
      const current = before.listKey === now.listKey ? before.selection : NOTHING
      return {
        listKey: now.listKey,
        selection: extend ? extended(current, now.rows, number, number) : toggled(current, now.rows, number),
      }
    })
  }, [])

  const selectAll = async () => {
    if (isWhole) {
      set(ofRows(rows))
      return
    }
    setCounting(true)
    try {
      const { data } = await client.fetchQuery({
        queryKey: ['tickets', 'matching', listKey],
        queryFn: ({ signal }) =>
          countMatchingTickets({ query: withText(filter), signal, throwOnError: true }),
        staleTime: 0,
      })
      if (data.isTooMany) {
        addToast({ tone: 'danger', text: t('tooMany', { count: format.number(data.count) }) })
      } else {
        set(data.count === 0 ? NOTHING : { kind: 'all', count: data.count })
      }
    } catch (error) {
      addToast({ tone: 'danger', text: problemText(error) })
    } finally {
      setCounting(false)
    }
  }

  const change = (made: BulkChange) => {
    if (selection.kind === 'none') {
      return
    }
    bulkEdit(
      selection.kind === 'all'
        ? { kind: 'all', filter, count }
        : {
            kind: 'some',
            numbers: selection.numbers,
            rows: rows.filter((row) => isSelected(selection, row.number)),
          },
      made,
    )
    // What matches a filter is not the same any more.
    if (selection.kind === 'all' || endsSelection(made)) {
      set(NOTHING)
    }
  }

  const dialogProps = {
    count,
    rows: rows.filter((row) => isSelected(selection, row.number)),
    onChange: change,
    onClose: () => setAsked(undefined),
  }
  const dialog: ReactNode =
    asked === undefined || count === 0 ? null : asked === 'merge' ? (
      <Suspense fallback={<SilencedKeys />}>
        <MergeDialog
          numbers={selection.kind === 'some' ? [...selection.numbers] : []}
          onClose={dialogProps.onClose}
          onMerged={() => set(NOTHING)}
        />
      </Suspense>
    ) : asked === 'macro' ? (
      <Suspense fallback={<SilencedKeys />}>
        <SelectionMacroDialog {...dialogProps} />
      </Suspense>
    ) : (
      <Suspense fallback={<SilencedKeys />}>
        <Apart part={selectionPropertyDialog} props={{ property: asked, ...dialogProps }} />
      </Suspense>
    )

  return {
    selection,
    count,
    isWhole,
    isCounting,
    isSelected: (number: number) => isSelected(selection, number),
    toggle: (number: number) => set(toggled(selection, rows, number)),
    extend: (from: number, to: number) => set(extended(selection, rows, from, to)),
    clear: () => set(NOTHING),
    selectAll: () => void selectAll(),
    change,
    ask: (what: Property | 'macro' | 'merge') => {
      if (what === 'merge' && (selection.kind === 'all' || count > MERGED_MAX)) {
        addToast({ tone: 'danger', text: t('tooManyToMerge', { count: format.number(MERGED_MAX) }) })
      } else {
        setAsked(what)
      }
    },
    onSelect,
    dialog,
  }
}

function withText(filter: TicketFilter) {
  const { expression, zone } = bulkFilter(filter)
  return { filter: expression, zone }
}

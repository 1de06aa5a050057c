import { useMutation, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useProblemText } from '@/api/use-problem-text'
import { useCommands } from '@/features/shared/use-commands'
import { addToast } from '@/ui/toast'
import type { SavedView } from './desk-api'
import { changeSavedView } from './desk-api'
import css from './filter-bar.module.css'
import { wireOf } from './filter-expression'
import { savedViews } from './queries'
import { filterOfSaved } from './rail-views'
import type { TicketColumn } from './ticket-columns'
import type { TicketFilter } from './ticket-filter'
import { expressionOf, filterKey, isFiltered } from './ticket-filter'

const SavedViewDialog = lazy(async () => ({
  default: (await import('./saved-view-dialog')).SavedViewDialog,
}))

export interface SaveViewActionProps {
  filter: TicketFilter
  columns: readonly TicketColumn[]
  /** The saved view that the filter began as. */
  view: SavedView | undefined
  /** Whether the filter is one that everyone has anyway. */
  isBuiltIn: boolean
  onSaved: (view: SavedView) => void
}

/** One click from a filter to a view; and from a changed view to the same view with the change. */
export function SaveViewAction({ filter, columns, view, isBuiltIn, onSaved }: SaveViewActionProps) {
  const t = useTranslations('tickets.savedView')
  const problemText = useProblemText()
  const client = useQueryClient()
  const [isNaming, setNaming] = useState(false)
  const content = { filter: wireOf(expressionOf(filter)), order: filter.order, columns: [...columns] }
  const isChanged =
    view !== undefined &&
    (filterKey(filterOfSaved(view)) !== filterKey(filter) ||
      (view.columns.length > 0 && view.columns.join() !== columns.join()))

  const update = useMutation({
    mutationFn: (known: SavedView) => changeSavedView(known, content),
    onSuccess: (saved) => {
      client.setQueryData(savedViews().queryKey, (known) =>
        known ? { ...known, views: known.views.map((each) => (each.id === saved.id ? saved : each)) } : known,
      )
      addToast({ text: t('updated', { name: saved.name }) })
    },
    onError: (error) => {
      addToast({ text: problemText(error), tone: 'danger' })
      void client.invalidateQueries({ queryKey: savedViews().queryKey })
    },
  })

  const isNothingNew = isBuiltIn || !isFiltered(filter) || (view !== undefined && !isChanged)
  useCommands([{ id: 'list.saveView', disabled: isNothingNew, run: () => setNaming(true) }])

  if (isNothingNew) {
    return null
  }
  return (
    <>
      {view?.mayChange ? (
        <button type="button" className={css.save} onClick={() => update.mutate(view)}>
          {t('update')}
        </button>
      ) : null}
      <button type="button" className={css.save} onClick={() => setNaming(true)}>
        {t('save')}
      </button>
      {isNaming ? (
        <Suspense>
          <SavedViewDialog
            content={content}
            onClose={() => setNaming(false)}
            onSaved={(saved) => {
              addToast({ text: t('saved', { name: saved.name }) })
              onSaved(saved)
            }}
          />
        </Suspense>
      ) : null}
    </>
  )
}

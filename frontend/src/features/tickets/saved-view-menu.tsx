import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useProblemText } from '@/api/use-problem-text'
import { IconButton } from '@/ui/button'
import { Icon } from '@/ui/icons'
import { Popup } from '@/ui/popup'
import { addToast } from '@/ui/toast'
import type { SavedView } from './desk-api'
import { addSavedView, deleteSavedView } from './desk-api'
import { savedViews } from './queries'
import css from './views-nav.module.css'

const SavedViewDialog = lazy(async () => ({
  default: (await import('./saved-view-dialog')).SavedViewDialog,
}))

export interface SavedViewMenuProps {
  name: string
  /** A saved view can be changed; the built-in ones only move. */
  view: SavedView | undefined
  onMove: (step: number) => void
}

/** What dragging does, for those who cannot drag; and what only a saved view has. */
export function SavedViewMenu({ name, view, onMove }: SavedViewMenuProps) {
  const t = useTranslations('tickets.savedView')
  const [isOpen, setOpen] = useState(false)
  const [isChanging, setChanging] = useState(false)
  const deleteView = useDeleteView()
  const command = (
    label: string,
    icon: 'chevron-down' | 'pencil' | 'trash' | 'chevron-up',
    run: () => void,
  ) => (
    <button
      type="button"
      className={css.command}
      onClick={() => {
        setOpen(false)
        run()
      }}
    >
      <Icon name={icon} size={16} />
      {label}
    </button>
  )
  return (
    // A press here is no drag.
    <span className={css.more} onPointerDown={(event) => event.stopPropagation()}>
      <Popup
        label={t('more', { name })}
        open={isOpen}
        onOpenChange={setOpen}
        trigger={<IconButton label={t('more', { name })} icon="more" size="small" />}
      >
        <div className={css.menu}>
          {command(t('moveUp'), 'chevron-up', () => onMove(-1))}
          {command(t('moveDown'), 'chevron-down', () => onMove(1))}
          {view ? command(t('rename'), 'pencil', () => setChanging(true)) : null}
          {view ? command(t('delete'), 'trash', () => void deleteView(view)) : null}
        </div>
      </Popup>
      {view && isChanging ? (
        <Suspense>
          <SavedViewDialog view={view} onClose={() => setChanging(false)} />
        </Suspense>
      ) : null}
    </span>
  )
}

const UNDO_MS = 8_000

/** Gone at once; the way back is to make it again. */
function useDeleteView() {
  const t = useTranslations('tickets')
  const problemText = useProblemText()
  const client = useQueryClient()
  const { queryKey } = savedViews()
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act()
      return true
    } catch (error) {
      addToast({ text: problemText(error), tone: 'danger' })
      return false
    } finally {
      void client.invalidateQueries({ queryKey })
    }
  }
  return async (view: SavedView) => {
    if (!(await attempt(() => deleteSavedView(view)))) {
      return
    }
    const { name, visibility, team, filter, order, columns } = view
    addToast({
      text: t('savedView.deleted', { name }),
      durationMs: UNDO_MS,
      action: {
        label: t('undo'),
        isUndo: true,
        run: () =>
          void attempt(() => addSavedView({ name, visibility, teamId: team?.id, filter, order, columns })),
      },
    })
  }
}

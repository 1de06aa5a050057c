import type { ReactNode } from 'react'
import { useId, useLayoutEffect, useRef } from 'react'
import { classNames } from '@/lib/class-names'
import { useShortcuts } from '@/lib/keyboard'
import styles from './quick-dialog.module.css'

interface QuickDialogProps {
  title: string
  onClose: () => void
  children: ReactNode
  size?: 'normal' | 'wide'
  /** Where what is in it says the same. */
  hideTitle?: boolean
}

const NO_SHORTCUTS = [] as const

/** A small dialog that a key opens and a choice closes: the browser's own, so that it costs nothing to load. */
export function QuickDialog({ title, onClose, children, size, hideTitle }: QuickDialogProps) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useShortcuts(NO_SHORTCUTS, { exclusive: true })

  useLayoutEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    element?.showModal?.()
    element?.querySelector<HTMLElement>('input, textarea, button')?.focus()
    return () => {
      element?.close?.()
      if (before instanceof HTMLElement) {
        before.focus({ preventScroll: true })
      }
    }
  }, [])

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a press beside the dialog closes it; the key for that is Escape
    <dialog
      ref={dialog}
      className={classNames(styles.dialog, size === 'wide' && styles.wide)}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) {
          onClose()
        }
      }}
    >
      <h2 id={id} className={hideTitle ? 'visually-hidden' : styles.title}>
        {title}
      </h2>
      {children}
    </dialog>
  )
}

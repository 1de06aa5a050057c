import type { ReactNode } from 'react'
import { useEffect, useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { Button, IconButton } from './button'
import { Icon } from './icons'
import styles from './toast.module.css'

export interface Toast {
  text: string
  tone?: 'neutral' | 'danger'
  /** Undo, retry. The toast goes away when it is used. */
  action?: {
    label: string
    run: () => void
    /** What the key for undoing does, while it is shown. */
    isUndo?: boolean
    /** The keys that do the same. */
    hint?: ReactNode
  }
  /** Zero keeps it until it is dismissed; what failed stays by default. */
  durationMs?: number
}

const DURATION_MS = 5_000
const TOASTS_MAX = 4

interface ShownToast extends Toast {
  id: number
}

let toasts: readonly ShownToast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function show(next: readonly ShownToast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

/** Says what happened at the edge of the screen; returns a function that takes it back. */
export function addToast(toast: Toast) {
  const id = ++lastId
  show([...toasts, { ...toast, id }].slice(-TOASTS_MAX))
  return () => dismissToast(id)
}

/** Takes back what was said last that can be taken back. */
export function undoLast() {
  const last = toasts.findLast(({ action }) => action?.isUndo)
  if (last) {
    dismissToast(last.id)
    last.action?.run()
  }
}

export function useCanUndo(): boolean {
  return useSyncExternalStore(subscribe, () => toasts.some(({ action }) => action?.isUndo))
}

function dismissToast(id: number) {
  show(toasts.filter((toast) => toast.id !== id))
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function ToastRegion() {
  const t = useTranslations('common.ui')
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <section aria-label={t('messages')} className={styles.region}>
      <div role="status" aria-live="polite" className={styles.stack}>
        {shown.map((toast) => (
          <ToastView key={toast.id} toast={toast} />
        ))}
      </div>
    </section>
  )
}

function ToastView({ toast }: { toast: ShownToast }) {
  const t = useTranslations('common.ui')
  const duration = toast.durationMs ?? (toast.tone === 'danger' ? 0 : DURATION_MS)
  useEffect(() => {
    if (duration === 0) return
    const timer = setTimeout(() => dismissToast(toast.id), duration)
    return () => clearTimeout(timer)
  }, [duration, toast.id])
  return (
    <div className={toast.tone === 'danger' ? `${styles.toast} ${styles.danger}` : styles.toast}>
      {toast.tone === 'danger' ? <Icon name="warning" size={16} /> : null}
      <p className={styles.text}>{toast.text}</p>
      {toast.action ? (
        <Button
          size="small"
          onClick={() => {
            dismissToast(toast.id)
            toast.action?.run()
          }}
        >
          {toast.action.label}
          {toast.action.hint ? <span aria-hidden="true">{toast.action.hint}</span> : null}
        </Button>
      ) : null}
      <IconButton label={t('dismiss')} icon="close" size="small" onClick={() => dismissToast(toast.id)} />
    </div>
  )
}

import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '@/lib/keyboard'
import { Button, IconButton } from './button'
import styles from './dialog.module.css'

interface DialogProps {
  title: string
  description?: string
  open: boolean
  onClose: () => void
  children?: ReactNode
  /** Buttons, the main one last. */
  actions?: ReactNode
  size?: 'normal' | 'wide'
  /** Refuses Escape, the backdrop and the corner button: for what must be answered. */
  mustAnswer?: boolean
}

const NONE = [] as const

function ShortcutsOff() {
  useShortcuts(NONE, { exclusive: true })
  return null
}

export function Dialog({
  title,
  description,
  open,
  onClose,
  children,
  actions,
  size,
  mustAnswer,
}: DialogProps) {
  const t = useTranslations('common.ui')
  return (
    <Base.Root
      open={open}
      disablePointerDismissal={mustAnswer}
      onOpenChange={(next, details) => {
        if (next || (mustAnswer && details.reason === 'escape-key')) return
        onClose()
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={size === 'wide' ? `${styles.popup} ${styles.wide}` : styles.popup}>
          <ShortcutsOff />
          <header className={styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            {mustAnswer ? null : (
              <IconButton label={t('close')} icon="close" size="small" onClick={onClose} />
            )}
          </header>
          {description ? (
            <Base.Description className={styles.description}>{description}</Base.Description>
          ) : null}
          <div className={styles.body}>{children}</div>
          {actions ? <footer className={styles.actions}>{actions}</footer> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

interface ConfirmDialogProps {
  title: string
  description: string
  confirmLabel: string
  open: boolean
  busy?: boolean
  dangerous?: boolean
  error?: string | undefined
  onConfirm: () => void
  onClose: () => void
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const t = useTranslations('common.ui')
  return (
    <Dialog
      title={props.title}
      description={props.description}
      open={props.open}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{t('cancel')}</Button>
          <Button kind={props.dangerous ? 'danger' : 'primary'} busy={props.busy} onClick={props.onConfirm}>
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      {props.error ? (
        <p role="alert" className={styles.error}>
          {props.error}
        </p>
      ) : null}
    </Dialog>
  )
}

import { type ReactNode, useId } from 'react'
import { useTranslations } from 'use-intl'
import { useProblemText } from '@/api/use-problem-text'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Notice } from '@/ui/notice'
import styles from './list-page.module.css'

interface FormDialogProps {
  title: string
  description?: string
  submitLabel: string
  /** The mutation that submitting starts. */
  change: { isPending: boolean; error: unknown; mutate: () => void }
  onClose: () => void
  size?: 'normal' | 'wide'
  children: ReactNode
}

/** A form in a dialog: what was typed stays when the server refuses it. */
export function FormDialog({
  title,
  description,
  submitLabel,
  change,
  onClose,
  size,
  children,
}: FormDialogProps) {
  const ui = useTranslations('common.ui')
  const problemText = useProblemText()
  const formId = useId()
  return (
    <Dialog
      title={title}
      description={description}
      open
      size={size}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} busy={change.isPending}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!change.isPending) change.mutate()
        }}
      >
        {change.error ? <Notice tone="danger">{problemText(change.error)}</Notice> : null}
        {children}
      </form>
    </Dialog>
  )
}

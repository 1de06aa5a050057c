import { type ReactNode, useRef, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { ATTACHMENT_SIZE_MAX_BYTES, ATTACHMENTS_MAX } from '@/api/upload'
import { useProblemText } from '@/api/use-problem-text'
import { formatBytes } from '@/lib/bytes'
import { Button, IconButton } from '@/ui/button'
import { Icon } from '@/ui/icons'
import styles from './attachment-field.module.css'
import type { Attachments, PendingFile, Refusal } from './use-attachments'

/** Takes files that are dropped on, or pasted into, what it encloses. */
export function AttachmentDropZone({
  attachments,
  children,
}: {
  attachments: Attachments
  children: ReactNode
}) {
  const t = useTranslations('common.ui.files')
  const [isOver, setOver] = useState(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button below does the same.
    <div
      className={styles.zone}
      onPaste={(event) => {
        if (event.clipboardData.files.length === 0) return
        event.preventDefault()
        attachments.add(event.clipboardData.files)
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={(event) => {
        if (event.dataTransfer.files.length === 0) return
        event.preventDefault()
        setOver(false)
        attachments.add(event.dataTransfer.files)
      }}
    >
      {children}
      {isOver ? <div className={styles.over}>{t('drop')}</div> : null}
    </div>
  )
}

export function AttachFilesButton({
  attachments,
  size,
}: {
  attachments: Attachments
  size?: 'small' | 'normal'
}) {
  const t = useTranslations('common.ui.files')
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button size={size} icon="paperclip" onClick={() => input.current?.click()}>
        {t('add')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('add')}
        onChange={(event) => {
          attachments.add([...(event.target.files ?? [])])
          // The same file may be picked again after it was removed.
          event.target.value = ''
        }}
      />
    </>
  )
}

export function AttachmentHint() {
  const t = useTranslations('common.ui.files')
  const locale = useLocale()
  return t('hint', { count: ATTACHMENTS_MAX, size: formatBytes(ATTACHMENT_SIZE_MAX_BYTES, locale) })
}

export function AttachmentList({ attachments }: { attachments: Attachments }) {
  return (
    <div className={styles.listFrame}>
      {attachments.files.length > 0 ? (
        <ul className={styles.list}>
          {attachments.files.map((file) => (
            <PendingFileView key={file.key} file={file} attachments={attachments} />
          ))}
        </ul>
      ) : null}
      <div role="alert" className={styles.refusals}>
        {attachments.refusals.map((refusal) => (
          <RefusalView key={`${refusal.reason}${'name' in refusal ? refusal.name : ''}`} refusal={refusal} />
        ))}
      </div>
    </div>
  )
}

function PendingFileView({ file, attachments }: { file: PendingFile; attachments: Attachments }) {
  const t = useTranslations('common.ui.files')
  const locale = useLocale()
  const problemText = useProblemText()
  const isUploading = file.state === 'uploading'
  return (
    <li className={file.state === 'failed' ? `${styles.file} ${styles.failed}` : styles.file}>
      <Icon name={file.state === 'failed' ? 'warning' : 'file'} size={16} />
      <span className={styles.name}>{file.name}</span>
      <span className={styles.size}>
        {file.state === 'failed'
          ? `${t('failed')}: ${problemText(file.error)}`
          : formatBytes(file.sizeBytes, locale)}
      </span>
      {isUploading ? (
        <progress
          className={styles.progress}
          max={1}
          value={file.share}
          aria-label={t('uploading', { name: file.name })}
        />
      ) : null}
      {file.state === 'failed' ? (
        <IconButton
          label={t('retry', { name: file.name })}
          icon="refresh"
          size="small"
          onClick={() => attachments.retry(file.key)}
        />
      ) : null}
      <IconButton
        label={t(isUploading ? 'cancel' : 'remove', { name: file.name })}
        icon="close"
        size="small"
        onClick={() => attachments.remove(file.key)}
      />
    </li>
  )
}

function RefusalView({ refusal }: { refusal: Refusal }) {
  const t = useTranslations('common.ui.files')
  const locale = useLocale()
  switch (refusal.reason) {
    case 'too-large':
      return (
        <p>{t('tooLarge', { name: refusal.name, size: formatBytes(ATTACHMENT_SIZE_MAX_BYTES, locale) })}</p>
      )
    case 'empty':
      return <p>{t('empty', { name: refusal.name })}</p>
    case 'too-many':
      return <p>{t('tooMany', { count: ATTACHMENTS_MAX })}</p>
  }
}

import { useMutation } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'use-intl'
import { downloadAttachment } from '@/api/download'
import type { Attachment } from '@/api/generated/types.gen'
import { useProblemText } from '@/api/use-problem-text'
import { formatBytes } from '@/lib/bytes'
import { Icon } from '@/ui/icons'
import { addToast } from '@/ui/toast'
import styles from './attachment-links.module.css'

/** The files of a sent message. */
export function AttachmentLinks({ attachments }: { attachments: readonly Attachment[] }) {
  if (attachments.length === 0) return null
  return (
    <ul className={styles.list}>
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          <AttachmentLink attachment={attachment} />
        </li>
      ))}
    </ul>
  )
}

function AttachmentLink({ attachment }: { attachment: Attachment }) {
  const t = useTranslations('common.ui')
  const locale = useLocale()
  const problemText = useProblemText()
  const download = useMutation({
    mutationFn: () => downloadAttachment(attachment),
    onError: (error) =>
      addToast({
        tone: 'danger',
        text: problemText(error),
        action: { label: t('retry'), run: () => download.mutate() },
      }),
  })
  return (
    <button
      type="button"
      className={styles.link}
      title={t('files.download', { name: attachment.fileName })}
      aria-busy={download.isPending}
      onClick={() => {
        if (!download.isPending) download.mutate()
      }}
    >
      <Icon name="download" size={16} />
      <span className={styles.name}>{attachment.fileName}</span>
      <span className={styles.size}>{formatBytes(attachment.sizeBytes, locale)}</span>
    </button>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ifMatch } from '@/api/client'
import { deleteSavedReply, restoreSavedReply } from '@/api/generated/sdk.gen'
import { KeptList } from './kept-list'
import { savedRepliesKey, savedRepliesQuery } from './queries'
import { SavedReplyDialog } from './saved-reply-dialog'

export default function SavedRepliesPage() {
  const t = useTranslations('replies.savedReplies')
  return (
    <KeptList
      words="replies.savedReplies"
      icon="note"
      query={useQuery(savedRepliesQuery())}
      contentHeader={t('text')}
      contentOf={(reply) => reply.text}
      listKey={savedRepliesKey}
      remove={({ id, version }) =>
        deleteSavedReply({ path: { id }, headers: { 'If-Match': ifMatch(version) }, throwOnError: true })
      }
      restore={({ id }) => restoreSavedReply({ path: { id }, throwOnError: true })}
      dialog={(reply, onClose) => <SavedReplyDialog reply={reply} onClose={onClose} />}
    />
  )
}

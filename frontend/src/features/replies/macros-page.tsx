import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ifMatch } from '@/api/client'
import { deleteMacro, restoreMacro } from '@/api/generated/sdk.gen'
import { useMacroWords } from '@/features/shared/macro-words'
import { KeptList } from './kept-list'
import { MacroFormDialog } from './macro-form-dialog'
import { macrosKey, macrosQuery } from './queries'

export default function MacrosPage() {
  const t = useTranslations('replies.macros')
  const wordsOf = useMacroWords()
  return (
    <KeptList
      words="replies.macros"
      icon="play"
      query={useQuery(macrosQuery())}
      contentHeader={t('does')}
      contentOf={(macro) => wordsOf(macro).join(' · ')}
      listKey={macrosKey}
      remove={({ id, version }) =>
        deleteMacro({ path: { id }, headers: { 'If-Match': ifMatch(version) }, throwOnError: true })
      }
      restore={({ id }) => restoreMacro({ path: { id }, throwOnError: true })}
      dialog={(macro, onClose) => <MacroFormDialog macro={macro} onClose={onClose} />}
    />
  )
}

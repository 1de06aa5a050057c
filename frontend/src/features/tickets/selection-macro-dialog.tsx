import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl'
import { listMacros } from '@/api/generated/sdk.gen'
import { useProblemText } from '@/api/use-problem-text'
import { useMacroWords } from '@/features/shared/macro-words'
import { QuickDialog } from '@/ui/quick-dialog'
import { EmptyState, ErrorState } from '@/ui/states'
import macroCss from './macro-dialog.module.css'
import { PickList } from './pick-list'
import type { SelectionDialogProps } from './selection-dialogs'

/** Which macro to apply to all selected tickets. */
export function SelectionMacroDialog({ count, onChange, onClose }: SelectionDialogProps) {
  const t = useTranslations('replies.macros')
  const tickets = useTranslations('tickets')
  const format = useFormatter()
  const problemText = useProblemText()
  const wordsOf = useMacroWords()
  const macros = useQuery({
    queryKey: ['macros'],
    queryFn: async ({ signal }) => (await listMacros({ signal, throwOnError: true })).data,
  })
  return (
    <QuickDialog
      title={tickets('selection.title', { count: format.number(count), property: t('choose') })}
      onClose={onClose}
    >
      {macros.isError ? (
        <ErrorState title={problemText(macros.error)} onRetry={() => void macros.refetch()} />
      ) : macros.data?.length === 0 ? (
        <EmptyState icon="play" title={t('noneYet')} />
      ) : (
        <PickList
          label={t('choose')}
          items={macros.data ?? []}
          busy={macros.isPending}
          keyOf={(macro) => macro.id}
          textOf={(macro) => macro.name}
          show={(macro) => (
            <span className={macroCss.option}>
              <span className={macroCss.name}>{macro.name}</span>
              <span className={macroCss.does}>{wordsOf(macro).join(' · ')}</span>
            </span>
          )}
          preview={(macro) =>
            macro.actions.message ? (
              <div className={macroCss.preview} data-kind={macro.actions.message.kind}>
                <p className={macroCss.audience}>
                  {tickets(
                    macro.actions.message.kind === 'REPLY' ? 'selection.willReply' : 'selection.willNote',
                    { count: format.number(count) },
                  )}
                </p>
                <div className={macroCss.text}>{macro.actions.message.text}</div>
              </div>
            ) : null
          }
          onPick={(macro) => {
            onClose()
            onChange({ kind: 'macro', macro })
          }}
          emptyText={t('noMatch')}
        />
      )}
    </QuickDialog>
  )
}

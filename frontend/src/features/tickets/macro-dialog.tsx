import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import type { Macro } from '@/api/generated/types.gen'
import { useProblemText } from '@/api/use-problem-text'
import { useMacroWords } from '@/features/shared/macro-words'
import { paths } from '@/paths'
import { QuickDialog } from '@/ui/quick-dialog'
import { EmptyState, ErrorState } from '@/ui/states'
import css from './macro-dialog.module.css'
import { PickList } from './pick-list'
import { ticketMacros, ticketMessages } from './queries'
import type { Ticket, TicketRow } from './ticket-model'
import { useApplyMacro } from './use-apply-macro'

export interface MacroDialogProps {
  ticket: Ticket | TicketRow
  /** The newest message in the reader's sight, where the ticket is open. */
  lastSeenMessageId?: number | undefined
  onClose: () => void
}

/** Which macro to apply; each says what it will do before it does it. */
export function MacroDialog({ ticket, lastSeenMessageId, onClose }: MacroDialogProps) {
  const t = useTranslations('replies.macros')
  const problemText = useProblemText()
  const wordsOf = useMacroWords()
  const applyMacro = useApplyMacro()
  const macros = useQuery(ticketMacros(ticket.number))
  // Applied from a list, a reply answers what there is now.
  const messages = useQuery({
    ...ticketMessages(ticket.number),
    enabled: lastSeenMessageId === undefined,
    refetchInterval: false,
  })
  const seenId = lastSeenMessageId ?? messages.data?.messages.at(-1)?.id
  const isReady = macros.isSuccess && (lastSeenMessageId !== undefined || !messages.isPending)
  const isEmpty = macros.isSuccess && macros.data.length === 0

  const pick = (macro: Macro) => {
    onClose()
    applyMacro(ticket, macro, seenId)
  }

  return (
    <QuickDialog title={t('applyTitle', { number: ticket.number })} onClose={onClose}>
      {macros.isError ? (
        <ErrorState title={problemText(macros.error)} onRetry={() => void macros.refetch()} />
      ) : isEmpty ? (
        <EmptyState
          icon="play"
          title={t('noneYet')}
          action={
            <Link to={paths.macros} onClick={onClose}>
              {t('make')}
            </Link>
          }
        />
      ) : (
        <PickList
          label={t('choose')}
          // There from the start, so that typing can begin.
          items={isReady ? macros.data : []}
          busy={!isReady}
          keyOf={(macro) => macro.id}
          textOf={(macro) => macro.name}
          show={(macro) => (
            <span className={css.option}>
              <span className={css.name}>{macro.name}</span>
              <span className={css.does}>{wordsOf(macro).join(' · ')}</span>
            </span>
          )}
          preview={(macro) =>
            macro.actions.message ? (
              <div className={css.preview} data-kind={macro.actions.message.kind}>
                <p className={css.audience}>
                  {t(macro.actions.message.kind === 'REPLY' ? 'willReply' : 'willNote', {
                    name: ticket.requester.name,
                  })}
                </p>
                <div className={css.text}>{macro.actions.message.text}</div>
              </div>
            ) : null
          }
          onPick={pick}
          emptyText={t('noMatch')}
        />
      )}
    </QuickDialog>
  )
}

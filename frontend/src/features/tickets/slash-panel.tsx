import { useQuery } from '@tanstack/react-query'
import type { Ref } from 'react'
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { countSavedReplyUse } from '@/api/generated/sdk.gen'
import type { SavedReply } from '@/api/generated/types.gen'
import { useProblemText } from '@/api/use-problem-text'
import { paths } from '@/paths'
import { matches } from './pick-list'
import { ticketSavedReplies } from './queries'
import css from './slash-panel.module.css'

const SHOWN_MAX = 50

export interface SlashPanelHandle {
  /** Whether the key meant the list and not the text. */
  takesKey: (key: string) => boolean
}

interface SlashPanelProps {
  ref?: Ref<SlashPanelHandle>
  /** Of the list, for the field that keeps the focus. */
  id: string
  ticketNumber: number
  query: string
  onActive: (optionId: string | undefined) => void
  onPick: (text: string) => void
}

/** Saved replies as they read on the ticket; the active one whole. */
export function SlashPanel({ ref, id, ticketNumber, query, onActive, onPick }: SlashPanelProps) {
  const t = useTranslations('replies.slash')
  const problemText = useProblemText()
  const list = useRef<HTMLDivElement>(null)
  const replies = useQuery(ticketSavedReplies(ticketNumber))
  const [chosen, setChosen] = useState({ query, index: 0 })
  const shown = matching(replies.data ?? [], query)
  // Another query begins at its top.
  const index = chosen.query === query ? Math.min(chosen.index, shown.length - 1) : 0
  const active = shown[index]
  const activeId = active && `${id}-${active.id}`

  useLayoutEffect(() => onActive(activeId), [onActive, activeId])
  useEffect(() => {
    if (activeId) {
      list.current?.querySelector(`[data-active]`)?.scrollIntoView({ block: 'nearest' })
    }
  }, [activeId])

  const pick = (reply: SavedReply) => {
    onPick(reply.text)
    // Only the order of the list depends on it.
    void countSavedReplyUse({ path: { id: reply.id } }).catch(() => {})
  }

  useImperativeHandle(ref, () => ({
    takesKey: (key) => {
      const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0
      const isPick = key === 'Enter' || key === 'Tab'
      if (step !== 0 && shown.length > 0) {
        setChosen({ query, index: (index + step + shown.length) % shown.length })
        return true
      }
      if (isPick && active) {
        pick(active)
        return true
      }
      // While the list is on its way, Enter is meant for it.
      return isPick && replies.isPending
    },
  }))

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a press in here must not take the focus from the text
    <div className={css.panel} onMouseDown={(event) => event.preventDefault()}>
      <div
        ref={list}
        id={id}
        role="listbox"
        // What scrolls can be reached; getting there closes the list.
        tabIndex={0}
        aria-label={t('label')}
        aria-busy={replies.isPending || undefined}
        className={css.list}
      >
        {shown.map((reply) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the text points at the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text handles the keys
          <div
            key={reply.id}
            id={`${id}-${reply.id}`}
            role="option"
            aria-selected={reply === active}
            data-active={reply === active || undefined}
            className={css.option}
            onMouseMove={() => setChosen({ query, index: shown.indexOf(reply) })}
            onClick={() => pick(reply)}
          >
            <span className={css.name}>{reply.name}</span>
            <span className={css.start}>{reply.text.split('\n', 1)[0]}</span>
          </div>
        ))}
      </div>
      {active ? (
        <div className={css.preview}>
          <p className="visually-hidden">{t('preview')}</p>
          {active.text}
        </div>
      ) : null}
      <p className={shown.length > 0 ? 'visually-hidden' : css.empty} role="status">
        {replies.isError ? (
          problemText(replies.error)
        ) : replies.isPending ? (
          t('loading')
        ) : shown.length > 0 ? (
          t('found', { count: shown.length })
        ) : replies.data.length > 0 ? (
          t('noMatch')
        ) : (
          <>
            {t('none')} <Link to={paths.savedReplies}>{t('make')}</Link>
          </>
        )}
      </p>
    </div>
  )
}

/** By name first; what only says it somewhere comes after. */
function matching(replies: readonly SavedReply[], query: string): SavedReply[] {
  const typed = query.trim()
  if (typed === '') {
    return replies.slice(0, SHOWN_MAX)
  }
  const byName = replies.filter((reply) => matches(reply.name, typed))
  const byText = replies.filter((reply) => !byName.includes(reply) && matches(reply.text, typed))
  return [...byName, ...byText].slice(0, SHOWN_MAX)
}

import type { ChangeEvent, KeyboardEvent, RefObject, SyntheticEvent } from 'react'
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/ui/button'
import { KeyCaps } from '@/ui/kbd'
import { loadSlashPanel } from './load-replies'
import type { SlashPanelHandle } from './slash-panel'

const SlashPanel = lazy(loadSlashPanel)

const QUERY_LENGTH_MAX = 40
/** A slash after anything else is part of a word, a path or an address. */
const MAY_STAND_BEFORE = /\s$|^$/

interface Open {
  /** Where the slash stands. */
  start: number
  query: string
  /** The slash came with the button: it goes again when nothing is chosen. */
  byButton: boolean
}

interface SlashOptions {
  ticketNumber: number
  textarea: RefObject<HTMLTextAreaElement | null>
  onText: (text: string) => void
}

/**
 * A `/` at the start of a line or after a space offers saved replies. The focus stays in the text: what is typed
 * behind the slash narrows the list, Enter puts the chosen one in the slash's place, Escape leaves the slash alone.
 */
export function useSlash({ ticketNumber, textarea, onText }: SlashOptions) {
  const id = useId()
  const panel = useRef<SlashPanelHandle>(null)
  const [open, setOpen] = useState<Open>()
  const [activeId, setActiveId] = useState<string>()

  useEffect(() => {
    // So that the first slash does not wait for it.
    void loadSlashPanel().catch(() => {})
  }, [])

  const close = () => {
    setOpen(undefined)
    setActiveId(undefined)
  }

  const follow = (text: string, caret: number, at: Open) => {
    const query = text.slice(at.start + 1, caret)
    const isStillThere = text[at.start] === '/' && caret > at.start
    if (!isStillThere || query.length > QUERY_LENGTH_MAX || query.includes('\n') || query.startsWith(' ')) {
      close()
    } else if (query !== at.query) {
      setOpen({ ...at, query })
    }
  }

  const typed = (event: ChangeEvent<HTMLTextAreaElement>) => {
    const { value, selectionStart: caret } = event.target
    const isSlash = (event.nativeEvent as InputEvent).data === '/' && value[caret - 1] === '/'
    if (open) {
      follow(value, caret, open)
    } else if (isSlash && MAY_STAND_BEFORE.test(value.slice(0, caret - 1))) {
      setOpen({ start: caret - 1, query: '', byButton: false })
    }
  }

  /** Types it as a person would, so that the browser's undo takes it back. */
  const replace = (start: number, end: number, text: string) => {
    const element = textarea.current
    if (!element) {
      return
    }
    element.focus()
    element.setSelectionRange(start, end)
    const isTyped = text !== '' && document.execCommand?.('insertText', false, text)
    if (!isTyped) {
      element.setRangeText(text, start, end, 'end')
      onText(element.value)
    }
  }

  const insert = (text: string) => {
    if (open) {
      const end = open.start + 1 + open.query.length
      close()
      replace(open.start, end, text)
    }
  }

  const takeBackSlash = (at: Open) => {
    if (at.byButton && at.query === '') {
      replace(at.start, at.start + 1, '')
    }
  }

  const takesKey = (event: KeyboardEvent): boolean => {
    if (!open) {
      return false
    }
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      close()
      takeBackSlash(open)
      return true
    }
    if (event.metaKey || event.ctrlKey || event.altKey || !panel.current?.takesKey(event.key)) {
      return false
    }
    event.preventDefault()
    return true
  }

  const openByButton = () => {
    const element = textarea.current
    if (!element) {
      return
    }
    if (open) {
      close()
      takeBackSlash(open)
      return
    }
    const { value, selectionStart: caret, selectionEnd } = element
    const slash = MAY_STAND_BEFORE.test(value.slice(0, caret)) ? '/' : ' /'
    replace(caret, selectionEnd, slash)
    setOpen({ start: caret + slash.length - 1, query: '', byButton: true })
  }

  return {
    isOpen: open !== undefined,
    typed,
    takesKey,
    openByButton,
    /** The caret went somewhere else. */
    moved: (event: SyntheticEvent<HTMLTextAreaElement>) => {
      if (open) {
        follow(event.currentTarget.value, event.currentTarget.selectionStart, open)
      }
    },
    left: () => {
      close()
      const element = textarea.current
      if (open?.byButton && open.query === '' && element?.value[open.start] === '/') {
        element.setRangeText('', open.start, open.start + 1)
        onText(element.value)
      }
    },
    field: {
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': open ? id : undefined,
      'aria-activedescendant': open ? activeId : undefined,
    } as const,
    panel: open ? (
      <Suspense>
        <SlashPanel
          ref={panel}
          id={id}
          ticketNumber={ticketNumber}
          query={open.query}
          onActive={setActiveId}
          onPick={insert}
        />
      </Suspense>
    ) : null,
  }
}

/** For whoever has the pointer in hand. */
export function SavedReplyButton({ slash }: { slash: ReturnType<typeof useSlash> }) {
  const t = useTranslations('tickets.composer')
  return (
    <Button
      kind="quiet"
      size="small"
      icon="note"
      aria-expanded={slash.isOpen}
      // The focus stays in the text.
      onMouseDown={(event) => event.preventDefault()}
      onClick={slash.openByButton}
    >
      {t('savedReply')}
      <KeyCaps keys="/" />
    </Button>
  )
}

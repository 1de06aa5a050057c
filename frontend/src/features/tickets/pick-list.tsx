import type { KeyboardEvent, ReactNode } from 'react'
import { useDeferredValue, useEffect, useId, useRef, useState } from 'react'
import css from './pick-list.module.css'

export interface PickListProps<T> {
  /** What is being picked, for the field that narrows the list. */
  label: string
  items: readonly T[]
  keyOf: (item: T) => string
  /** What typing is compared with. */
  textOf: (item: T) => string
  /** How an item looks, where that is more than its text. */
  show?: (item: T) => ReactNode
  isPicked?: (item: T) => boolean
  onPick: (item: T) => void
  /** Several may be picked: the list stays open. */
  multiple?: boolean
  /** Tells what was typed, where the items come from a server; without it the list narrows itself. */
  onSearch?: (text: string) => void
  /** Something that is not in the list, made of what was typed. */
  onCreate?: { label: (text: string) => string; create: (text: string) => void; evenWhileBusy?: boolean }
  emptyText: string
  busy?: boolean
  /** More about the active item than its line has room for. */
  preview?: (item: T) => ReactNode
}

/**
 * A field that narrows a list, and the list. Focus stays in the field; arrows move the active option, Enter
 * picks it. Goes into a popup or a dialog.
 */
export function PickList<T>(props: PickListProps<T>) {
  const { label, items, keyOf, textOf, show = textOf, isPicked, multiple = false, onSearch, onCreate } = props
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [text, setText] = useState('')
  const [activeIndex, setActiveIndex] = useState<number>()
  const search = useDeferredValue(text.trim())

  // What a server found for an earlier text must not be picked for this one.
  const shown = items.filter((item) => matches(textOf(item), text))
  const canCreate =
    onCreate !== undefined &&
    (onCreate.evenWhileBusy || !props.busy) &&
    text.trim() !== '' &&
    !shown.some((item) => textOf(item) === text.trim())
  const optionCount = shown.length + (canCreate ? 1 : 0)
  const start = text === '' && !multiple ? shown.findIndex((item) => isPicked?.(item)) : 0
  const active = Math.min(Math.max(activeIndex ?? start, 0), optionCount - 1)

  useEffect(() => {
    onSearch?.(search)
  }, [onSearch, search])

  useEffect(() => {
    list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [active])

  const activeItem = shown[active]

  const pick = (index: number) => {
    const item = shown[index]
    if (item !== undefined) {
      props.onPick(item)
    } else if (canCreate) {
      onCreate.create(text.trim())
    } else {
      return
    }
    if (multiple) {
      setText('')
    }
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) {
      return
    }
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + 8,
      PageUp: active - 8,
    }
    const to = moves[event.key]
    if (to !== undefined) {
      event.preventDefault()
      const wraps = event.key.startsWith('Arrow')
      setActiveIndex(wraps ? (to + optionCount) % optionCount : Math.min(Math.max(to, 0), optionCount - 1))
    } else if (event.key === 'Enter' && !event.metaKey && !event.ctrlKey) {
      event.preventDefault()
      pick(active)
    }
  }

  const option = (index: number, key: string, picked: boolean, content: ReactNode) => (
    // The field keeps the focus and handles the keys, so the options need neither.
    // biome-ignore lint/a11y/useFocusableInteractive: the field points at the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
    <div
      key={key}
      id={`${id}-${index}`}
      data-index={index}
      role="option"
      aria-selected={picked}
      className={css.option}
      data-active={index === active || undefined}
      onMouseMove={() => setActiveIndex(index)}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => pick(index)}
    >
      <span className={css.content}>{content}</span>
      <svg className={css.tick} data-picked={picked || undefined} viewBox="0 0 16 16" aria-hidden="true">
        <path d="m3.5 8.5 3 3 6-7" />
      </svg>
    </div>
  )

  return (
    <div className={css.pickList}>
      <input
        className={css.field}
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={optionCount > 0 ? `${id}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={label}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setActiveIndex(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        aria-multiselectable={multiple || undefined}
        aria-busy={props.busy || undefined}
        className={css.list}
      >
        {shown.map((item, index) => option(index, keyOf(item), isPicked?.(item) ?? false, show(item)))}
        {canCreate ? option(shown.length, '', false, onCreate.label(text.trim())) : null}
      </div>
      {props.preview && activeItem !== undefined ? props.preview(activeItem) : null}
      {optionCount === 0 ? (
        <p className={css.empty} role="status">
          {props.busy ? '…' : props.emptyText}
        </p>
      ) : null}
    </div>
  )
}

/** Every typed word begins a word of the text, in any order and without regard to accents. */
export function matches(text: string, typed: string): boolean {
  const words = plain(text).split(/[\s.@_-]+/)
  return plain(typed)
    .split(/\s+/)
    .every(
      (part) =>
        part === '' || words.some((word) => word.startsWith(part)) || plain(text).startsWith(plain(typed)),
    )
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import type { KeyboardEvent } from 'react'
import { useEffect, useImperativeHandle, useRef } from 'react'
import { useTranslations } from 'use-intl'
import css from './ticket-list.module.css'
import type { TicketRow as Row } from './ticket-model'
import { rowId, TicketRow } from './ticket-row'

const ROWS_AHEAD = 15
const SCROLL_OFFSETS_KEPT_MAX = 20
/** Where each list was scrolled to, for the way back to it. */
const scrollOffsets = new Map<string, number>()

export interface TicketListHandle {
  focusRow: (ticketNumber: number) => void
  scrollToTop: () => void
}

export interface TicketListProps {
  ref: React.Ref<TicketListHandle>
  /** Tells one list from another, for scroll positions. */
  listKey: string
  label: string
  rows: readonly Row[]
  rowHeight: number
  ageField: 'createdAt' | 'updatedAt'
  hasMore: boolean
  isLoadingMore: boolean
  onLoadMore: () => void
  linkTo: (ticketNumber: number) => string
  cursor: number | undefined
  /** A row got the focus. */
  onCursor: (ticketNumber: number) => void
  /** An arrow key asks for another row. */
  onMove: (ticketNumber: number) => void
  openNumber: number | undefined
  left: readonly number[]
  hasUnsentText: (ticketNumber: number) => boolean
}

export function TicketList(props: TicketListProps) {
  const { ref, rows, rowHeight, cursor, hasMore, isLoadingMore, onLoadMore, listKey } = props
  const t = useTranslations('tickets')
  const scroller = useRef<HTMLDivElement>(null)
  const cursorIndex = rows.findIndex((row) => row.number === cursor)
  const focusIndex = Math.max(cursorIndex, 0)

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    initialOffset: scrollOffsets.get(listKey) ?? 0,
    // The row that holds the focus stays, however far away the reader scrolls.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), focusIndex])].sort((a, b) => a - b),
    getItemKey: (index) => rows[index]?.number ?? index,
  })
  const visible = virtualizer.getVirtualItems()
  const lastVisible = virtualizer.range?.endIndex ?? 0

  useEffect(() => {
    if (hasMore && !isLoadingMore && lastVisible >= rows.length - ROWS_AHEAD) {
      onLoadMore()
    }
  }, [hasMore, isLoadingMore, lastVisible, rows.length, onLoadMore])

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows measured by another height have to be measured again
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight])

  useEffect(() => {
    if (cursorIndex >= 0) {
      virtualizer.scrollToIndex(cursorIndex, { align: 'auto' })
    }
  }, [virtualizer, cursorIndex])

  useImperativeHandle(ref, () => ({
    focusRow: (ticketNumber) => {
      const index = rows.findIndex((row) => row.number === ticketNumber)
      if (index >= 0) {
        virtualizer.scrollToIndex(index, { align: 'auto' })
      }
      document.getElementById(rowId(ticketNumber))?.focus({ preventScroll: true })
    },
    scrollToTop: () => virtualizer.scrollToOffset(0),
  }))

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    const moves: Record<string, number> = {
      ArrowDown: focusIndex + 1,
      ArrowUp: focusIndex - 1,
      PageDown: focusIndex + page,
      PageUp: focusIndex - page,
      Home: 0,
      End: rows.length - 1,
    }
    const to = moves[event.key]
    const target = to === undefined ? undefined : rows[Math.min(Math.max(to, 0), rows.length - 1)]
    if (target && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      props.onMove(target.number)
    }
  }

  return (
    <div
      ref={scroller}
      className={css.scroller}
      onScroll={(event) => rememberOffset(listKey, event.currentTarget.scrollTop)}
    >
      <ul
        className={css.list}
        // biome-ignore lint/a11y/noRedundantRoles: without bullets Safari forgets that it is a list
        role="list"
        aria-label={props.label}
        style={{ height: virtualizer.getTotalSize(), ['--row-height' as string]: `${rowHeight}px` }}
        onKeyDown={onKeyDown}
      >
        {visible.map((item) => {
          const row = rows[item.index]
          return row ? (
            <TicketRow
              key={item.key}
              row={row}
              to={props.linkTo(row.number)}
              position={item.index + 1}
              setSize={hasMore ? -1 : rows.length}
              offset={item.start}
              ageField={props.ageField}
              isCursor={item.index === focusIndex}
              isOpen={row.number === props.openNumber}
              hasLeft={props.left.includes(row.number)}
              hasUnsentText={props.hasUnsentText(row.number)}
              onFocus={props.onCursor}
            />
          ) : null
        })}
      </ul>
      {isLoadingMore ? (
        <p className={css.more} role="status">
          {t('loadingMore')}
        </p>
      ) : null}
    </div>
  )
}

function rememberOffset(listKey: string, offset: number) {
  scrollOffsets.delete(listKey)
  scrollOffsets.set(listKey, offset)
  const oldest = scrollOffsets.keys().next().value
  if (scrollOffsets.size > SCROLL_OFFSETS_KEPT_MAX && oldest !== undefined) {
    scrollOffsets.delete(oldest)
  }
}

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import type { KeyboardEvent } from 'react'
import { startTransition, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { rememberedPlace } from './list-place'
import type { TicketColumn } from './ticket-columns'
import { gridOf } from './ticket-columns'
import { useColleagues } from './ticket-desk'
import css from './ticket-list.module.css'
import type { TicketRow as Row } from './ticket-model'
import { rowId, TicketRow } from './ticket-row'

const ROWS_AHEAD = 15
/** Rows beyond each edge that are drawn before they are scrolled to. */
const OVERSCAN = 10
/** What is in sight is painted first. */
const OVERSCAN_AFTER_MS = 100
/** The first place of a list that was loaded from its beginning. */
const BEGINNING = 'null'

export interface TicketListHandle {
  focusRow: (ticketNumber: number) => void
  scrollToTop: () => void
}

export interface TicketListProps {
  ref: React.Ref<TicketListHandle>
  /** Tells one list from another, for the way back to its place. */
  listKey: string
  /** Changes when rows are added or let go above those shown, which must not move. */
  firstPlace: string | undefined
  label: string
  rows: readonly Row[]
  rowHeight: number
  columns: readonly TicketColumn[]
  ageField: 'createdAt' | 'updatedAt'
  hasMore: boolean
  isLoadingMore: boolean
  onLoadMore: () => void
  hasEarlier: boolean
  isLoadingEarlier: boolean
  onLoadEarlier: () => void
  /** The ticket at the upper edge, and how many pixels of it are cut off. */
  onPlace: (ticketNumber: number, shiftPx: number) => void
  linkTo: (ticketNumber: number) => string
  cursor: number | undefined
  /** A row got the focus. */
  onCursor: (ticketNumber: number) => void
  /** An arrow key asks for another row. */
  onMove: (ticketNumber: number) => void
  openNumber: number | undefined
  left: readonly number[]
  isSelected: (ticketNumber: number) => boolean
  onSelect: (ticketNumber: number, options: { extend: boolean }) => void
  hasUnsentText: (ticketNumber: number) => boolean
}

export function TicketList(props: TicketListProps) {
  const { ref, rows, rowHeight, cursor, hasMore, isLoadingMore, onLoadMore, listKey } = props
  const { hasEarlier, isLoadingEarlier, onLoadEarlier, firstPlace, onPlace } = props
  const t = useTranslations('tickets')
  const scroller = useRef<HTMLDivElement>(null)
  const colleagues = useColleagues()
  const cursorIndex = rows.findIndex((row) => row.number === cursor)
  const focusIndex = Math.max(cursorIndex, 0)
  const [initialOffset] = useState(() => {
    const place = rememberedPlace(listKey)
    const index = rows.findIndex((row) => row.number === place?.row)
    return place && index >= 0 ? index * rowHeight + place.shiftPx : 0
  })

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: useOverscan(),
    // Otherwise each scroll event draws at once what the next one draws again before anything was painted.
    useFlushSync: false,
    initialOffset,
    // The row that holds the focus stays, however far away the reader scrolls.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), focusIndex])].sort((a, b) => a - b),
    getItemKey: (index) => rows[index]?.number ?? index,
  })
  const visible = virtualizer.getVirtualItems()
  const lastVisible = virtualizer.range?.endIndex ?? 0
  const firstVisible = virtualizer.range?.startIndex
  const isLoading = isLoadingMore || isLoadingEarlier

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again at every row that scrolls by
  useEffect(() => {
    if (isLoading) {
      return
    }
    if (hasMore && lastVisible >= rows.length - ROWS_AHEAD) {
      onLoadMore()
    } else if (hasEarlier && (firstVisible ?? 0) < ROWS_AHEAD) {
      // The row that the virtualizer knows lags behind while rows are being put above it, so the page itself decides;
      // it alone is not asked at every row, because the answer makes the browser lay everything out.
      const rowsAbove = (scroller.current?.scrollTop ?? 0) / rowHeight
      if (rowsAbove < ROWS_AHEAD) {
        onLoadEarlier()
      }
    }
  }, [hasMore, hasEarlier, isLoading, firstVisible, lastVisible, rows.length, onLoadMore, onLoadEarlier])

  useSameRowAtTop(scroller, rows, rowHeight, firstPlace)

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows measured by another height have to be measured again
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight])

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another cursor scrolls; its index changes with the rows above it
  useEffect(() => {
    if (cursorIndex >= 0) {
      virtualizer.scrollToIndex(cursorIndex, { align: 'auto' })
    }
  }, [virtualizer, cursor])

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
      onScroll={(event) => {
        const offset = event.currentTarget.scrollTop
        const top = rows[Math.floor(offset / rowHeight)]
        if (top) {
          onPlace(top.number, offset % rowHeight)
        }
      }}
    >
      {isLoadingEarlier ? (
        <p className="visually-hidden" role="status">
          {t('loadingEarlier')}
        </p>
      ) : null}
      <ul
        className={css.list}
        // biome-ignore lint/a11y/noRedundantRoles: without bullets Safari forgets that it is a list
        role="list"
        aria-label={props.label}
        style={{
          height: virtualizer.getTotalSize(),
          ['--row-height' as string]: `${rowHeight}px`,
          ...gridOf(props.columns),
        }}
        onKeyDown={onKeyDown}
      >
        {visible.map((item) => {
          const row = rows[item.index]
          return row ? (
            <TicketRow
              key={item.key}
              row={row}
              to={props.linkTo(row.number)}
              position={hasEarlier ? undefined : item.index + 1}
              setSize={hasMore || hasEarlier ? -1 : rows.length}
              columns={props.columns}
              offset={item.start}
              ageField={props.ageField}
              isCursor={item.index === focusIndex}
              isOpen={row.number === props.openNumber}
              isSelected={props.isSelected(row.number)}
              hasLeft={props.left.includes(row.number)}
              hasUnsentText={props.hasUnsentText(row.number)}
              colleagues={colleagues.get(row.number)}
              onFocus={props.onCursor}
              onSelect={props.onSelect}
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

function useOverscan() {
  const [overscan, setOverscan] = useState(0)
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setOverscan(OVERSCAN)), OVERSCAN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  return overscan
}

/** Keeps the row at the upper edge where it is when rows come or go above it. */
function useSameRowAtTop(
  scroller: React.RefObject<HTMLDivElement | null>,
  rows: readonly Row[],
  rowHeight: number,
  firstPlace: string | undefined,
) {
  const before = useRef({ firstPlace, rows })
  useLayoutEffect(() => {
    const element = scroller.current
    if (element && before.current.firstPlace !== firstPlace && firstPlace !== BEGINNING) {
      const offset = element.scrollTop
      const top = before.current.rows[Math.floor(offset / rowHeight)]
      const index = rows.findIndex((row) => row.number === top?.number)
      if (index >= 0) {
        element.scrollTop = index * rowHeight + (offset % rowHeight)
      }
    }
    before.current = { firstPlace, rows }
  })
}

import type { PointerEvent as ReactPointerEvent } from 'react'
import { useEffect, useRef, useState } from 'react'
import { movedTo } from './rail-views'

const DRAG_BEGINS_PX = 5

interface Drag {
  key: string
  from: number
  to: number
}

export interface DragOrder {
  /** The keys as they stand while one of them is being dragged. */
  keys: readonly string[]
  draggedKey: string | undefined
  /** For the element of each item. */
  itemProps: (key: string) => {
    onPointerDown: (event: ReactPointerEvent<HTMLElement>) => void
    onClickCapture: (event: React.MouseEvent) => void
    onDragStart: (event: React.DragEvent) => void
  }
}

/**
 * Orders the items of a vertical list by dragging them with a mouse or a pen. A finger scrolls instead, and a
 * keyboard has keys: both have other ways to the same order.
 */
export function useDragOrder(keys: readonly string[], onMoved: (keys: readonly string[]) => void): DragOrder {
  const [drag, setDrag] = useState<Drag>()
  const latest = useRef({ drag, keys, onMoved })
  useEffect(() => {
    latest.current = { drag, keys, onMoved }
  })
  const stop = useRef<() => void>(undefined)
  const wasDragged = useRef(false)
  useEffect(() => () => stop.current?.(), [])

  const begin = (key: string, down: ReactPointerEvent<HTMLElement>) => {
    if (down.button !== 0 || down.pointerType === 'touch') {
      return
    }
    wasDragged.current = false
    const item = down.currentTarget
    const startY = down.clientY
    const from = keys.indexOf(key)
    // Measured once: what is dragged changes the order of the others, not their heights.
    const edges = [...(item.parentElement?.children ?? [])].map((each) => each.getBoundingClientRect())

    const move = (event: PointerEvent) => {
      if (!wasDragged.current && Math.abs(event.clientY - startY) < DRAG_BEGINS_PX) {
        return
      }
      wasDragged.current = true
      const below = edges.filter((edge) => edge.top + edge.height / 2 < event.clientY).length
      setDrag({ key, from, to: Math.min(below > from ? below - 1 : below, keys.length - 1) })
    }
    const end = (event: PointerEvent) => {
      stop.current?.()
      const { drag: done, keys: known, onMoved: tell } = latest.current
      setDrag(undefined)
      if (event.type === 'pointerup' && done && done.from !== done.to) {
        tell(movedTo(known, done.from, done.to))
      }
    }
    const giveUp = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        event.preventDefault()
        stop.current?.()
        setDrag(undefined)
      }
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', end)
    window.addEventListener('pointercancel', end)
    window.addEventListener('keydown', giveUp, true)
    stop.current = () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', end)
      window.removeEventListener('pointercancel', end)
      window.removeEventListener('keydown', giveUp, true)
      stop.current = undefined
    }
  }

  return {
    keys: drag ? movedTo(keys, drag.from, drag.to) : keys,
    draggedKey: drag?.key,
    itemProps: (key) => ({
      onPointerDown: (event) => begin(key, event),
      onClickCapture: (event) => {
        // The click that ends a drag opens nothing.
        if (wasDragged.current) {
          wasDragged.current = false
          event.preventDefault()
          event.stopPropagation()
        }
      },
      // The browser's own dragging of links would take the pointer away.
      onDragStart: (event) => event.preventDefault(),
    }),
  }
}

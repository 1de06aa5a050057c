import type { ReactElement, ReactNode, Ref } from 'react'
import { cloneElement, useId, useLayoutEffect, useRef } from 'react'
import styles from './popup.module.css'

interface TriggerProps {
  ref?: Ref<HTMLElement>
  onClick?: () => void
  'aria-expanded'?: boolean
  'aria-haspopup'?: 'dialog'
  'aria-controls'?: string
}

export interface PopupProps {
  /** The button that opens it. */
  trigger: ReactElement<TriggerProps>
  label: string
  open: boolean
  onOpenChange: (open: boolean) => void
  children: ReactNode
}

const GAP_PX = 4
const EDGE_PX = 8

/**
 * Something that opens beside its button, in the browser's own top layer: Escape and a click elsewhere close it,
 * and the focus goes back to the button.
 */
export function Popup({ trigger, label, open, onOpenChange, children }: PopupProps) {
  const id = useId()
  const button = useRef<HTMLElement>(null)
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        onClick: () => onOpenChange(!open),
        'aria-expanded': open,
        'aria-haspopup': 'dialog',
        'aria-controls': open ? id : undefined,
      })}
      {open ? (
        <Content id={id} label={label} button={button} onClose={() => onOpenChange(false)}>
          {children}
        </Content>
      ) : null}
    </>
  )
}

interface ContentProps {
  id: string
  label: string
  button: React.RefObject<HTMLElement | null>
  onClose: () => void
  children: ReactNode
}

function Content({ id, label, button, onClose, children }: ContentProps) {
  const popup = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const element = popup.current
    const opener = button.current
    if (!element || !opener) {
      return
    }
    element.showPopover?.()
    const place = () => placeBeside(element, opener)
    place()
    element.querySelector<HTMLElement>('input, textarea, button, a[href]')?.focus()
    // What arrives later makes it larger.
    const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(place)
    observer?.observe(element)
    window.addEventListener('resize', place)
    return () => {
      observer?.disconnect()
      window.removeEventListener('resize', place)
      if (element.contains(document.activeElement)) {
        opener.focus()
      }
    }
  }, [button])

  return (
    <div
      ref={popup}
      id={id}
      role="dialog"
      aria-label={label}
      popover="manual"
      className={styles.popup}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault()
          event.stopPropagation()
          onClose()
        }
      }}
    >
      <ClosedByLeaving popup={popup} button={button} onClose={onClose} />
      {children}
    </div>
  )
}

/** A press or the focus elsewhere closes it; on its own button, the button's click does. */
function ClosedByLeaving({
  popup,
  button,
  onClose,
}: Pick<ContentProps, 'button' | 'onClose'> & { popup: React.RefObject<HTMLDivElement | null> }) {
  const close = useRef(onClose)
  useLayoutEffect(() => {
    close.current = onClose
  })
  useLayoutEffect(() => {
    const leave = (event: Event) => {
      const target = event.target
      const isInside =
        target instanceof Node && (popup.current?.contains(target) || button.current?.contains(target))
      if (!isInside) {
        close.current()
      }
    }
    document.addEventListener('pointerdown', leave, true)
    document.addEventListener('focusin', leave)
    return () => {
      document.removeEventListener('pointerdown', leave, true)
      document.removeEventListener('focusin', leave)
    }
  }, [popup, button])
  return null
}

/** Below its button where there is room, otherwise above; never over the edge of the window. */
function placeBeside(popup: HTMLElement, button: HTMLElement) {
  const anchor = button.getBoundingClientRect()
  const below = window.innerHeight - anchor.bottom - GAP_PX - EDGE_PX
  const above = anchor.top - GAP_PX - EDGE_PX
  const isBelow = popup.scrollHeight <= below || below >= above
  popup.style.maxHeight = `${Math.max(isBelow ? below : above, 120)}px`
  const height = popup.offsetHeight
  popup.style.top = `${isBelow ? anchor.bottom + GAP_PX : Math.max(EDGE_PX, anchor.top - GAP_PX - height)}px`
  popup.style.left = `${Math.max(EDGE_PX, Math.min(anchor.left, window.innerWidth - popup.offsetWidth - EDGE_PX))}px`
}

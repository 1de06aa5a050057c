import { useTranslations } from 'use-intl'
import { Avatar } from '@/ui/avatar'
import css from './marks.module.css'
import type { Priority, Status } from './ticket-words'

const BARS: Record<Priority, number> = { LOW: 1, MEDIUM: 2, HIGH: 3, CRITICAL: 4 }

/** Priority as a shape, a colour and a word; the word is for readers who see neither, unless `withText`. */
export function PriorityMark({ priority, withText = false }: { priority: Priority; withText?: boolean }) {
  const t = useTranslations('tickets.priority')
  return (
    <span className={css.mark} title={withText ? undefined : t(priority)}>
      <svg className={css.priority} data-priority={priority} viewBox="0 0 16 16" aria-hidden="true">
        {priority === 'CRITICAL' ? (
          <>
            <rect x="1" y="1" width="14" height="14" rx="4" />
            <path className={css.cut} d="M8 4v5M8 11.5v.5" />
          </>
        ) : (
          [0, 1, 2].map((bar) => (
            <rect
              key={bar}
              x={1.5 + bar * 5}
              y={10 - bar * 4}
              width="3"
              height={4 + bar * 4}
              rx="1"
              className={bar < BARS[priority] ? undefined : css.faint}
            />
          ))
        )}
      </svg>
      <span className={withText ? undefined : 'visually-hidden'}>{t(priority)}</span>
    </span>
  )
}

/** Status as a glyph and a word. */
export function StatusMark({ status, iconOnly = false }: { status: Status; iconOnly?: boolean }) {
  const t = useTranslations('tickets.status')
  return (
    <span className={css.mark} title={iconOnly ? t(status) : undefined}>
      <svg className={css.status} data-status={status} viewBox="0 0 16 16" aria-hidden="true">
        <StatusGlyph status={status} />
      </svg>
      <span className={iconOnly ? 'visually-hidden' : css.word}>{t(status)}</span>
    </span>
  )
}

function StatusGlyph({ status }: { status: Status }) {
  switch (status) {
    case 'OPEN':
      return <circle cx="8" cy="8" r="5.5" />
    case 'IN_PROGRESS':
      return (
        <>
          <circle cx="8" cy="8" r="5.5" />
          <path className={css.solid} d="M8 4.5a3.5 3.5 0 0 1 0 7z" />
        </>
      )
    case 'WAITING_ON_CUSTOMER':
      return (
        <>
          <circle cx="8" cy="8" r="5.5" />
          <path d="M8 5v3.2l2 1.3" />
        </>
      )
    case 'WAITING_ON_THIRD_PARTY':
      return (
        <>
          <circle cx="8" cy="8" r="5.5" strokeDasharray="2.4 2" />
          <path d="M8 5v3.2l2 1.3" />
        </>
      )
    case 'RESOLVED':
      return (
        <>
          <circle cx="8" cy="8" r="5.5" />
          <path d="m5.6 8.2 1.7 1.7 3.2-3.5" />
        </>
      )
    case 'CLOSED':
      return (
        <>
          <circle className={css.solid} cx="8" cy="8" r="6.2" />
          <path className={css.cut} d="m5.6 8.2 1.7 1.7 3.2-3.5" />
        </>
      )
    case 'CANCELLED':
      return (
        <>
          <circle cx="8" cy="8" r="5.5" />
          <path d="m6 6 4 4m0-4-4 4" />
        </>
      )
  }
}

/** A person as initials. The name is said once for everyone: on hover, and to a screen reader. */
export function PersonMark({ name, alreadyNamed = false }: { name?: string; alreadyNamed?: boolean }) {
  const t = useTranslations('tickets')
  const label = name ?? t('unassigned')
  return (
    <span className={css.person} title={alreadyNamed ? undefined : label}>
      {name ? <Avatar name={name} size={24} /> : <span className={css.nobody} />}
      {alreadyNamed ? null : <span className="visually-hidden">{label}</span>}
    </span>
  )
}

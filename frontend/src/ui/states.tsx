import { type ReactNode, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './button'
import { Icon, type IconName } from './icons'
import styles from './states.module.css'

const SKELETON_AFTER_MS = 300

/** Nothing at first: what comes within 300 ms should not flicker. */
export function LoadingState({ rows = 6, label }: { rows?: number; label?: string }) {
  const t = useTranslations('common.ui')
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SKELETON_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div role="status" className={styles.loading}>
      <span className="visually-hidden">{label ?? t('loading')}</span>
      {isSlow
        ? Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: grey bars are all alike.
            <span key={row} className={styles.bar} style={{ width: `${92 - ((row * 17) % 38)}%` }} />
          ))
        : null}
    </div>
  )
}

interface MessageProps {
  title: string
  children?: ReactNode
  action?: ReactNode
  icon?: IconName
  /** Where the message is the whole page. */
  isPage?: boolean
}

/** One sentence that says what to do, and one button that does it. */
export function EmptyState({ title, children, action, icon = 'inbox', isPage }: MessageProps) {
  const Title = isPage ? 'h1' : 'p'
  return (
    <div className={styles.message}>
      <span className={styles.icon}>
        <Icon name={icon} size={24} />
      </span>
      <Title className={styles.title}>{title}</Title>
      {children ? <div className={styles.detail}>{children}</div> : null}
      {action}
    </div>
  )
}

/** Says what happened, and offers to try again. */
export function ErrorState({
  title,
  onRetry,
  children,
}: {
  title: string
  onRetry?: () => void
  children?: ReactNode
}) {
  const t = useTranslations('common.ui')
  return (
    <div className={styles.message} role="alert">
      <span className={`${styles.icon} ${styles.bad}`}>
        <Icon name="warning" size={24} />
      </span>
      <p className={styles.title}>{title}</p>
      {children ? <div className={styles.detail}>{children}</div> : null}
      {onRetry ? (
        <Button icon="refresh" onClick={onRetry}>
          {t('retry')}
        </Button>
      ) : null}
    </div>
  )
}

export interface Loadable<Data> {
  data: Data | undefined
  error: unknown
  isPending: boolean
  refetch: () => unknown
}

interface ListStatesProps<Data> {
  query: Loadable<Data>
  /** What went wrong, in the reader's words. */
  errorText: (error: unknown) => string
  isEmpty?: (data: Data) => boolean
  empty?: ReactNode
  loadingRows?: number
  children: (data: Data) => ReactNode
}

/** The four states of everything that is loaded: loading, empty, error and full. Old data outlives a failed reload. */
export function ListStates<Data>(props: ListStatesProps<Data>) {
  const { query } = props
  if (query.data !== undefined) {
    return props.isEmpty?.(query.data) ? props.empty : props.children(query.data)
  }
  if (query.isPending) return <LoadingState rows={props.loadingRows} />
  return <ErrorState title={props.errorText(query.error)} onRetry={() => void query.refetch()} />
}

import type { ReactNode } from 'react'
import { useLocation } from 'react-router'
import { useTranslations } from 'use-intl'
import { CrashBoundary } from './crash-boundary'
import { OutdatedBar } from './outdated-bar'
import { useFocusOnNavigation } from './route-gate'
import styles from './shell.module.css'

/** What every shell has: the skip link, the release bar, the focus target and the boundary around the page. */
export function Shell({
  header,
  children,
  className,
}: {
  header?: ReactNode
  children: ReactNode
  className?: string
}) {
  const t = useTranslations('common.ui')
  const main = useFocusOnNavigation()
  const { pathname } = useLocation()
  return (
    <div className={className}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        {t('skipToContent')}
      </button>
      <OutdatedBar />
      {header}
      <main ref={main} tabIndex={-1} className={styles.main}>
        <CrashBoundary resetKey={pathname}>{children}</CrashBoundary>
      </main>
    </div>
  )
}

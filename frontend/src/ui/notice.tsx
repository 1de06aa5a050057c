import type { ReactNode } from 'react'
import { Icon } from './icons'
import styles from './notice.module.css'

/** What a form has to say about itself as a whole. */
export function Notice({
  tone,
  children,
}: {
  tone: 'danger' | 'success' | 'info' | 'warning'
  children: ReactNode
}) {
  return (
    <div role={tone === 'danger' ? 'alert' : 'status'} className={`${styles.notice} ${styles[tone]}`}>
      <Icon name={tone === 'success' ? 'check' : tone === 'info' ? 'mail' : 'warning'} size={16} />
      <div className={styles.body}>{children}</div>
    </div>
  )
}

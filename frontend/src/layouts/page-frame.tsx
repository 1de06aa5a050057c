import { Outlet } from 'react-router'
import styles from './page-frame.module.css'

/** The margins of the workspace's ordinary pages; the ticket list goes from edge to edge. */
export function PageFrame() {
  return (
    <div className={styles.frame}>
      <Outlet />
    </div>
  )
}

import { Outlet } from 'react-router'
import { LanguageSelect } from '@/ui/language-select'
import { Logo } from '@/ui/logo'
import { ThemeToggle } from '@/ui/theme-toggle'
import { Shell } from './shell'
import styles from './visitor-layout.module.css'

/** Around sign-in and what belongs to it: one card, nothing else to look at. */
export default function VisitorLayout() {
  return (
    <Shell className={styles.page}>
      <div className={styles.column}>
        <div className={styles.brand}>
          <Logo size={36} />
        </div>
        <Outlet />
        <footer className={styles.footer}>
          <LanguageSelect />
          <ThemeToggle />
        </footer>
      </div>
    </Shell>
  )
}

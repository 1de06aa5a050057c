import { Link, NavLink, Outlet } from 'react-router'
import { useTranslations } from 'use-intl'
import { useCurrentUser } from '@/api/session'
import { signOutOfThisBrowser } from '@/api/sign-out'
import { paths } from '@/paths'
import { Avatar } from '@/ui/avatar'
import { IconButton } from '@/ui/button'
import { Logo } from '@/ui/logo'
import styles from './portal-layout.module.css'
import { Shell } from './shell'

export default function PortalLayout() {
  const t = useTranslations('portal.navigation')
  const session = useTranslations('common.session')
  const me = useCurrentUser()
  return (
    <Shell
      header={
        <header className={styles.header}>
          <div className={styles.bar}>
            <Link to={paths.portal} className={styles.brand} aria-label="Tealdesk">
              <Logo />
            </Link>
            <nav aria-label={t('label')} className={styles.links}>
              <NavLink to={paths.portal} end className={styles.link}>
                {t('requests')}
              </NavLink>
              <NavLink to={paths.portalProfile} className={styles.link}>
                <Avatar name={me.name} size={24} />
                <span>{t('profile')}</span>
              </NavLink>
              <IconButton
                label={session('signOut')}
                icon="sign-out"
                onClick={() => void signOutOfThisBrowser()}
              />
            </nav>
          </div>
        </header>
      }
    >
      <div className={styles.content}>
        <Outlet />
      </div>
    </Shell>
  )
}

import { CSPProvider } from '@base-ui/react/csp-provider'
import { Link, NavLink, Outlet, useNavigate } from 'react-router'
import { useTranslations } from 'use-intl'
import { useCurrentUser } from '@/api/session'
import { signOutOfThisBrowser } from '@/api/sign-out'
import { paths } from '@/paths'
import { Avatar } from '@/ui/avatar'
import { Icon, type IconName } from '@/ui/icons'
import { Logo } from '@/ui/logo'
import { Menu } from '@/ui/menu'
import { ThemeToggle } from '@/ui/theme-toggle'
import { Shell } from './shell'
import styles from './workspace-layout.module.css'

const PLACES = [
  { to: paths.home, icon: 'home', name: 'home' },
  { to: paths.tickets, icon: 'inbox', name: 'tickets' },
  { to: paths.people, icon: 'people', name: 'people' },
  { to: paths.teams, icon: 'flag', name: 'teams' },
  { to: paths.organisations, icon: 'building', name: 'organisations' },
] as const satisfies readonly { to: string; icon: IconName; name: string }[]

export default function WorkspaceLayout() {
  const t = useTranslations('workspace.navigation')
  const session = useTranslations('common.session')
  const me = useCurrentUser()
  const navigate = useNavigate()
  return (
    // A strict content security policy forbids the style elements that Base UI would add.
    <CSPProvider disableStyleElements>
      <Shell
        className={styles.shell}
        header={
          <header className={styles.side}>
            <Link to={paths.home} className={styles.brand} aria-label="Tealdesk">
              <Logo size={24} />
            </Link>
            <nav aria-label={t('label')} className={styles.places}>
              {PLACES.map(({ to, icon, name }) => (
                <NavLink key={to} to={to} className={styles.place}>
                  <Icon name={icon} />
                  <span>{t(name)}</span>
                </NavLink>
              ))}
            </nav>
            <div className={styles.foot}>
              <ThemeToggle />
              <Menu
                align="start"
                trigger={
                  <button
                    type="button"
                    className={styles.account}
                    aria-label={t('account', { name: me.name })}
                  >
                    <Avatar name={me.name} />
                    <span>{me.name}</span>
                  </button>
                }
                items={[
                  { label: t('profile'), icon: 'person', onSelect: () => void navigate(paths.profile) },
                  'separator',
                  {
                    label: session('signOut'),
                    icon: 'sign-out',
                    onSelect: () => void signOutOfThisBrowser(),
                  },
                ]}
              />
            </div>
          </header>
        }
      >
        <Outlet />
      </Shell>
    </CSPProvider>
  )
}

import { CSPProvider } from '@base-ui/react/csp-provider'
import { lazy, Suspense, useState } from 'react'
import { Link, NavLink, Outlet, useLocation } from 'react-router'
import { useTranslations } from 'use-intl'
import { useCurrentUser } from '@/api/session'
import { signOutOfThisBrowser } from '@/api/sign-out'
import { DraftsPlace } from '@/features/tickets/drafts-place'
import { LiveDesk } from '@/features/tickets/live-desk'
import { ScheduledPlace } from '@/features/tickets/scheduled-place'
import { SearchBox } from '@/features/tickets/search-box'
import { TicketDeskProvider } from '@/features/tickets/ticket-desk'
import { ViewsNav } from '@/features/tickets/views-nav'
import { paths } from '@/paths'
import { Avatar } from '@/ui/avatar'
import { Icon, type IconName } from '@/ui/icons'
import { Logo } from '@/ui/logo'
import { Popup } from '@/ui/popup'
import { ThemeToggle } from '@/ui/theme-toggle'
import { CommandPalette, CommandPaletteButton } from './command-palette'
import { LiveSign } from './live-sign'
import { Shell } from './shell'
import { ShortcutHelp } from './shortcut-help'
import { WorkspaceCommands } from './workspace-commands'
import styles from './workspace-layout.module.css'

const DeskNotices = lazy(async () => ({
  default: (await import('@/features/tickets/desk-notices')).DeskNotices,
}))
const SendNotices = lazy(async () => ({
  default: (await import('@/features/tickets/send-notices')).SendNotices,
}))

interface PlaceProps {
  to: string
  icon: IconName
  name:
    | 'home'
    | 'search'
    | 'reports'
    | 'people'
    | 'teams'
    | 'organisations'
    | 'savedReplies'
    | 'macros'
    | 'slaPolicies'
    | 'businessHours'
}

const HOME: PlaceProps = { to: paths.home, icon: 'home', name: 'home' }
const SEARCH: PlaceProps = { to: paths.search(), icon: 'search', name: 'search' }
const REPORTS: PlaceProps = { to: paths.reports, icon: 'chart', name: 'reports' }
const ADMINISTRATION: readonly PlaceProps[] = [
  { to: paths.people, icon: 'people', name: 'people' },
  { to: paths.teams, icon: 'flag', name: 'teams' },
  { to: paths.organisations, icon: 'building', name: 'organisations' },
  { to: paths.savedReplies, icon: 'note', name: 'savedReplies' },
  { to: paths.macros, icon: 'play', name: 'macros' },
]
const FOR_ADMINISTRATORS: readonly PlaceProps[] = [
  { to: paths.slaPolicies, icon: 'clock', name: 'slaPolicies' },
  { to: paths.businessHours, icon: 'calendar', name: 'businessHours' },
]

export default function WorkspaceLayout() {
  const t = useTranslations('workspace.navigation')
  const me = useCurrentUser()
  const [isMenuOpen, setMenuOpen] = useMenu()
  return (
    // A strict content security policy forbids the style elements that Base UI would add.
    <CSPProvider disableStyleElements>
      <TicketDeskProvider key={me.id} personId={me.id}>
        <Shell
          className={styles.shell}
          header={
            <header className={styles.side}>
              <Link to={paths.home} className={styles.brand} aria-label="Tealdesk">
                <Logo size={24} />
              </Link>
              <div className={styles.search}>
                <SearchBox withKey />
              </div>
              <CommandPaletteButton />
              <MenuButton isOpen={isMenuOpen} onClick={() => setMenuOpen(!isMenuOpen)} />
              <nav aria-label={t('label')} className={styles.places} data-open={isMenuOpen || undefined}>
                <Place {...HOME} />
                <span className={styles.searchPlace}>
                  <Place {...SEARCH} />
                </span>
                <Place {...REPORTS} />
                <h2 className={styles.heading}>{t('tickets')}</h2>
                <ViewsNav />
                <DraftsPlace />
                <ScheduledPlace />
                <h2 className={styles.heading}>{t('administration')}</h2>
                {[...ADMINISTRATION, ...(me.role === 'ADMINISTRATOR' ? FOR_ADMINISTRATORS : [])].map(
                  (place) => (
                    <Place key={place.to} {...place} />
                  ),
                )}
              </nav>
              <div className={styles.foot}>
                <LiveSign />
                <ThemeToggle />
                <AccountMenu />
              </div>
            </header>
          }
        >
          <Outlet />
        </Shell>
        <LiveDesk personId={me.id} />
        <Suspense>
          <DeskNotices />
        </Suspense>
        <Suspense>
          <SendNotices />
        </Suspense>
        <WorkspaceCommands />
        <ShortcutHelp />
        <CommandPalette />
      </TicketDeskProvider>
    </CSPProvider>
  )
}

function Place({ to, icon, name }: PlaceProps) {
  const t = useTranslations('workspace.navigation')
  return (
    <NavLink to={to} className={styles.place}>
      <Icon name={icon} />
      <span>{t(name)}</span>
    </NavLink>
  )
}

function AccountMenu() {
  const t = useTranslations('workspace.navigation')
  const session = useTranslations('common.session')
  const me = useCurrentUser()
  const [open, setOpen] = useState(false)
  return (
    <Popup
      label={t('account', { name: me.name })}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={styles.account}>
          <Avatar name={me.name} />
          <span>{me.name}</span>
        </button>
      }
    >
      <div className={styles.accountMenu}>
        <Link to={paths.profile} className={styles.place} onClick={() => setOpen(false)}>
          <Icon name="person" />
          {t('profile')}
        </Link>
        <button type="button" className={styles.place} onClick={() => void signOutOfThisBrowser()}>
          <Icon name="sign-out" />
          {session('signOut')}
        </button>
      </div>
    </Popup>
  )
}

/** On a phone the places hide behind a button, and hide again once one was chosen. */
function useMenu() {
  const { pathname, search } = useLocation()
  const address = pathname + search
  const [openAt, setOpenAt] = useState<string>()
  return [openAt === address, (open: boolean) => setOpenAt(open ? address : undefined)] as const
}

function MenuButton({ isOpen, onClick }: { isOpen: boolean; onClick: () => void }) {
  const t = useTranslations('workspace.navigation')
  return (
    <button type="button" className={styles.menuButton} aria-expanded={isOpen} onClick={onClick}>
      <Icon name={isOpen ? 'close' : 'menu'} />
      <span className="visually-hidden">{t('open')}</span>
    </button>
  )
}

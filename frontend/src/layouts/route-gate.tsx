import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { Navigate, useLocation, useSearchParams } from 'react-router'
import { useTranslations } from 'use-intl'
import type { Role } from '@/api/generated/types.gen'
import { resumeSession, useSession } from '@/api/session'
import { paths, safeNextPath } from '@/paths'
import { ErrorState, LoadingState } from '@/ui/states'
import { Forbidden } from './forbidden'

const ExpiredSessionDialog = lazy(() => import('./expired-session-dialog'))

/** Pages behind it need a signed-in person of one of these roles. */
export function SignedInOnly({ roles, children }: { roles: readonly Role[]; children: ReactNode }) {
  const t = useTranslations('common.session')
  const session = useSession()
  const location = useLocation()
  switch (session.status) {
    case 'starting':
      return <LoadingState rows={3} />
    case 'unreachable':
      return (
        <ErrorState title={t('unreachable')} onRetry={() => void resumeSession()}>
          {t('unreachableHint')}
        </ErrorState>
      )
    case 'signed-out':
      return <Navigate to={paths.signIn(location.pathname + location.search)} replace />
    case 'expired':
    case 'signed-in':
      if (!roles.includes(session.person.role)) return <Forbidden />
      return (
        <>
          {children}
          {session.status === 'expired' ? (
            <Suspense>
              <ExpiredSessionDialog person={session.person} />
            </Suspense>
          ) : null}
        </>
      )
  }
}

export const homeOf = (role: Role) => (role === 'CUSTOMER' ? paths.portal : paths.tickets)

/** Sign-in and sign-up: whoever is signed in already goes on to where they wanted to be. */
export function VisitorsOnly({ children }: { children: ReactNode }) {
  const session = useSession()
  const [search] = useSearchParams()
  if (session.status === 'starting') return <LoadingState rows={3} />
  if (session.status !== 'signed-in') return children
  return <Navigate to={safeNextPath(search.get('next')) ?? homeOf(session.person.role)} replace />
}

export function StartRedirect() {
  const session = useSession()
  if (session.status === 'starting') return <LoadingState rows={3} />
  const to = session.status === 'signed-in' ? homeOf(session.person.role) : paths.signIn()
  return <Navigate to={to} replace />
}

/** After a navigation the focus is where the new page begins; the first page leaves it to the browser. */
export function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const lastPath = useRef(pathname)
  useEffect(() => {
    if (lastPath.current === pathname) return
    lastPath.current = pathname
    if (
      !document.activeElement ||
      document.activeElement === document.body ||
      !main.current?.contains(document.activeElement)
    ) {
      main.current?.focus({ preventScroll: true })
    }
    window.scrollTo(0, 0)
  }, [pathname])
  return main
}

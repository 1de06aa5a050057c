import { type ComponentType, lazy, Suspense } from 'react'
import { Route, Routes } from 'react-router'
import type { Role } from '@/api/generated/types.gen'
import { PageFrame } from '@/layouts/page-frame'
import { SignedInOnly, StartRedirect, VisitorsOnly } from '@/layouts/route-gate'
import { type Catalogue, loadCatalogues } from '@/lib/i18n'
import { paths } from '@/paths'
import { LoadingState } from '@/ui/states'

/** A page together with the texts it needs; the two load at the same time, and `preload` begins before the render. */
function page(load: () => Promise<{ default: ComponentType }>, ...catalogues: Catalogue[]) {
  const preload = async () => {
    const [module] = await Promise.all([load(), loadCatalogues(...catalogues)])
    return module
  }
  return Object.assign(lazy(preload), { preload })
}

const VisitorLayout = page(() => import('@/layouts/visitor-layout'))
const SignInPage = page(() => import('@/features/sign-in/sign-in-page'), 'sign-in')
const SignUpPage = page(() => import('@/features/sign-in/sign-up-page'), 'sign-in')
const VerifyEmailPage = page(() => import('@/features/sign-in/verify-email-page'), 'sign-in')
const ForgotPasswordPage = page(() => import('@/features/sign-in/forgot-password-page'), 'sign-in')
const ResetPasswordPage = page(() => import('@/features/sign-in/reset-password-page'), 'sign-in')
const AcceptInvitationPage = page(() => import('@/features/sign-in/accept-invitation-page'), 'sign-in')

const PortalLayout = page(() => import('@/layouts/portal-layout'), 'portal')
const PortalListPage = page(() => import('@/features/portal/portal-list-page'), 'portal')
const AskPage = page(() => import('@/features/portal/ask-page'), 'portal')
const PortalTicketPage = page(() => import('@/features/portal/portal-ticket-page'), 'portal')

const WorkspaceLayout = page(() => import('@/layouts/workspace-layout'), 'workspace', 'tickets', 'commands')
const HomePage = page(() => import('@/features/tickets/home-page'), 'workspace', 'tickets', 'commands')
const TicketListPage = page(
  () => import('@/features/tickets/ticket-list-page'),
  'workspace',
  'tickets',
  'commands',
)
const OpenTicketPage = page(
  () => import('@/features/tickets/open-ticket-page'),
  'workspace',
  'tickets',
  'commands',
)
const SearchPage = page(() => import('@/features/tickets/search-page'), 'workspace', 'tickets', 'commands')
const ScheduledRepliesPage = page(
  () => import('@/features/tickets/scheduled-replies-page'),
  'workspace',
  'tickets',
  'commands',
)
const ReportsPage = page(() => import('@/features/reports/reports-page'), 'reports')
const PeoplePage = page(() => import('@/features/people/people-page'), 'administration')
const TeamsPage = page(() => import('@/features/people/teams-page'), 'administration')
const OrganisationsPage = page(() => import('@/features/people/organisations-page'), 'administration')
const SavedRepliesPage = page(() => import('@/features/replies/saved-replies-page'), 'replies')
const MacrosPage = page(() => import('@/features/replies/macros-page'), 'replies', 'tickets')
const SlaPoliciesPage = page(() => import('@/features/sla/sla-policies-page'), 'sla', 'tickets')
const BusinessHoursPage = page(() => import('@/features/sla/business-hours-page'), 'sla')

const KeyboardPage = page(() => import('@/features/keyboard/keyboard-page'), 'keyboard')

const ProfilePage = page(() => import('@/features/profile/profile-page'), 'profile')
const NotFoundPage = page(() => import('@/layouts/not-found-page'))

const CUSTOMERS = ['CUSTOMER'] as const
const STAFF = ['AGENT', 'ADMINISTRATOR'] as const

/** What a first visit to an address will render: fetched at once instead of one layer after the other. */
const FIRST_PAGES = [
  { path: '/sign-in', roles: null, pages: [VisitorLayout, SignInPage] },
  { path: '/sign-up', roles: null, pages: [VisitorLayout, SignUpPage] },
  { path: '/portal/ask', roles: CUSTOMERS, pages: [PortalLayout, AskPage] },
  { path: '/portal/tickets', roles: CUSTOMERS, pages: [PortalLayout, PortalTicketPage] },
  { path: '/portal', roles: CUSTOMERS, pages: [PortalLayout, PortalListPage] },
  { path: '/tickets', roles: STAFF, pages: [WorkspaceLayout, TicketListPage] },
  { path: '/home', roles: STAFF, pages: [WorkspaceLayout, HomePage] },
  { path: '/search', roles: STAFF, pages: [WorkspaceLayout, SearchPage] },
  { path: '/reports', roles: STAFF, pages: [WorkspaceLayout, ReportsPage] },
] as const

/** Pages that need a role are fetched only for those who have it: customers never load the workspace. */
export function preloadFirstPage(pathname: string, role: Role | null) {
  const first = FIRST_PAGES.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
  if (!first || (first.roles !== null && !first.roles.some((candidate) => candidate === role))) return
  // A failure shows again, and is dealt with, when the page is rendered.
  for (const { preload } of first.pages) preload().catch(() => {})
}

export function AppRoutes() {
  return (
    <Suspense fallback={<LoadingState rows={3} />}>
      <Routes>
        <Route path="/" element={<StartRedirect />} />

        <Route element={<VisitorLayout />}>
          <Route
            path="/sign-in"
            element={
              <VisitorsOnly>
                <SignInPage />
              </VisitorsOnly>
            }
          />
          <Route
            path="/sign-up"
            element={
              <VisitorsOnly>
                <SignUpPage />
              </VisitorsOnly>
            }
          />
          <Route path="/verify-email" element={<VerifyEmailPage />} />
          <Route path="/forgot-password" element={<ForgotPasswordPage />} />
          <Route path="/reset-password" element={<ResetPasswordPage />} />
          <Route path="/accept-invitation" element={<AcceptInvitationPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Route>

        <Route
          path="/portal"
          element={
            <SignedInOnly roles={CUSTOMERS}>
              <PortalLayout />
            </SignedInOnly>
          }
        >
          <Route index element={<PortalListPage />} />
          <Route path="ask" element={<AskPage />} />
          <Route path="tickets/:number" element={<PortalTicketPage />} />
          <Route path="profile" element={<ProfilePage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Route>

        <Route
          element={
            <SignedInOnly roles={STAFF}>
              <WorkspaceLayout />
            </SignedInOnly>
          }
        >
          <Route path="/home" element={<HomePage />} />
          <Route path="/tickets" element={<TicketListPage />}>
            <Route path=":number" element={null} />
          </Route>
          <Route path="/tickets/new" element={<OpenTicketPage />} />
          <Route path="/search" element={<SearchPage />} />
          <Route element={<PageFrame />}>
            <Route path="/reports" element={<ReportsPage />} />
            <Route path="/people" element={<PeoplePage />} />
            <Route path="/teams" element={<TeamsPage />} />
            <Route path="/organisations" element={<OrganisationsPage />} />
            <Route path={paths.scheduledReplies} element={<ScheduledRepliesPage />} />
            <Route path="/saved-replies" element={<SavedRepliesPage />} />
            <Route path="/macros" element={<MacrosPage />} />
            <Route path="/sla-policies" element={<SlaPoliciesPage />} />
            <Route path="/business-hours" element={<BusinessHoursPage />} />
            <Route path="/profile" element={<ProfilePage />} />
            <Route path={paths.keyboard} element={<KeyboardPage />} />
          </Route>
        </Route>
      </Routes>
    </Suspense>
  )
}

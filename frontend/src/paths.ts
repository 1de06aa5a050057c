/** Every address of the application, built in one place. */
export const paths = {
  start: '/',
  signIn: (next?: string) =>
    next && next !== '/' ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in',
  signUp: '/sign-up',
  verifyEmail: '/verify-email',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  acceptInvitation: '/accept-invitation',

  portal: '/portal',
  ask: '/portal/ask',
  portalTicket: (number: number) => `/portal/tickets/${number}`,
  portalProfile: '/portal/profile',

  tickets: '/tickets',
  ticket: (number: number) => `/tickets/${number}`,
  newTicket: '/tickets/new',
  /** The list of what a filter expression says, as reports hand it out. */
  ticketsWith: (filter: unknown) => `/tickets?${new URLSearchParams({ filter: JSON.stringify(filter) })}`,
  search: (q = '') => (q === '' ? '/search' : `/search?${new URLSearchParams({ q })}`),
  reports: '/reports',
  home: '/home',
  people: '/people',
  teams: '/teams',
  organisations: '/organisations',
  scheduledReplies: '/scheduled-replies',
  savedReplies: '/saved-replies',
  macros: '/macros',
  slaPolicies: '/sla-policies',
  businessHours: '/business-hours',
  profile: '/profile',
  keyboard: '/profile/keyboard',
}

/**
 * Where to go after signing in: only a path of our own. `//other.example` and `/\other.example` would leave the site,
 * and so would whatever the URL parser makes an address of another origin.
 */
export function safeNextPath(next: string | null): string | null {
  if (!next?.startsWith('/')) return null
  try {
    const url = new URL(next, window.location.origin)
    return url.origin === window.location.origin ? url.pathname + url.search + url.hash : null
  } catch {
    return null
  }
}

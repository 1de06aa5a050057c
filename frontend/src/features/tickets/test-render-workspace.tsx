import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { MemoryRouter, Route, Routes, useLocation } from 'react-router'
import { configureClient } from '@/api/client'
import type { MeResponse } from '@/api/generated/types.gen'
import { signIn } from '@/api/session'
import { loadCatalogues, TextProvider } from '@/lib/i18n'
import { ToastRegion } from '@/ui/toast'
import { DeskNotices } from './desk-notices'
import { DraftsPlace } from './drafts-place'
import { LiveDesk } from './live-desk'
import { ScheduledPlace } from './scheduled-place'
import { SendNotices } from './send-notices'
import { dana } from './test-fake-desk'
import { TicketDeskProvider } from './ticket-desk'
import TicketListPage from './ticket-list-page'
import { ViewsNav } from './views-nav'

// What jsdom does not have: scrolling, and the top layer.
HTMLElement.prototype.scrollIntoView ??= () => {}
HTMLElement.prototype.scrollTo ??= () => {}
HTMLElement.prototype.showPopover ??= function showPopover(this: HTMLElement) {
  this.style.display = 'block'
}
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true
}
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  this.open = false
}

let address = ''

function Address() {
  const { pathname, search } = useLocation()
  address = pathname + search
  return null
}

/** Where the workspace is, as the address bar would show it. */
export const currentAddress = () => address

/** The list and the conversation as an agent sees them, at an address. */
export async function renderWorkspace(at: string, me: MeResponse = dana) {
  configureClient()
  signIn({ accessToken: 'token', expiresInSeconds: 600, person: me })
  await loadCatalogues('common', 'tickets', 'commands')
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const user = userEvent.setup()
  const rendered = render(
    <QueryClientProvider client={client}>
      <TextProvider>
        <MemoryRouter initialEntries={[at]}>
          <TicketDeskProvider personId={dana.id}>
            <nav>
              <ViewsNav />
              <DraftsPlace />
              <ScheduledPlace />
            </nav>
            <Routes>
              <Route path="/tickets" element={<TicketListPage />}>
                <Route path=":number" element={null} />
              </Route>
            </Routes>
            <LiveDesk personId={dana.id} />
            <DeskNotices />
            <SendNotices />
            <Address />
          </TicketDeskProvider>
        </MemoryRouter>
        <ToastRegion />
      </TextProvider>
    </QueryClientProvider>,
  )
  return { ...rendered, user, client }
}

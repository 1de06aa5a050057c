import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { configureClient, queryClient } from '@/api/client'
import { getSession, startSession, subscribeToSession } from '@/api/session'
import { isLocale, loadCatalogues, setLocale, TextProvider } from '@/lib/i18n'
import { reloadOnceOnPreloadError } from '@/lib/reload-once'
import { AppRoutes, preloadFirstPage } from '@/routes'
import { ToastRegion } from '@/ui/toast'
import '@/styles/fonts.css'
import '@/styles/tokens.css'
import '@/styles/base.css'

reloadOnceOnPreloadError()
configureClient()
// Asked for at once, while the texts and the page are still on their way.
void startSession({ onSignOut: () => queryClient.clear() })
preloadFirstPage(window.location.pathname, null)
followPerson()

/** A person's own language wins over the browser's, from the moment we know who it is. */
function followPerson() {
  let known: string | undefined
  const follow = () => {
    const session = getSession()
    if (session.status !== 'signed-in') return
    const { id, role, locale } = session.person
    if (known === id + locale) return
    known = id + locale
    preloadFirstPage(window.location.pathname, role)
    if (isLocale(locale)) void setLocale(locale)
  }
  subscribeToSession(follow)
  follow()
}

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

void loadCatalogues('common').then(() =>
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <TextProvider>
          <BrowserRouter>
            <AppRoutes />
          </BrowserRouter>
          <ToastRegion />
        </TextProvider>
      </QueryClientProvider>
    </StrictMode>,
  ),
)

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import { type ReactNode, Suspense } from 'react'
import { MemoryRouter } from 'react-router'
import { configureClient } from '@/api/client'
import { type Catalogue, loadCatalogues, TextProvider } from '@/lib/i18n'
import { ToastRegion } from '@/ui/toast'

/** A page with everything around it that main.tsx gives it, at an address of its own. */
export async function renderPage(page: ReactNode, options: { at?: string; catalogues: Catalogue[] }) {
  configureClient()
  await loadCatalogues('common', ...options.catalogues)
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  })
  return render(
    <QueryClientProvider client={queryClient}>
      <TextProvider>
        <MemoryRouter initialEntries={[options.at ?? '/']}>
          <Suspense>{page}</Suspense>
        </MemoryRouter>
        <ToastRegion />
      </TextProvider>
    </QueryClientProvider>,
  )
}

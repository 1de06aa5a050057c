import { render, screen } from '@testing-library/react'
import { useTranslations } from 'use-intl'
import { afterEach, expect, test } from 'vitest'
import { loadCatalogues, setLocale, TextProvider } from './i18n'

function Texts() {
  const common = useTranslations('common.ui')
  const tickets = useTranslations('tickets.status')
  return (
    <p>
      {common('save')} {tickets('RESOLVED')}
    </p>
  )
}

afterEach(() => setLocale('en'))

test('a language chosen while a page loads its texts wins, for all of them', async () => {
  await loadCatalogues('common')
  // Sign-in does just this: the person's language arrives while the workspace is on its way.
  await Promise.all([loadCatalogues('tickets'), setLocale('de'), loadCatalogues('workspace')])
  render(
    <TextProvider>
      <Texts />
    </TextProvider>,
  )
  expect(screen.getByText('Speichern Gelöst')).toBeVisible()
  expect(document.documentElement.lang).toBe('de')
})

test('changing the mind twice ends with the last choice', async () => {
  await loadCatalogues('common', 'tickets')
  await Promise.all([setLocale('de'), setLocale('en')])
  render(
    <TextProvider>
      <Texts />
    </TextProvider>,
  )
  expect(screen.getByText('Save Resolved')).toBeVisible()
})

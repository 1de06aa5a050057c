import type { Page } from '@playwright/test'
import { expect, test } from './desk'
import { unique } from './desk-api'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

test('a customer asks in German on a phone', async ({ api, newVisitor }) => {
  const customer = await api.newCustomer('Hanna Hasel')
  await api.speaks(customer, 'de')
  const page = await newVisitor({ ...PHONE, locale: 'de-DE' })
  await page.goto('/sign-in')
  await page.getByLabel('E-Mail-Adresse').fill(customer.email)
  await page.getByLabel('Passwort', { exact: true }).fill(customer.password)
  await page.getByRole('button', { name: 'Anmelden', exact: true }).tap()
  await expect(page.getByRole('heading', { name: 'Ihre Anfragen' })).toBeVisible()
  await fits(page)

  await page.getByRole('link', { name: 'Um Hilfe bitten' }).first().tap()
  await page.getByLabel('Worum geht es?').fill('Die Klingel ist stumm')
  await page.getByLabel('Ihre Nachricht').fill('Seit gestern.')
  await fits(page)
  await page.getByRole('button', { name: 'Senden' }).tap()
  await expect(page.getByText('Eingegangen', { exact: true })).toBeVisible()
  await fits(page)
  await page.getByLabel('Ihre Antwort').fill('Auch heute noch.')
  await page.getByRole('button', { name: 'Senden' }).tap()
  await expect(page.getByRole('listitem').filter({ hasText: 'Auch heute noch.' })).toBeVisible()
  expect(await page.locator('html').getAttribute('lang')).toBe('de')
})

test('an agent answers on a phone', async ({ api, browserOf }) => {
  const customer = await api.newCustomer('Karla Kiefer')
  const agent = await api.newAgent('Anton Ahorn')
  const subject = unique('The lamp flickers')
  const number = await api.newTicket(customer, subject)
  const page = await browserOf(agent, '/home', PHONE)
  await fits(page)
  await page.getByRole('button', { name: 'Menu' }).tap()
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /Unassigned/ })
    .first()
    .tap()
  await fits(page)
  await page.getByRole('link', { name: subject }).tap()
  await expect(page.getByText('It happens every time.')).toBeVisible()
  await fits(page)
  await page.getByRole('region', { name: 'Answer' }).getByRole('button', { name: 'Reply' }).tap()
  await page.getByRole('textbox', { name: /Reply to/ }).fill('We look into it.')
  await fits(page)
  await page.getByRole('button', { name: 'Send', exact: true }).tap()
  await expect.poll(() => api.publicReplies(agent, number)).toContain('We look into it.')
  await page.getByRole('link', { name: 'Back to the list' }).tap()
  await expect(page).toHaveURL(/\/tickets\?/)
})

/** Nothing is wider than the screen. */
async function fits(page: Page) {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
}

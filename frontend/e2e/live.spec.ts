import type { Page, Request } from '@playwright/test'
import { conversation, expect, signIn, test } from './desk'
import type { Login } from './desk-api'
import { unique } from './desk-api'

/** What is promised, as long as the machine is not busy with something else. */
const AT_ONCE = { timeout: 1_000 }
const SOON = { timeout: 2_000 }

/** Signs in where changes arrive by themselves from now on: whoever is told hello asks who is where. */
async function listens(page: Page, login: Login, next: string): Promise<Page> {
  const hello = page.waitForResponse('**/api/v1/presence')
  await signIn(page, login, next)
  await hello
  return page
}

test('two agents see what the other does, without a reload', async ({ api, newVisitor }) => {
  const customer = await api.newCustomer('Karla Kiefer')
  const antonLogin = await api.newAgent('Anton Ahorn')
  const cleoLogin = await api.newAgent('Cleo Kolleg')
  const subject = unique('The lamp flickers')
  const number = await api.newTicket(customer, subject)
  const anton = await listens(await newVisitor(), antonLogin, `/tickets/${number}`)
  const cleo = await listens(await newVisitor(), cleoLogin, '/tickets?order=NEWEST')
  const row = cleo.getByRole('main').getByRole('link', { name: subject })
  await expect(row).toBeVisible()
  await expect(row).toContainText('Anton Ahorn is viewing')
  await expect(conversation(anton)).toBeVisible()

  await anton.keyboard.press('r')
  await anton.keyboard.type('Please')
  await expect(row).toContainText('Anton Ahorn is replying', AT_ONCE)
  await anton.keyboard.type(' try another cable.')
  await expect(row).toContainText('The customer wrote last')
  await anton.keyboard.press('Control+Enter')
  await expect(row).toContainText('We wrote last', SOON)
  await expect(row).toContainText('Anton Ahorn is viewing', SOON)

  await row.click()
  await expect(conversation(cleo)).toContainText('Please try another cable.')
  const head = anton.getByRole('region', { name: subject })
  await expect(head.getByText('Cleo Kolleg is viewing')).toBeVisible(SOON)
  await cleo.keyboard.press('r')
  await cleo.keyboard.type('Any news?')
  await expect(head.getByRole('status').filter({ hasText: 'Cleo Kolleg is replying' })).toBeVisible(AT_ONCE)
  await cleo.keyboard.press('Control+Enter')
  await expect(anton.getByRole('article', { name: 'Reply by Cleo Kolleg' })).toBeVisible(SOON)
  await cleo.keyboard.press('i')
  await expect(head.getByRole('button', { name: 'Assignee: Cleo Kolleg' })).toBeVisible(SOON)
  await cleo.keyboard.press('Escape')
  await expect(head.getByText(/Cleo Kolleg is/)).toBeHidden(SOON)

  await api.newTicket(customer, `${subject}, again`)
  await expect(cleo.getByRole('button', { name: '1 new ticket' })).toBeVisible({ timeout: 5_000 })
  await expect(cleo.getByRole('main').getByRole('link', { name: `${subject}, again` })).toBeHidden()
})

test('three tabs of one browser hold one connection, and hand it on', async ({ api, context, page }) => {
  const customer = await api.newCustomer('Karla Kiefer')
  const agent = await api.newAgent('Anton Ahorn')
  const number = await api.newTicket(customer, unique('The lamp flickers'))
  const streams: Request[] = []
  context.on('request', (request) => {
    if (request.url().endsWith('/api/v1/live')) streams.push(request)
  })
  const tabs = [await listens(page, agent, `/tickets/${number}`)]
  for (const tab of [await context.newPage(), await context.newPage()]) {
    const hello = tab.waitForResponse('**/api/v1/presence')
    await tab.goto(`/tickets/${number}`)
    await hello
    tabs.push(tab)
  }
  expect(streams).toHaveLength(1)
  await api.change(agent, number, 'priority', { priority: 'CRITICAL' })
  for (const tab of tabs) {
    await expect(tab.getByRole('button', { name: 'Priority: Critical' })).toBeVisible(SOON)
  }

  await page.close()
  await expect.poll(() => streams.length).toBe(2)
  expect(streams[1]?.headers()['last-event-id']).toBeTruthy()
  await api.change(agent, number, 'priority', { priority: 'LOW' })
  for (const tab of tabs.slice(1)) {
    await expect(tab.getByRole('button', { name: 'Priority: Low' })).toBeVisible(SOON)
  }
  expect(streams).toHaveLength(2)
})

test('a page that hears nothing says so, and catches up', async ({ api, page, context }) => {
  const customer = await api.newCustomer('Karla Kiefer')
  const agent = await api.newAgent('Anton Ahorn')
  const number = await api.newTicket(customer, unique('The lamp flickers'))
  await context.route('**/api/v1/live', (route) => route.abort())
  await signIn(page, agent, `/tickets/${number}`)
  await expect(conversation(page)).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'Reconnecting' })).toBeVisible({ timeout: 15_000 })
  await api.change(agent, number, 'priority', { priority: 'CRITICAL' })
  await context.unroute('**/api/v1/live')
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(page.getByText('Reconnecting')).toBeHidden(SOON)
  await expect(page.getByRole('button', { name: 'Priority: Critical' })).toBeVisible(SOON)
})

test('a customer is told nothing of it', async ({ api, context, page }) => {
  const asked: string[] = []
  context.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await signIn(page, await api.newCustomer('Karla Kiefer'))
  await expect(page.getByRole('heading', { name: 'Your requests' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  expect(asked.filter((path) => /live|presence/.test(path))).toEqual([])
})

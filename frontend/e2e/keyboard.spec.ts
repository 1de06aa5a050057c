import type { Page } from '@playwright/test'
import { conversation, expect, signIn, test } from './desk'
import { unique } from './desk-api'

const palette = (page: Page) => page.getByRole('combobox', { name: 'What do you want to do?' })

async function choose(page: Page, text: string, option: RegExp) {
  await page.keyboard.press('Control+k')
  await expect(palette(page)).toBeFocused()
  await page.keyboard.type(text)
  await expect(page.getByRole('option', { name: option, selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(palette(page)).toBeHidden()
}

test('an agent finds view, ticket and command by the palette alone, and is back where they were', async ({
  page,
  api,
}) => {
  const customer = await api.newCustomer('Karla Kiefer')
  const agent = await api.newAgent(unique('Anton Ahorn'))
  const subject = unique('The lamp flickers')
  const number = await api.newTicket(customer, subject)
  await signIn(page, agent, '/home')
  await expect(page.getByRole('heading', { name: /Hello/ })).toBeVisible()

  await choose(page, 'unassigned', /Unassigned/)
  await expect(page).toHaveURL(/\/tickets\?.*assignee=none/)
  await expect(page.locator('main a[data-ticket]').first()).toBeVisible()
  await page.keyboard.press('j')
  const focused = await page.locator('a[data-ticket]:focus').getAttribute('data-ticket')
  await page.keyboard.press('Control+k')
  await expect(palette(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.locator(`[data-ticket="${focused}"]`)).toBeFocused()

  await choose(page, `#${number}`, new RegExp(`${number}`))
  await expect(page).toHaveURL(new RegExp(`/tickets/${number}`))
  await expect(conversation(page)).toBeVisible()
  await choose(page, 'assign', new RegExp(`Assign #${number}`))
  await page.keyboard.type(agent.name)
  await expect(page.getByRole('option', { name: agent.name }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await api.ticket(agent, number)).assignee?.name).toBe(agent.name)
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\/tickets(\?|$)/)

  // By what is in it rather than by its number.
  await page.keyboard.press('Control+k')
  await page.keyboard.type(subject)
  await expect(
    page.getByRole('group', { name: 'Tickets' }).getByRole('option', { name: subject }),
  ).toBeVisible()
})

test('a peek shows the conversation and leaves the focus in the list', async ({ page, api }) => {
  const customer = await api.newCustomer('Karla Kiefer')
  const agent = await api.newAgent('Anton Ahorn')
  const subject = unique('The bell is mute')
  await api.newTicket(customer, `${subject}, one`)
  await api.newTicket(customer, `${subject}, two`)
  await signIn(page, agent, `/tickets?order=NEWEST&text=${encodeURIComponent(subject)}`)
  const peek = page.getByRole('complementary', { name: /Peek at/ })
  await expect(page.getByRole('link', { name: `${subject}, two` })).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('Space')
  await expect(peek.getByRole('heading', { name: `${subject}, two` })).toBeVisible()
  await expect(peek.getByText('It happens every time.')).toBeVisible()
  await expect(page.getByRole('link', { name: `${subject}, two` })).toBeFocused()
  await page.keyboard.press('j')
  await expect(peek.getByRole('heading', { name: `${subject}, one` })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(peek).toBeHidden()
  await expect(page.getByRole('link', { name: `${subject}, one` })).toBeFocused()
})

test('a key given to another command works after a reload and in another browser', async ({
  page,
  api,
  browserOf,
}) => {
  const customer = await api.newCustomer('Karla Kiefer')
  const agent = await api.newAgent('Anton Ahorn')
  const number = await api.newTicket(customer, unique('The lamp flickers'))
  await signIn(page, agent, '/profile/keyboard')
  const change = page.getByRole('button', { name: 'Change the keys of Take it' })
  await change.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+w')
  await expect(page.getByText('belongs to the browser')).toBeVisible()
  await change.press('Enter')
  await page.keyboard.press('y')
  await expect(page.getByRole('listitem').filter({ hasText: 'Take it' }).locator('kbd')).toHaveText(['y'])
  await page.reload()
  await expect(page.getByRole('listitem').filter({ hasText: 'Take it' }).locator('kbd')).toHaveText(['y'])

  const elsewhere = await browserOf(agent, `/tickets/${number}`)
  await expect(conversation(elsewhere)).toBeVisible()
  await elsewhere.keyboard.press('?')
  const help = elsewhere.getByRole('dialog', { name: 'Keyboard' })
  await expect(help.getByText('Take it').locator('..').locator('kbd')).toHaveText(['y'])
  await elsewhere.keyboard.press('Escape')
  await elsewhere.keyboard.press('i')
  await elsewhere.keyboard.press('y')
  await expect.poll(async () => (await api.ticket(agent, number)).assignee?.name).toBe(agent.name)
})

test('the palette fits a phone and opens by its button', async ({ api, browserOf }) => {
  const agent = await api.newAgent('Anton Ahorn')
  const page = await browserOf(agent, '/home', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  await page.getByRole('button', { name: 'Commands' }).tap()
  await expect(palette(page)).toBeFocused()
  await palette(page).fill('people')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page
    .getByRole('option', { name: /People/ })
    .first()
    .tap()
  await expect(page).toHaveURL(/\/people/)
})

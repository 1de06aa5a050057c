import { conversation, expect, signIn, test } from './desk'
import { unique } from './desk-api'

test('an agent finds a ticket by a word of a message, and is led there by suggestions', async ({
  page,
  api,
}) => {
  const customer = await api.newCustomer('Karla Kiefer')
  const agent = await api.newAgent('Anton Ahorn')
  const subject = unique('The lamp flickers')
  const number = await api.newTicket(customer, subject, 'Above the **workbench**, since the thunderstorm.')
  await signIn(page, agent, '/home')
  await expect(page.getByRole('heading', { name: /Hello/ })).toBeVisible()

  const box = page.getByRole('combobox', { name: 'Search tickets' })
  await page.keyboard.press('/')
  await expect(box).toBeFocused()
  // The index follows within a second or two; what is typed is asked for once.
  await expect(async () => {
    await box.fill('')
    await box.fill(subject)
    await expect(page.getByRole('option', { name: String(number) })).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/tickets/${number}`))
  await expect(conversation(page)).toBeVisible()

  await box.fill(`workbench thunderstorms from:${customer.email}`)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/search\?q=workbench/)
  const hit = page.getByRole('main').getByRole('link', { name: subject })
  await expect(hit).toContainText('Above the workbench, since the thunderstorm.')
  await expect(hit.locator('mark')).toHaveText(['workbench', 'thunderstorm'])
  await hit.click()
  await expect(page).toHaveURL(new RegExp(`/tickets/${number}`))
})

test('an agent builds a filter, keeps it as a view, and gives it up', async ({ page, api }) => {
  const customer = await api.newCustomer('Karla Kiefer')
  const agent = await api.newAgent('Anton Ahorn')
  const subject = unique('The lamp flickers')
  await api.newTicket(customer, subject)
  const name = unique('Lamps')
  await signIn(page, agent, '/tickets?order=NEWEST')

  await page.getByRole('button', { name: 'Advanced' }).click()
  await page.getByRole('button', { name: 'Choose …' }).click()
  await page.getByRole('option', { name: 'Open' }).click()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/status=OPEN/)
  await expect(page.getByText(/tickets? match/)).toBeVisible()
  await page.getByRole('button', { name: 'Done' }).click()

  await page.getByRole('button', { name: 'Save as view' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save as view' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name })).toBeVisible()

  await page.getByRole('link', { name: 'Mine' }).click()
  await expect(page.getByRole('heading', { name })).toBeHidden()
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('main').getByRole('link', { name: subject })).toBeVisible()

  await page.getByRole('button', { name: `More about ${name}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('link', { name })).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('link', { name })).toBeVisible()
})

test('a report leads to the tickets behind a bar', async ({ page, api }) => {
  await signIn(page, await api.demoLogin('ADMINISTRATOR'), '/reports?by=month&period=year')
  // A month that is over: nothing is added to it any more.
  const bar = page
    .getByRole('group', { name: /Opened/ })
    .getByRole('link')
    .nth(-2)
  await bar.focus()
  const opened = /: ([\d,]+)$/.exec((await bar.getAttribute('aria-label')) ?? '')?.[1]
  expect(opened).toBeDefined()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/tickets\?.*created/)
  await page.getByRole('button', { name: 'Advanced' }).click()
  await expect(page.getByText(`${opened} tickets match`)).toBeVisible()
})

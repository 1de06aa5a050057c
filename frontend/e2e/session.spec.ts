import { expect, signIn, signInAgain, test, withoutLiveEvents } from './desk'
import { unique } from './desk-api'

test('an agent whose session ends while typing loses no text', async ({ api, newVisitor }) => {
  const customer = await api.newCustomer('Karla Kiefer')
  const agent = await api.newAgent('Anton Ahorn')
  const number = await api.newTicket(customer, unique('The lamp flickers'))
  // The end of the stream would tell of the session's end, before the send does.
  const desk = await withoutLiveEvents(await newVisitor())
  await signIn(desk, agent, `/tickets/${number}`)
  await expect(desk.getByText('It happens every time.')).toBeVisible()
  await desk.keyboard.press('r')
  await desk.keyboard.type('A long and careful answer.')

  await api.endAllSessions(agent)
  await desk.keyboard.press('Control+Enter')
  await signInAgain(desk, agent)

  await expect(desk.getByRole('article', { name: 'Reply by Anton Ahorn' })).toContainText(
    'A long and careful answer.',
  )
  expect(await api.publicReplies(agent, number)).toEqual([
    'It happens every time.',
    'A long and careful answer.',
  ])
})

test('a customer whose session ends while asking asks once', async ({ api, browserOf }) => {
  const customer = await api.newCustomer('Wanda Weide')
  const portal = await browserOf(customer, '/portal/ask')
  await portal.getByLabel('What is it about?').fill('The bell is silent')
  await portal.getByLabel('Your message').fill('Since yesterday.')

  await api.endAllSessions(customer)
  await portal.getByRole('button', { name: 'Send' }).click()
  await signInAgain(portal, customer)

  await expect(portal).toHaveURL(/\/portal\/tickets\/\d+/)
  await expect(portal.getByText('Since yesterday.')).toBeVisible()
  await portal.getByRole('link', { name: 'Your requests' }).first().click()
  await expect(portal.getByRole('link', { name: /The bell is silent/ })).toHaveCount(1)
})

test('signing out in one tab signs out in all', async ({ page, context, api }) => {
  const customer = await api.newCustomer('Toni Tanne')
  await signIn(page, customer)
  await expect(page.getByRole('heading', { name: 'Your requests' })).toBeVisible()
  const other = await context.newPage()
  await other.goto('/portal')
  await expect(other.getByRole('heading', { name: 'Your requests' })).toBeVisible()

  await other.getByRole('button', { name: 'Sign out' }).click()

  await expect(other).toHaveURL(/sign-in/)
  await expect(page).toHaveURL(/sign-in/)
  await page.goto('/portal')
  await expect(page).toHaveURL(/sign-in/)
})

test('no token is stored where a script could read it later', async ({ page, api }) => {
  await signIn(page, await api.demoLogin('AGENT'), '/home')
  await expect(page.getByRole('heading', { name: /Hello/ })).toBeVisible()
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  expect(stored).not.toMatch(/eyJ/)
  expect(await page.evaluate(() => document.cookie)).toBe('')
  await page.reload()
  await expect(page.getByRole('heading', { name: /Hello/ })).toBeVisible()
})

import { type DeskApi, expect, inOwnBrowser, type Login, signIn, test } from './desk'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('a customer signs up, asks with a file, and the two sides talk', async ({ page, api, browser }) => {
  const email = `paula-${Date.now()}@journeys.example`
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill('Paula Pflaume')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill('rhubarb and custard')
  await page.getByRole('button', { name: 'Sign up', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()

  await page.goto(`/verify-email#token=${await api.tokenMailedTo(email)}`)
  await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible()
  expect(page.url()).not.toContain('token')
  await signIn(page, { email, password: 'rhubarb and custard', name: 'Paula Pflaume' })

  const subject = `The coupling rattles ${Date.now()}`
  await page.getByRole('link', { name: 'Ask for help' }).first().click()
  await page.getByLabel('What is it about?').fill(subject)
  await page.getByLabel('Your message').fill('It rattles **on every bump**. See the photo.')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'coupling.png', mimeType: 'image/png', buffer: PNG })
  await expect(page.getByText('coupling.png')).toBeVisible()
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page).toHaveURL(/\/portal\/tickets\/\d+/)
  const number = Number(/(\d+)$/.exec(page.url())?.[1])
  await expect(page.getByText('Received', { exact: true }).first()).toBeVisible()

  const agent = await api.newAgent('Gregor Grün')
  const agentPage = await inOwnBrowser(browser, agent, `/tickets?text=${encodeURIComponent(`#${number}`)}`)
  await agentPage.getByText(subject).first().click()
  await expect(agentPage.getByText('on every bump')).toBeVisible()
  await agentPage.keyboard.press('n')
  await agentPage.keyboard.type('She has the old coupling, I think.')
  await agentPage.keyboard.press('Control+Enter')
  await expect(agentPage.getByText('She has the old coupling, I think.')).toBeVisible()
  await agentPage.keyboard.press('Escape')
  await agentPage.keyboard.press('r')
  await agentPage.keyboard.type('Which year was it built?')
  await agentPage.keyboard.press('Control+Enter')
  await expect.poll(() => publicReplies(api, agent, number)).toContain('Which year was it built?')

  await page.reload()
  await expect(page.getByText('Which year was it built?')).toBeVisible()
  await expect(page.getByText('She has the old coupling')).toHaveCount(0)
  await page.getByLabel('Your answer').fill('In 2024, it says below the frame.')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByText('In 2024, it says below the frame.')).toBeVisible()
  await expect.poll(async () => (await api.ticket(agent, number)).lane).toBe('TO_DO')

  await page.getByRole('button', { name: 'It is solved' }).click()
  await expect(page.getByText('Closed', { exact: true }).first()).toBeVisible()
  await page.getByRole('button', { name: 'I still need help' }).click()
  await expect(page.getByRole('button', { name: 'It is solved' })).toBeVisible()
  await expect.poll(async () => (await api.ticket(agent, number)).status).toBe('OPEN')
  await agentPage.context().close()
})

test('a reply that would go over a colleague is stopped, kept, and sent on purpose', async ({
  page,
  api,
}) => {
  const { agent, number } = await aTicket(api)
  const colleague = await api.newAgent('Cleo Kolleg')
  await signIn(page, agent, `/tickets/${number}`)
  await expect(page.getByText('It happens every time.')).toBeVisible()
  await page.keyboard.press('r')
  await page.keyboard.type('Please try another cable.')

  await api.reply(colleague, number, 'We are sending you a new one.')
  await page.keyboard.press('Control+Enter')

  await expect(page.getByText(/Cleo Kolleg wrote meanwhile/)).toBeVisible()
  await expect(page.getByText('We are sending you a new one.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: /Reply to/ })).toHaveValue('Please try another cable.')
  expect(await publicReplies(api, agent, number)).not.toContain('Please try another cable.')

  await page.keyboard.press('Control+Enter')
  await expect.poll(() => publicReplies(api, agent, number)).toContain('Please try another cable.')
})

test('a session that ends while typing loses no text', async ({ page, api }) => {
  const { agent, number } = await aTicket(api)
  await signIn(page, agent, `/tickets/${number}`)
  await expect(page.getByText('It happens every time.')).toBeVisible()
  await page.keyboard.press('r')
  await page.keyboard.type('A long and careful answer.')

  await api.endAllSessions(agent)
  await page.keyboard.press('Control+Enter')

  const dialog = page.getByRole('dialog', { name: 'Please sign in again' })
  await expect(dialog).toBeVisible()
  await dialog.getByLabel('Password', { exact: true }).fill(agent.password)
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('A long and careful answer.').first()).toBeVisible()
  await expect
    .poll(
      async () => {
        const retry = page.getByRole('button', { name: 'Try again' })
        if (await retry.isVisible()) await retry.click()
        return publicReplies(api, agent, number)
      },
      { timeout: 20_000 },
    )
    .toContain('A long and careful answer.')
  expect(
    (await publicReplies(api, agent, number)).filter((body) => body === 'A long and careful answer.'),
  ).toHaveLength(1)
})

test('a customer whose session ends while asking keeps the question', async ({ page, api }) => {
  const customer = await api.newCustomer('Wanda Weide')
  await signIn(page, customer, '/portal/ask')
  await page.getByLabel('What is it about?').fill('The bell is silent')
  await page.getByLabel('Your message').fill('Since yesterday.')

  await api.endAllSessions(customer)
  await page.getByRole('button', { name: 'Send' }).click()

  const dialog = page.getByRole('dialog', { name: 'Please sign in again' })
  await dialog.getByLabel('Password', { exact: true }).fill(customer.password)
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await expect(async () => {
    if (page.url().endsWith('/ask')) await page.getByRole('button', { name: 'Send' }).click()
    await expect(page).toHaveURL(/\/portal\/tickets\/\d+/, { timeout: 2000 })
  }).toPass({ timeout: 15_000 })
  await expect(page.getByText('Since yesterday.')).toBeVisible()
})

test('an agent works through a ticket without a pointer', async ({ page, api }) => {
  const { agent, customer, number, subject } = await aTicket(api)
  await api.newTicket(customer, `${subject}, again`)
  await signIn(page, agent, `/tickets?text=${encodeURIComponent(subject.split(' ').at(-1) ?? '')}`)
  await expect(page.getByText(`${subject}, again`).first()).toBeVisible()

  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/tickets/${number}`))
  await page.keyboard.press('i')
  await expect
    .poll(async () => (await api.ticket(agent, number)).assignee)
    .toMatchObject({ name: agent.name })
  await page.keyboard.press('e')
  await expect.poll(async () => (await api.ticket(agent, number)).status).toBe('RESOLVED')
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(new RegExp(`/tickets/${number}`))
  expect(page.url()).toContain('text=')

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('c')
  await expect(page).toHaveURL(/\/tickets\/new/)
})

test('filters live in the address and survive reload and back', async ({ page, api }) => {
  const agent = await api.demoLogin('AGENT')
  await signIn(page, agent, '/tickets?priority=HIGH&order=PRIORITY')
  const chip = page.getByRole('button', { name: /Remove the filter Priority/ })
  await expect(chip).toBeVisible()
  await page.reload()
  await expect(chip).toBeVisible()
  await chip.click()
  await expect(chip).toBeHidden()
  expect(page.url()).not.toContain('priority')
  await page.goBack()
  await expect(chip).toBeVisible()
})

test('tabs stay in step', async ({ page, api, context }) => {
  const customer = await api.newCustomer('Toni Tanne')
  await signIn(page, customer)
  await expect(page.getByRole('heading', { name: 'Your requests' })).toBeVisible()
  const other = await context.newPage()
  await other.goto('/portal')
  await expect(other.getByRole('heading', { name: 'Your requests' })).toBeVisible()

  await other.getByRole('button', { name: /Toni Tanne/ }).click()
  await other.getByRole('menuitem', { name: 'Sign out' }).click()

  await expect(other).toHaveURL(/sign-in/)
  await expect(page).toHaveURL(/sign-in/)
})

test('a change that somebody overtook is rolled back and told of', async ({ page, api }) => {
  const { agent, number } = await aTicket(api)
  await signIn(page, agent, `/tickets/${number}`)
  await expect(page.getByText('It happens every time.')).toBeVisible()
  await page.route(`**/api/v1/tickets/${number}/status`, async (route) => {
    await api.change(agent, number, 'priority', { priority: 'CRITICAL' })
    await page.unroute(`**/api/v1/tickets/${number}/status`)
    await route.continue()
  })

  await page.keyboard.press('e')

  await expect(page.getByText(/was changed meanwhile/)).toBeVisible()
  await expect.poll(async () => (await api.ticket(agent, number)).status).toBe('OPEN')
  await page.getByRole('button', { name: 'Apply mine anyway' }).click()
  await expect.poll(async () => (await api.ticket(agent, number)).status).toBe('RESOLVED')
})

test('nothing that people send runs', async ({ page, api }) => {
  const customer = await api.newCustomer('Eve Esche')
  const agent = await api.newAgent('Fritz Fichte')
  const hostile = '<script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3)) **bold**'
  const number = await api.newTicket(
    customer,
    `<img src=x onerror=alert(4)> ${Date.now()}`,
    `${hostile}\n\nshown to the end`,
  )

  await signIn(page, agent, `/tickets/${number}`)
  await expect(page.getByText('shown to the end')).toBeVisible()
  await page.context().clearCookies()
  await signIn(page, customer, `/portal/tickets/${number}`)
  await expect(page.getByText('shown to the end')).toBeVisible()
  await expect(page.locator('img[src="x"]')).toHaveCount(0)
})

test('a person chooses a new password by mail', async ({ page, api }) => {
  const customer = await api.newCustomer('Nora Nuss')
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgot it?' }).click()
  await page.getByLabel('E-mail address').fill(customer.email)
  const before = await api.newestMailTo(customer.email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
  await expect.poll(() => api.newestMailTo(customer.email)).not.toBe(before)

  await page.goto(`/reset-password#token=${await api.tokenMailedTo(customer.email)}`)
  await page.getByLabel('New password', { exact: true }).fill('a better password')
  await page.getByRole('button', { name: 'Save the password' }).click()
  await expect(page.getByRole('heading', { name: 'Your new password is set' })).toBeVisible()
  await signIn(page, { ...customer, password: 'a better password' })
  await expect(page.getByRole('heading', { name: 'Your requests' })).toBeVisible()
})

test('an administrator invites, moves and deactivates a colleague', async ({ page, api }) => {
  await signIn(page, await api.demoLogin('ADMINISTRATOR'), '/people')
  const email = `ivo-${Date.now()}@journeys.example`
  await page.getByRole('button', { name: 'Invite a colleague' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Ivo Ilex')
  await dialog.getByLabel('E-mail address').fill(email)
  await dialog.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(page.getByText(`The invitation to ${email} is on its way.`)).toBeVisible()
  expect(await api.tokenMailedTo(email)).toBeTruthy()

  await page.getByLabel('Search by name or e-mail address').fill(email)
  await expect(page.getByText(email)).toBeVisible()
  await page.getByRole('button', { name: 'Actions for Ivo Ilex' }).click()
  await page.getByRole('menuitem', { name: 'Deactivate' }).click()
  await page
    .getByRole('dialog')
    .or(page.getByRole('alertdialog'))
    .getByRole('button', { name: 'Deactivate' })
    .click()
  await expect(page.getByText('Ivo Ilex is deactivated.')).toBeVisible()
})

test('the portal speaks German on a phone', async ({ browser, api }) => {
  const customer = await api.newCustomer('Hanna Hasel')
  const context = await browser.newContext({ locale: 'de-DE', viewport: { width: 390, height: 800 } })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-Mail-Adresse').fill(customer.email)
  await page.getByLabel('Passwort', { exact: true }).fill(customer.password)
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
  await expect(page).toHaveURL(/portal/)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await context.close()
})

async function aTicket(api: DeskApi) {
  const customer = await api.newCustomer('Karla Kiefer')
  const agent = await api.newAgent('Anton Ahorn')
  const subject = `The lamp flickers ${Date.now()}`
  return { customer, agent, subject, number: await api.newTicket(customer, subject) }
}

async function publicReplies(api: DeskApi, agent: Login, number: number): Promise<string[]> {
  const messages = await api.call<{ kind: string; bodyMarkdown: string }[]>(
    agent,
    'GET',
    `/tickets/${number}/messages`,
  )
  return messages.filter((message) => message.kind === 'PUBLIC_REPLY').map((message) => message.bodyMarkdown)
}

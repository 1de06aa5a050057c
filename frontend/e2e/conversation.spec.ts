import { conversation, expect, signIn, test, withoutLiveEvents } from './desk'
import { newAddress, unique } from './desk-api'

const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('a customer signs up, asks with a file, and the two sides talk', async ({ page, api, browserOf }) => {
  const paula = { name: 'Paula Pflaume', email: newAddress('Paula'), password: 'rhubarb and custard' }
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill(paula.name)
  await page.getByLabel('E-mail address').fill(paula.email)
  await page.getByLabel('Password', { exact: true }).fill(paula.password)
  await page.getByRole('button', { name: 'Sign up', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()

  await page.goto(`/verify-email#token=${await api.tokenMailedTo(paula.email)}`)
  await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible()
  expect(page.url()).not.toContain('token')
  await signIn(page, paula)

  const subject = unique('The coupling rattles')
  await page.getByRole('link', { name: 'Ask for help' }).first().click()
  await page.getByLabel('What is it about?').fill(subject)
  await page.getByLabel('Your message').fill('It rattles **on every bump**. See the photo.')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach files' }).click()
  await (await chooser).setFiles({ name: 'coupling.png', mimeType: 'image/png', buffer: PHOTO })
  await expect(page.getByRole('button', { name: 'Remove coupling.png' })).toBeVisible()
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page).toHaveURL(/\/portal\/tickets\/\d+/)
  const number = Number(/(\d+)$/.exec(page.url())?.[1])
  await expect(page.getByText('Received', { exact: true })).toBeVisible()

  const gregor = await api.newAgent('Gregor Grün')
  const desk = await browserOf(gregor, '/tickets?order=NEWEST')
  await desk.getByRole('link', { name: subject }).click()
  await expect(desk.getByText('on every bump')).toBeVisible()
  const download = desk.waitForEvent('download')
  await desk.getByRole('button', { name: 'coupling.png' }).click()
  expect((await download).suggestedFilename()).toBe('coupling.png')

  await conversation(desk).focus()
  await desk.keyboard.press('n')
  await desk.getByRole('textbox', { name: /Internal note/ }).fill('She has the old coupling, I think.')
  await desk.keyboard.press('Control+Enter')
  await expect(desk.getByRole('article', { name: 'Internal note by Gregor Grün' })).toBeVisible()
  await desk.keyboard.press('r')
  await desk.getByRole('textbox', { name: /Reply to/ }).fill('Which year was it built?')
  await desk.keyboard.press('Control+Enter')
  await expect(desk.getByRole('article', { name: 'Reply by Gregor Grün' })).toBeVisible()

  await page.reload()
  await expect(page.getByText('Which year was it built?')).toBeVisible()
  await expect(page.getByText('She has the old coupling')).toBeHidden()
  await page.getByLabel('Your answer').fill('In 2024, it says below the frame.')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(
    page.getByRole('listitem').filter({ hasText: 'In 2024, it says below the frame.' }),
  ).toBeVisible()
  await expect.poll(async () => (await api.ticket(gregor, number)).lane).toBe('TO_DO')

  await page.getByRole('button', { name: 'It is solved' }).click()
  await expect(page.getByText('Closed', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'I still need help' }).click()
  await expect(page.getByRole('button', { name: 'It is solved' })).toBeVisible()
  await expect.poll(async () => (await api.ticket(gregor, number)).lane).toBe('TO_DO')
})

test('an answer brings a waiting ticket back to do', async ({ api, browserOf }) => {
  const customer = await api.newCustomer('Rosa Rainfarn')
  const agent = await api.newAgent('Bela Birke')
  const number = await api.newTicket(customer, unique('The display stays dark'))
  await api.reply(agent, number, 'Does it light up when you plug it in?')
  await api.change(agent, number, 'status', { status: 'WAITING_ON_CUSTOMER' })

  const portal = await browserOf(customer, '/portal')
  await portal.getByRole('link', { name: /The display stays dark.*Waiting for your answer/ }).click()
  await portal.getByLabel('Your answer').fill('No, it stays dark.')
  await portal.getByRole('button', { name: 'Send' }).click()

  await expect(portal.getByText('We are working on it', { exact: true })).toBeVisible()
  await expect.poll(async () => (await api.ticket(agent, number)).lane).toBe('TO_DO')
})

test('a reply that would go over a colleague is stopped, kept, and sent on purpose', async ({
  api,
  newVisitor,
}) => {
  const customer = await api.newCustomer('Karla Kiefer')
  const agent = await api.newAgent('Anton Ahorn')
  const colleague = await api.newAgent('Cleo Kolleg')
  const number = await api.newTicket(customer, unique('The lamp flickers'))
  const desk = await withoutLiveEvents(await newVisitor())
  await signIn(desk, agent, `/tickets/${number}`)
  await expect(desk.getByText('It happens every time.')).toBeVisible()
  await desk.keyboard.press('r')
  await desk.keyboard.type('Please try another cable.')

  await api.reply(colleague, number, 'We are sending you a new one.')
  await desk.keyboard.press('Control+Enter')

  await expect(desk.getByRole('alert')).toContainText('Cleo Kolleg wrote meanwhile')
  await expect(desk.getByText('We are sending you a new one.')).toBeVisible()
  await expect(desk.getByRole('textbox', { name: /Reply to/ })).toHaveValue('Please try another cable.')
  expect(await api.publicReplies(agent, number)).not.toContain('Please try another cable.')

  await desk.getByRole('button', { name: 'Send anyway' }).click()
  await expect.poll(() => api.publicReplies(agent, number)).toContain('Please try another cable.')
})

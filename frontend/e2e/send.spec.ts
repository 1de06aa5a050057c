import { mailsTo } from './caught-mails'
import { conversation, expect, signIn, test } from './desk'
import { unique } from './desk-api'

const composer = (name: RegExp = /Reply to/) => ({ name })

test('a reply that is undone has gone to nobody, and is back as it was written', async ({
  page,
  api,
  request,
}) => {
  const customer = await api.newCustomer('Ulla Ulme')
  const agent = await api.newAgent('Udo Umkehr')
  await api.writes(agent, { undoSeconds: 8 })
  const number = await api.newTicket(customer, unique('The saddle wobbles'))
  await signIn(page, agent, `/tickets/${number}`)
  await expect(page.getByText('It happens every time.')).toBeVisible()

  await page.keyboard.press('r')
  const reply = page.getByRole('textbox', composer())
  await reply.fill('Tighten *both* screws.')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach files' }).click()
  await (await chooser).setFiles({ name: 'screws.txt', mimeType: 'text/plain', buffer: Buffer.from('M6') })
  await expect(page.getByRole('button', { name: 'Remove screws.txt' })).toBeVisible()
  await page.getByLabel('then').selectOption('Waiting on customer')
  await reply.press('Control+Enter')
  await expect(page.getByRole('article', { name: 'Your reply, not sent yet' })).toContainText('Goes out in')

  await conversation(page).focus()
  await page.keyboard.press('z')

  await expect(reply).toHaveValue('Tighten *both* screws.')
  await expect(page.getByRole('button', { name: 'Remove screws.txt' })).toBeVisible()
  await expect(page.getByLabel('then')).toHaveValue('WAITING_ON_CUSTOMER')
  await expect(page.getByRole('article', { name: 'Your reply, not sent yet' })).toBeHidden()
  // What is held later has gone out later than this would have.
  const other = await api.newTicket(customer, unique('The bell is stuck'))
  await api.hold(agent, other, 'Turn the bell.')
  const mails = () => mailsTo(customer.email, request).then((texts) => texts.join('\n'))
  await expect.poll(mails, { timeout: 30_000 }).toContain('Turn the bell.')
  expect(await mails()).not.toContain('Tighten')
  expect(await api.publicReplies(agent, number)).not.toContain('Tighten *both* screws.')

  await reply.press('Control+Enter')
  await expect
    .poll(() => api.publicReplies(agent, number), { timeout: 20_000 })
    .toContain('Tighten *both* screws.')
  await expect.poll(mails, { timeout: 20_000 }).toContain('Tighten *both* screws.')
  expect((await mails()).split('Tighten')).toHaveLength(2)
  await expect(page.getByRole('article', { name: 'Reply by Udo Umkehr' })).toBeVisible()
})

test('a colleague sees that somebody is about to reply, and the customer nothing', async ({
  api,
  browserOf,
}) => {
  const customer = await api.newCustomer('Wilma Weide')
  const agent = await api.newAgent('Willi Warte')
  const colleague = await api.newAgent('Walter Wach')
  await api.writes(agent, { undoSeconds: 30 })
  const number = await api.newTicket(customer, unique('The bell is mute'))
  const theirs = await browserOf(colleague, `/tickets/${number}`)
  await expect(theirs.getByText('It happens every time.')).toBeVisible()

  await api.hold(agent, number, 'Oil the spring.')

  await expect(theirs.getByText('Willi Warte is about to reply')).toBeVisible()
  await expect(theirs.getByText('Oil the spring.')).toBeHidden()
  const portal = await browserOf(customer, `/portal/tickets/${number}`)
  await expect(portal.getByText('It happens every time.')).toBeVisible()
  await expect(portal.getByText('Oil the spring.')).toBeHidden()
})

test('a reply is scheduled, edited, cancelled, restored, and sent once', async ({ page, api }) => {
  const customer = await api.newCustomer('Sina Silber')
  const agent = await api.newAgent('Sven Später')
  const number = await api.newTicket(customer, unique('The chain jumps'))
  await signIn(page, agent, `/tickets/${number}`)
  await expect(page.getByText('It happens every time.')).toBeVisible()
  await page.keyboard.press('r')
  const reply = page.getByRole('textbox', composer())
  await reply.fill('How is the chain?')
  await reply.press('Control+Alt+Enter')
  await page.getByRole('combobox', { name: 'Send later' }).fill('tomorrow')
  await page.keyboard.press('Enter')

  const scheduled = page.getByRole('article', { name: 'Your reply, not sent yet' })
  await expect(scheduled).toContainText('How is the chain?')
  await scheduled.getByRole('button', { name: 'Cancel it' }).click()
  await expect(scheduled).toBeHidden()
  await conversation(page).focus()
  await page.keyboard.press('z')
  await expect(scheduled).toContainText('Goes out')

  await page.getByRole('link', { name: 'Scheduled' }).click()
  await expect(page.getByRole('heading', { name: 'Scheduled replies' })).toBeVisible()
  await page.getByRole('button', { name: 'Edit' }).click()
  await expect(page).toHaveURL(new RegExp(`/tickets/${number}`))
  await expect(reply).toHaveValue('How is the chain?')

  await reply.fill('How is the new chain?')
  await page.getByRole('button', { name: 'Send later' }).click()
  await page.getByRole('combobox', { name: 'Send later' }).fill('2 h')
  await page.keyboard.press('Enter')
  await scheduled.getByRole('button', { name: 'Send now' }).click()
  await expect.poll(() => api.publicReplies(agent, number)).toContain('How is the new chain?')
  await expect(scheduled).toBeHidden()
  expect((await api.publicReplies(agent, number)).filter((text) => text.includes('chain?'))).toEqual([
    'How is the new chain?',
  ])
})

test('a scheduled reply comes back where the customer wrote before, and is sent on purpose', async ({
  page,
  api,
}) => {
  const customer = await api.newCustomer('Rita Rand')
  const agent = await api.newAgent('Rolf Ruhe')
  const number = await api.newTicket(customer, unique('The brake squeals'))
  await signIn(page, agent, '/home')
  await api.hold(agent, number, 'Does it squeal still?', { inSeconds: 4 })
  await api.answer(customer, number, 'It is silent now.')

  await expect(page.getByText(`#${number}: Reply not sent: somebody wrote meanwhile.`)).toBeVisible({
    timeout: 20_000,
  })
  expect(await api.publicReplies(agent, number)).not.toContain('Does it squeal still?')
  await page.getByRole('button', { name: 'Look' }).click()
  await expect(conversation(page).getByText('It is silent now.')).toBeVisible()
  await page.getByRole('button', { name: 'Send anyway' }).click()
  await expect.poll(() => api.publicReplies(agent, number)).toContain('Does it squeal still?')
})

test('beginning to reply takes a ticket that nobody has, unless one wants otherwise', async ({
  page,
  api,
}) => {
  const customer = await api.newCustomer('Toni Tanne')
  const agent = await api.newAgent('Tara Tatkraft')
  await api.writes(agent, { takesOnReply: true })
  const number = await api.newTicket(customer, unique('The stand is bent'))
  await signIn(page, agent, `/tickets/${number}`)
  await expect(page.getByText('It happens every time.')).toBeVisible()
  await page.keyboard.press('r')
  await page.getByRole('textbox', composer()).pressSequentially('Hel')
  await expect.poll(async () => (await api.ticket(agent, number)).assignee?.name).toBe('Tara Tatkraft')

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await api.ticket(agent, number)).assignee).toBeUndefined()
  await page.getByRole('textbox', composer()).pressSequentially('lo')
  await expect(page.getByRole('textbox', composer())).toHaveValue('Hello')
  expect((await api.ticket(agent, number)).assignee).toBeUndefined()
})

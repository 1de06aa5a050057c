import { expect, signIn, test } from './desk'
import { unique } from './desk-api'

test('an agent selects tickets by keys, resolves them all and takes it back', async ({ page, api }) => {
  const customer = await api.newCustomer('Karla Kiefer')
  const agent = await api.newAgent('Anton Ahorn')
  const subject = unique('Recall of the drawbar')
  const numbers: number[] = []
  for (const which of ['one', 'two', 'three']) {
    numbers.push(await api.newTicket(customer, `${subject}, ${which}`))
  }
  const statuses = async () => {
    const tickets = await Promise.all(numbers.map((number) => api.ticket(agent, number)))
    return tickets.map(({ status }) => status)
  }
  await signIn(page, agent, `/tickets?order=NEWEST&text=${encodeURIComponent(subject)}`)
  await expect(page.getByRole('link', { name: `${subject}, three` })).toBeVisible()

  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+j')
  const bar = page.getByRole('toolbar', { name: 'What to do with the selection' })
  await expect(bar.getByText('2 selected')).toBeVisible()
  await page.keyboard.press('e')
  await expect(page.getByText('2 tickets: Resolved')).toBeVisible()
  await expect(bar).toBeHidden()
  await expect.poll(statuses).toEqual(['OPEN', 'RESOLVED', 'RESOLVED'])
  await page.keyboard.press('z')
  await expect.poll(statuses).toEqual(['OPEN', 'OPEN', 'OPEN'])

  await page.keyboard.press('Shift+a')
  await page.keyboard.press('p')
  await page.keyboard.type('crit')
  await page.keyboard.press('Enter')
  await expect(page.getByText('3 tickets: priority Critical')).toBeVisible()
  await expect
    .poll(async () => (await Promise.all(numbers.map((n) => api.ticket(agent, n)))).map((t) => t.priority))
    .toEqual(['CRITICAL', 'CRITICAL', 'CRITICAL'])
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').waitFor()
  await page.keyboard.type('Edits of many')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Edits of many tickets' })
  await expect(dialog.getByRole('listitem').first()).toContainText('3 tickets: Priority Critical')
  await dialog.getByRole('button', { name: 'Undo' }).first().click()
  await expect(page.getByText('3 tickets are as before')).toBeVisible()
})

test('what a colleague has changed since stays when an edit is undone', async ({ page, api }) => {
  const customer = await api.newCustomer('Karla Kiefer')
  const agent = await api.newAgent('Anton Ahorn')
  const colleague = await api.newAgent('Cleo Kolleg')
  const subject = unique('Recall of the hitch')
  const first = await api.newTicket(customer, `${subject}, one`)
  const second = await api.newTicket(customer, `${subject}, two`)
  await signIn(page, agent, `/tickets?order=NEWEST&text=${encodeURIComponent(subject)}`)
  await expect(page.getByRole('link', { name: `${subject}, two` })).toBeVisible()
  await page.keyboard.press('Shift+a')
  await expect(page.getByText('2 selected').first()).toBeVisible()
  await page.keyboard.press('p')
  await page.keyboard.type('high')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await api.ticket(agent, first)).priority).toBe('HIGH')
  await api.change(colleague, first, 'priority', { priority: 'LOW' })

  await page.keyboard.press('z')

  await expect(page.getByText('1 ticket was changed by somebody else since; that stays.')).toBeVisible()
  await expect.poll(async () => (await api.ticket(agent, second)).priority).toBe('MEDIUM')
  expect((await api.ticket(agent, first)).priority).toBe('LOW')
})

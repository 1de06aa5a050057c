import { conversation, expect, signIn, test } from './desk'
import { unique } from './desk-api'

test('an agent keeps a saved reply and a macro and works with them without a pointer', async ({
  page,
  api,
}) => {
  const customer = await api.newCustomer('Karla Kiefer')
  const agent = await api.newAgent('Anton Ahorn')
  const subject = unique('The *lamp* flickers')
  const number = await api.newTicket(customer, subject)
  const replyName = unique('Lamp')
  const macroName = unique('Lamps')

  await signIn(page, agent, '/saved-replies')
  await page.getByRole('button', { name: 'New saved reply' }).first().focus()
  await page.keyboard.press('Enter')
  const form = page.getByRole('dialog', { name: 'New saved reply' })
  await form.getByLabel('Name', { exact: true }).focus()
  await page.keyboard.type(replyName)
  await form.getByLabel('Text', { exact: true }).focus()
  await page.keyboard.type(
    'Hi {{requester.firstName|there}}, about {{ticket.subject}}: have you tried another bulb?',
  )
  await expect(
    form.getByText('Hi Robin, about Where is my order?: have you tried another bulb?'),
  ).toBeVisible()
  await form.getByRole('button', { name: 'Create' }).focus()
  await page.keyboard.press('Enter')
  await expect(form).toBeHidden()
  await expect(page.getByRole('rowheader', { name: new RegExp(replyName) })).toBeVisible()

  await page.goto('/macros')
  await page.getByRole('button', { name: 'New macro' }).first().focus()
  await page.keyboard.press('Enter')
  const macro = page.getByRole('dialog', { name: 'New macro' })
  await macro.getByLabel('Name', { exact: true }).focus()
  await page.keyboard.type(macroName)
  await macro.getByLabel('Status').selectOption('RESOLVED')
  await macro.getByLabel('Assignee').selectOption('ME')
  await macro.getByLabel('Add tags').focus()
  await page.keyboard.type('Lamp')
  await macro.getByRole('button', { name: 'Create' }).focus()
  await page.keyboard.press('Enter')
  await expect(macro).toBeHidden()

  await page.goto(`/tickets/${number}`)
  await expect(conversation(page)).toBeVisible()
  await page.keyboard.press('r')
  const composer = page.getByRole('textbox', { name: /Reply to/ })
  await expect(composer).toBeFocused()
  await page.keyboard.type('/')
  await expect(page.getByRole('listbox', { name: 'Saved replies' })).toBeVisible()
  await page.keyboard.type(replyName)
  await expect(page.getByRole('listbox', { name: 'Saved replies' }).getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  const written = `Hi Karla, about ${subject.replaceAll('*', '\\*')}: have you tried another bulb?`
  await expect(composer).toHaveValue(written)
  // The browser's own undo takes the insertion back.
  await page.keyboard.press('Control+z')
  await expect(composer).not.toHaveValue(written)
  await page.keyboard.press('Control+Shift+z')
  await expect(composer).toHaveValue(written)
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => api.publicReplies(agent, number)).toContain(written)
  await expect(conversation(page).getByText(`about ${subject}: have you`)).toBeVisible()

  await page.keyboard.press('Shift+M')
  await expect(page.getByRole('combobox', { name: 'Choose a macro' })).toBeFocused()
  await page.keyboard.type(macroName)
  const choices = page.getByRole('listbox', { name: 'Choose a macro' })
  await expect(choices.getByRole('option')).toContainText('Status: Resolved')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await api.ticket(agent, number)).status).toBe('RESOLVED')
  const applied = await api.ticket(agent, number)
  expect(applied.assignee?.name).toBe(agent.name)
  expect(applied.tags).toEqual(['lamp'])
})

import type { Page } from '@playwright/test'
import { conversation, expect, signIn, test } from './desk'
import { unique } from './desk-api'

/** The lines of history as they stand on the page, without their times. */
const history = (page: Page) => page.locator('[data-event]')

async function undo(page: Page) {
  const button = page.getByRole('button', { name: 'Undo' }).last()
  await expect(button).toBeVisible()
  await button.focus()
  await page.keyboard.press('Enter')
}

/** Narrows the list by typing, and takes what is active once it is what was meant. */
async function take(page: Page, field: string, text: string, option: string | RegExp) {
  await expect(page.getByRole('combobox', { name: field })).toBeFocused()
  await page.keyboard.type(text)
  const meant = page.getByRole('option', { name: option }).first()
  await expect(meant).toBeVisible()
  await expect(meant).toHaveAttribute('data-active', 'true')
  await page.keyboard.press('Enter')
}

test('merged, undone, split, undone, linked and unlinked by keys alone, and history reads so', async ({
  page,
  api,
}) => {
  const customer = await api.newCustomer('Karla Kiefer')
  const agent = await api.newAgent('Anton Ahorn')
  const subject = unique('The lamp flickers')
  const kept = await api.newTicket(customer, `${subject}, kept`)
  const gone = await api.newTicket(customer, `${subject}, gone`)
  await signIn(page, agent, `/tickets?order=NEWEST&text=${encodeURIComponent(subject)}`)
  await expect(page.locator(`a[data-ticket="${gone}"]`)).toBeVisible()

  // From the list: the other one of the same person is offered first.
  await page.keyboard.press('j')
  await expect(page.locator('a[data-ticket]:focus')).toHaveAttribute('data-ticket', String(gone))
  await page.keyboard.press('m')
  const dialog = page.getByRole('dialog', { name: `Merge #${gone} into …` })
  await expect(dialog.getByRole('region', { name: 'This ticket stays' })).toContainText(`#${kept}`)
  await page.keyboard.press('Enter')
  await expect(page.getByText(`#${gone} is part of #${kept} now`)).toBeVisible()
  await undo(page)
  await expect(page.getByText('The merged ticket is back')).toBeVisible()
  expect((await api.ticket(agent, gone)).status).toBe('OPEN')

  // From the ticket: its page follows to where it went.
  await page.goto(`/tickets/${gone}`)
  await expect(conversation(page)).toBeVisible()
  await page.keyboard.press('m')
  await take(page, 'Number or subject of the ticket that stays', String(kept), new RegExp(`#${kept}`))
  await expect(page).toHaveURL(new RegExp(`/tickets/${kept}`))
  await expect(conversation(page).getByRole('article')).toHaveCount(2)
  await expect(conversation(page).getByRole('link', { name: `from #${gone}` })).toBeVisible()
  await page.goto(`/tickets/${gone}`)
  await expect(page.getByText(`This ticket is part of #${kept} now.`)).toBeVisible()
  await page.getByRole('link', { name: `Open #${kept}` }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/tickets/${kept}`))
  await page.getByRole('button', { name: `Undo the merge of #${gone}` }).focus()
  await page.keyboard.press('Enter')
  await expect(conversation(page).getByRole('article')).toHaveCount(1)

  // A second thing in one conversation.
  await api.answer(customer, kept, 'And the bell is mute.')
  await expect(conversation(page).getByRole('article')).toHaveCount(2)
  await page.keyboard.press('Shift+D')
  await expect(page.getByRole('textbox', { name: 'Subject of the new ticket' })).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(`${subject}, bell`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: `${subject}, bell` })).toBeVisible()
  const made = Number(/tickets\/(\d+)/.exec(page.url())?.[1])
  expect(made).not.toBe(kept)
  await expect(conversation(page).getByRole('article')).toHaveCount(1)
  await expect(page.getByRole('list', { name: 'Related tickets' })).toContainText(`#${kept}`)
  await undo(page)
  await expect(page.getByText(`The messages are back in #${kept}`)).toBeVisible()

  // Linked by what they are to each other, and not any more.
  await page.goto(`/tickets/${kept}`)
  await expect(conversation(page).getByRole('article')).toHaveCount(2)
  await page.keyboard.press('l')
  await take(page, 'What is this ticket to the other?', 'dup', 'Duplicate of')
  await take(page, 'Duplicate of …', String(gone), new RegExp(`#${gone}`))
  await expect(page.getByRole('list', { name: 'Related tickets' })).toContainText(`#${gone}`)
  await page.getByRole('button', { name: `Remove the link to #${gone}` }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText(`#${kept} and #${gone} are not linked any more`)).toBeVisible()

  await page.keyboard.press('h')
  await expect(history(page)).toHaveText([
    'Karla Kiefer opened the ticket.',
    `Anton Ahorn merged #${gone} into this ticket.`,
    `Anton Ahorn undid the merge of #${gone}.`,
    `Anton Ahorn merged #${gone} into this ticket.`,
    `Anton Ahorn undid the merge of #${gone}.`,
    `Anton Ahorn made messages a ticket of their own, #${made}.`,
    `Anton Ahorn undid the split: #${made}.`,
    `Anton Ahorn linked the ticket: duplicate of #${gone}.`,
    `Anton Ahorn removed the link: duplicate of #${gone}.`,
  ])
})

test('nobody is merged with somebody else by accident', async ({ page, api }) => {
  const agent = await api.newAgent('Anton Ahorn')
  const subject = unique('No light')
  const one = await api.newTicket(await api.newCustomer('Karla Kiefer'), `${subject}, one`)
  const other = await api.newTicket(await api.newCustomer('Lars Lorbeer'), `${subject}, other`)
  await signIn(page, agent, `/tickets/${other}`)
  await expect(conversation(page)).toBeVisible()
  await page.keyboard.press('m')
  await take(page, 'Number or subject of the ticket that stays', String(one), new RegExp(`#${one}`))
  await expect(
    page.getByText(`Other people than Karla Kiefer asked here: Lars Lorbeer (#${other}).`),
  ).toBeVisible()
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused()
  expect((await api.ticket(agent, other)).status).toBe('OPEN')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/tickets/${one}`))
  await expect(conversation(page).getByRole('article')).toHaveCount(2)
})

import type { Page } from '@playwright/test'
import { conversation, expect, test } from './desk'
import { unique } from './desk-api'

const reply = (page: Page) => page.getByRole('textbox', { name: /Reply to/ })

test('a reply begun at the desk is finished on the laptop, and is gone from both once it is sent', async ({
  api,
  browserOf,
}) => {
  const customer = await api.newCustomer('Dora Distel')
  const agent = await api.newAgent('Wanda Weide')
  const subject = unique('The bell is silent')
  const number = await api.newTicket(customer, subject)
  const desk = await browserOf(agent, `/tickets/${number}`)
  await expect(desk.getByText('It happens every time.')).toBeVisible()
  const laptop = await browserOf(agent, '/tickets?order=NEWEST')
  const row = laptop.getByRole('link', { name: subject })
  await expect(row).toBeVisible()

  await conversation(desk).focus()
  await desk.keyboard.press('r')
  await desk.keyboard.type('Please turn the cap')
  await expect(desk.getByText('Draft saved')).toBeVisible()

  await expect(row.getByText('Unsent')).toBeVisible()
  await row.click()
  await expect(reply(laptop)).toHaveValue('Please turn the cap')
  await reply(laptop).press('End')
  await laptop.keyboard.type(' to the left.')
  await expect(laptop.getByText('Draft saved')).toBeVisible()
  await expect(reply(desk)).toHaveValue('Please turn the cap to the left.')

  await laptop.keyboard.press('Control+Enter')
  await expect(laptop.getByRole('article', { name: 'Reply by Wanda Weide' })).toBeVisible()
  await expect(laptop.getByText('unsent', { exact: true })).toBeHidden()
  await expect(desk.getByRole('article', { name: 'Reply by Wanda Weide' })).toBeVisible()
  await expect(reply(desk)).toHaveValue('')
  expect(await api.call<{ drafts: unknown[] }>(agent, 'GET', '/drafts')).toMatchObject({ drafts: [] })
  expect(await api.publicReplies(agent, number)).toContain('Please turn the cap to the left.')
})

test('two devices that were apart write two texts, and none is lost', async ({ api, browserOf }) => {
  const customer = await api.newCustomer('Dirk Dachs')
  const agent = await api.newAgent('Wilma Wolle')
  const number = await api.newTicket(customer, unique('The chain jumps'))
  const train = await browserOf(agent, `/tickets/${number}`)
  const desk = await browserOf(agent, `/tickets/${number}`)
  await expect(train.getByText('It happens every time.')).toBeVisible()
  await expect(desk.getByText('It happens every time.')).toBeVisible()

  await train.context().setOffline(true)
  await train.keyboard.press('r')
  await train.keyboard.type('Written in the tunnel')
  await expect(train.getByText('Not saved yet')).toBeVisible()
  await desk.keyboard.press('r')
  await desk.keyboard.type('Written at the desk')
  await expect(desk.getByText('Draft saved')).toBeVisible()

  await train.context().setOffline(false)
  const choice = train.getByRole('alert').filter({ hasText: 'Written at the desk' })
  await expect(choice).toBeVisible()
  await expect(reply(train)).toHaveValue('Written in the tunnel')
  await choice.getByRole('button', { name: 'Keep both' }).click()
  await expect(reply(train)).toHaveValue('Written in the tunnel\n\nWritten at the desk')
  await expect(reply(desk)).toHaveValue('Written in the tunnel\n\nWritten at the desk')
})

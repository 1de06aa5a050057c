import { expect, signIn, test } from './desk'
import { newAddress } from './desk-api'

test('a person chooses a new password by mail', async ({ page, api }) => {
  const customer = await api.newCustomer('Nora Nuss')
  const invitation = await api.tokenMailedTo(customer.email)
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgot it?' }).click()
  // The page that is left has such a field too, and stays until the next one is loaded.
  await expect(page.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible()
  await page.getByLabel('E-mail address').fill(customer.email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()

  const token = await api.tokenMailedTo(customer.email, { otherThan: invitation })
  await page.goto(`/reset-password#token=${token}`)
  await page.getByLabel('New password', { exact: true }).fill('a better password')
  await page.getByRole('button', { name: 'Save the password' }).click()
  await expect(page.getByRole('heading', { name: 'Your new password is set' })).toBeVisible()
  await signIn(page, { ...customer, password: 'a better password' })
  await expect(page.getByRole('heading', { name: 'Your requests' })).toBeVisible()
})

test('an invited colleague joins by the link, once', async ({ page, api, newVisitor }) => {
  await signIn(page, await api.demoLogin('ADMINISTRATOR'), '/people')
  const email = newAddress('Ivo')
  await page.getByRole('button', { name: 'Invite a colleague' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite a colleague' })
  await dialog.getByLabel('Name', { exact: true }).fill('Ivo Ilex')
  await dialog.getByLabel('E-mail address').fill(email)
  await dialog.getByRole('checkbox').first().check()
  await dialog.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(page.getByText(`The invitation to ${email} is on its way.`)).toBeVisible()

  const link = `/accept-invitation#token=${await api.tokenMailedTo(email)}`
  const ivo = await newVisitor()
  await ivo.goto(link)
  await ivo.getByLabel('Your name').fill('Ivo I. Ilex')
  await ivo.getByLabel('Password', { exact: true }).fill('rhubarb and custard')
  await ivo.getByRole('button', { name: 'Join' }).click()
  await expect(ivo.getByRole('heading', { name: 'You are in' })).toBeVisible()
  await signIn(ivo, { name: 'Ivo I. Ilex', email, password: 'rhubarb and custard' })
  await expect(ivo.getByRole('button', { name: 'Ivo I. Ilex' })).toBeVisible()

  const again = await newVisitor()
  await again.goto(link)
  await again.getByLabel('Your name').fill('Somebody Else')
  await again.getByLabel('Password', { exact: true }).fill('another password')
  await again.getByRole('button', { name: 'Join' }).click()
  await expect(again.getByRole('heading', { name: 'This link did not work' })).toBeVisible()
})

test('a changed password signs the other browsers out', async ({ api, browserOf }) => {
  const agent = await api.newAgent('Frieda Farn')
  const here = await browserOf(agent, '/profile')
  const elsewhere = await browserOf(agent, '/profile')
  await expect(here.getByText('This browser')).toBeVisible()

  await here.getByLabel('Current password').fill('not it at all')
  await here.getByLabel('New password', { exact: true }).fill('a better password')
  await here.getByRole('button', { name: 'Change the password' }).click()
  await expect(here.getByText('This is not your current password.')).toBeVisible()
  await here.getByLabel('Current password').fill(agent.password)
  await here.getByRole('button', { name: 'Change the password' }).click()
  await expect(here.getByText('Your password is changed.')).toBeVisible()

  await elsewhere.reload()
  await expect(elsewhere).toHaveURL(/sign-in/)
  await here.reload()
  await expect(here.getByText('This browser')).toBeVisible()
  await signIn(elsewhere, { ...agent, password: 'a better password' })
})

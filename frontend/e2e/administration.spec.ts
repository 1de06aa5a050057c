import { expect, signIn, test } from './desk'
import { unique } from './desk-api'

test('an administrator changes, moves and deactivates a colleague', async ({ page, api, browserOf }) => {
  const colleague = await api.newAgent(unique('Mia Moos'))
  const theirs = await browserOf(colleague, '/home')
  await signIn(page, await api.demoLogin('ADMINISTRATOR'), '/people')
  await page.getByRole('searchbox', { name: 'Search by name or e-mail address' }).fill(colleague.email)
  const row = page.getByRole('row', { name: colleague.name })
  await expect(row).toBeVisible()
  await expect(page).toHaveURL(/text=/)
  const act = async (name: string) => {
    await page.getByRole('button', { name: `Actions for ${colleague.name}` }).click()
    await page.getByRole('menuitem', { name, exact: true }).click()
  }

  await act('Change the role')
  await page.getByRole('dialog').getByLabel('Role').selectOption('ADMINISTRATOR')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(row.getByRole('cell', { name: 'Administrator' })).toBeVisible()

  await act('Choose teams')
  for (const team of await page.getByRole('dialog').getByRole('checkbox').all()) await team.check()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()

  await act('Deactivate')
  await page.getByRole('button', { name: 'Deactivate' }).last().click()
  await expect(page.getByText(`${colleague.name} is deactivated.`)).toBeVisible()
  await theirs.reload()
  await expect(theirs).toHaveURL(/sign-in/)
})

test('an administrator makes, fills and deletes a team', async ({ page, api }) => {
  const colleague = await api.newAgent(unique('Mia Moos'))
  const name = unique('Night shift')
  await signIn(page, await api.demoLogin('ADMINISTRATOR'), '/teams')
  await page.getByRole('button', { name: 'New team' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  await dialog.getByRole('button', { name: 'Create' }).click()
  const row = page.getByRole('row', { name })
  await expect(row).toBeVisible()
  const act = async (act: string) => {
    await page.getByRole('button', { name: `Actions for ${name}` }).click()
    await page.getByRole('menuitem', { name: act, exact: true }).click()
  }

  await act('Choose members')
  await dialog.getByLabel('Add somebody').fill(colleague.name)
  await page.getByRole('option', { name: colleague.name }).click()
  await expect(dialog.getByRole('listitem')).toContainText(colleague.name)
  await dialog.getByRole('button', { name: `Take ${colleague.name} out of the team` }).click()
  await expect(dialog.getByText('Nobody yet')).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  await act('Delete')
  await page.getByRole('button', { name: 'Delete' }).last().click()
  await expect(page.getByText(`${name} is deleted.`)).toBeVisible()
  await expect(row).toBeHidden()
})

test('an administrator makes, changes and deletes an organisation', async ({ page, api }) => {
  const name = unique('Abendrot Ltd')
  await signIn(page, await api.demoLogin('ADMINISTRATOR'), '/organisations')
  await page.getByRole('button', { name: 'New organisation' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('searchbox', { name: 'Search by name' }).fill(name)
  const row = page.getByRole('row', { name })
  await expect(row.getByRole('cell', { name: 'No', exact: true })).toBeVisible()
  const act = async (act: string) => {
    await page.getByRole('button', { name: `Actions for ${name}` }).click()
    await page.getByRole('menuitem', { name: act, exact: true }).click()
  }

  await act('Edit')
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(row.getByRole('cell', { name: 'Yes', exact: true })).toBeVisible()

  await act('Delete')
  await page.getByRole('button', { name: 'Delete' }).last().click()
  await expect(page.getByText(`${name} is deleted.`)).toBeVisible()
})

test('an agent sees administration and cannot change it', async ({ page, api }) => {
  await signIn(page, await api.newAgent('Anton Ahorn'), '/people')
  await expect(page.getByRole('table', { name: 'People' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Invite a colleague' })).toBeHidden()
  await page.goto('/teams')
  await expect(page.getByRole('table', { name: 'Teams' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'New team' })).toBeHidden()
})

import type { Page } from '@playwright/test'
import { conversation, expect, signIn, test } from './desk'
import type { DeskApi, Login } from './desk-api'
import { unique } from './desk-api'

/** What an agent does to a queue in a morning, each taken back once, with the keyboard alone. */
test('an agent clears twenty tickets without a pointer, and history reads as done', async ({ page, api }) => {
  test.slow()
  const customer = await api.newCustomer('Karla Kiefer')
  const agent = await api.newAgent('Anton Ahorn')
  const colleague = await api.newAgent(unique('Cleo Kolleg'))
  await api.writes(agent, { undoSeconds: 5 })
  const macro = unique('Asked for the serial number')
  await api.call(agent, 'POST', '/macros', {
    data: {
      name: macro,
      visibility: 'PRIVATE',
      teamIds: [],
      actions: { priority: 'HIGH', addTags: ['serial'] },
    },
  })
  const subject = unique('The lamp')
  const numbers: number[] = []
  for (let i = 0; i < 20; i++) numbers.push(await api.newTicket(customer, `${subject} ${i + 1}`))
  const [answered, noted, byMacro, assigned, tagged, snoozed, kept, gone, split, ...rest] = numbers as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    ...number[],
  ]
  await api.answer(customer, split, 'And the bell is mute.')
  await signIn(page, agent, `/tickets?order=OLDEST&text=${encodeURIComponent(subject)}`)
  await expect(page.locator(`a[data-ticket="${answered}"]`)).toBeVisible()

  // A reply, taken back before it has gone out, and sent.
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(conversation(page)).toBeFocused()
  await page.keyboard.press('r')
  await page.keyboard.type('Turn it off and on.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('article', { name: 'Your reply, not sent yet' })).toBeVisible()
  await conversation(page).focus()
  await page.keyboard.press('z')
  await expect(page.getByRole('textbox', { name: /Reply to/ })).toHaveValue('Turn it off and on.')
  await page.getByRole('textbox', { name: /Reply to/ }).press('Control+Enter')
  await expect
    .poll(() => api.publicReplies(agent, answered), { timeout: 20_000 })
    .toContain('Turn it off and on.')
  await page.keyboard.press('Escape')

  // A note.
  await openNext(page, noted)
  await page.keyboard.press('n')
  await page.keyboard.type('The third one this week.')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => api.notes(agent, noted)).toEqual(['The third one this week.'])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')

  // A macro.
  await to(page, byMacro)
  await twice(
    page,
    'MEDIUM',
    'HIGH',
    async () => (await api.ticket(agent, byMacro)).priority,
    async () => {
      await page.keyboard.press('Shift+M')
      await expect(page.getByRole('combobox', { name: 'Choose a macro' })).toBeFocused()
      await page.keyboard.type(macro)
      await expect(page.getByRole('listbox', { name: 'Choose a macro' }).getByRole('option')).toHaveCount(1)
      await page.keyboard.press('Enter')
    },
  )

  await to(page, assigned)
  await twice(
    page,
    undefined,
    colleague.name,
    async () => (await api.ticket(agent, assigned)).assignee?.name,
    async () => {
      await page.keyboard.press('a')
      await page.keyboard.type(colleague.name)
      await expect(page.getByRole('option', { name: colleague.name })).toBeVisible()
      await page.keyboard.press('Enter')
    },
  )

  await to(page, tagged)
  await twice(
    page,
    '',
    'lamp',
    async () => (await api.ticket(agent, tagged)).tags.join(),
    async () => {
      await page.keyboard.press('t')
      await page.keyboard.type('lamp')
      await expect(page.getByRole('option', { name: /lamp/ }).first()).toBeVisible()
      await page.keyboard.press('Enter')
      await page.keyboard.press('Escape')
    },
  )

  await to(page, snoozed)
  await twice(
    page,
    'TO_DO',
    'WAITING',
    async () => (await api.ticket(agent, snoozed)).lane,
    async () => {
      await page.keyboard.press('s')
      await expect(page.getByRole('combobox', { name: 'Snooze' })).toBeFocused()
      await page.keyboard.type('3 days')
      await expect(page.getByRole('option', { name: /3 days/ })).toBeVisible()
      await page.keyboard.press('Enter')
    },
  )

  await to(page, gone)
  const isMerged = page.getByText(`#${gone} is part of #${kept} now`)
  await twice(
    page,
    'OPEN',
    'CLOSED',
    async () => (await api.ticket(agent, gone)).status,
    async () => {
      await page.keyboard.press('m')
      await expect(
        page.getByRole('combobox', { name: 'Number or subject of the ticket that stays' }),
      ).toBeFocused()
      await page.keyboard.type(String(kept))
      const meant = page.getByRole('option', { name: new RegExp(`#${kept}`) }).first()
      await expect(meant).toHaveAttribute('data-active', 'true')
      await page.keyboard.press('Enter')
      await expect(isMerged).toBeVisible()
    },
  )

  // A second thing in one conversation.
  await to(page, split)
  await page.keyboard.press('Enter')
  await expect(conversation(page).getByRole('article')).toHaveCount(2)
  await page.keyboard.press('Shift+D')
  await expect(page.getByRole('textbox', { name: 'Subject of the new ticket' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).not.toHaveURL(new RegExp(`/tickets/${split}`))
  await expect(conversation(page).getByRole('article')).toHaveCount(1)
  const made = Number(/tickets\/(\d+)/.exec(page.url())?.[1])
  await expect(page.getByText(`#${made}`).first()).toBeVisible()
  await page.keyboard.press('z')
  await expect(page.getByText(`The messages are back in #${split}`)).toBeVisible()
  await page.goto(`/tickets?order=OLDEST&text=${encodeURIComponent(subject)}`)

  // All the others at once.
  await to(page, rest[0] as number)
  await page.keyboard.press('x')
  for (const _ of rest.slice(1)) await page.keyboard.press('Shift+j')
  await expect(page.getByText(`${rest.length} selected`).first()).toBeVisible()
  const statuses = async () =>
    [...new Set(await Promise.all(rest.map(async (n) => (await api.ticket(agent, n)).status)))].join()
  await page.keyboard.press('e')
  await expect.poll(statuses).toBe('RESOLVED')
  await page.keyboard.press('z')
  await expect.poll(statuses).toBe('OPEN')
  await expect(page.getByText(`${rest.length} tickets are as before`)).toBeVisible()
  await to(page, rest[0] as number)
  await page.keyboard.press('x')
  for (const _ of rest.slice(1)) await page.keyboard.press('Shift+j')
  await page.keyboard.press('e')
  await expect.poll(statuses).toBe('RESOLVED')

  expect(await history(api, agent, answered)).toEqual(['OPENED', 'STATUS OPEN → IN_PROGRESS'])
  expect(await history(api, agent, noted)).toEqual(['OPENED'])
  expect(await history(api, agent, byMacro)).toEqual([
    'OPENED',
    'PRIORITY MEDIUM → HIGH',
    'TAGS  → serial',
    'PRIORITY HIGH → MEDIUM',
    'TAGS serial → ',
    'PRIORITY MEDIUM → HIGH',
    'TAGS  → serial',
  ])
  const c = colleague.name
  expect(await history(api, agent, assigned)).toEqual([
    'OPENED',
    `ASSIGNEE  → ${c}`,
    `ASSIGNEE ${c} → `,
    `ASSIGNEE  → ${c}`,
  ])
  expect(await history(api, agent, tagged)).toEqual([
    'OPENED',
    'TAGS  → lamp',
    'TAGS lamp → ',
    'TAGS  → lamp',
  ])
  expect((await history(api, agent, snoozed)).map((line) => line.split(' ')[0])).toEqual([
    'OPENED',
    'SNOOZED',
    'WOKEN',
    'SNOOZED',
  ])
  expect(await history(api, agent, gone)).toEqual([
    'OPENED',
    'STATUS OPEN → CLOSED',
    `MERGED_INTO  → ${kept}`,
    `TAKEN_OUT ${kept} → `,
    'STATUS CLOSED → OPEN',
    'STATUS OPEN → CLOSED',
    `MERGED_INTO  → ${kept}`,
  ])
  expect(await history(api, agent, kept)).toEqual([
    'OPENED',
    `MERGED  → ${gone}`,
    `LET_GO ${gone} → `,
    `MERGED  → ${gone}`,
  ])
  expect(await history(api, agent, split)).toEqual(['OPENED', `SPLIT  → ${made}`, `SPLIT_UNDONE ${made} → `])
  for (const number of rest) {
    expect(await history(api, agent, number)).toEqual([
      'OPENED',
      'STATUS OPEN → RESOLVED',
      'STATUS RESOLVED → OPEN',
      'STATUS OPEN → RESOLVED',
    ])
  }
})

/** Does something, takes it back by its key, and does it again. */
async function twice(
  page: Page,
  before: string | undefined,
  after: string,
  now: () => Promise<string | undefined>,
  act: () => Promise<void>,
) {
  await act()
  await expect.poll(now).toBe(after)
  await page.keyboard.press('z')
  await expect.poll(now).toBe(before)
  await act()
  await expect.poll(now).toBe(after)
}

/** The cursor goes through the list to a ticket. */
async function to(page: Page, number: number) {
  const row = page.locator(`a[data-ticket="${number}"]`)
  await expect(row).toBeVisible()
  const isThere = () => row.evaluate((element) => element === document.activeElement)
  for (const key of ['j', 'k']) {
    for (let i = 0; i < 25 && !(await isThere()); i++) await page.keyboard.press(key)
  }
  await expect(row).toBeFocused()
}

async function openNext(page: Page, number: number) {
  await to(page, number)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/tickets/${number}`))
  await expect(conversation(page)).toBeFocused()
}

async function history(api: DeskApi, agent: Login, number: number): Promise<string[]> {
  const events = await api.call<{ kind: string; from?: { label: string }; to?: { label: string } }[]>(
    agent,
    'GET',
    `/tickets/${number}/events`,
  )
  return events.map(({ kind, from, to }) =>
    from || to ? `${kind} ${from?.label ?? ''} → ${to?.label ?? ''}` : kind,
  )
}

import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from '@playwright/test'
import { DeskApi, type Login } from './desk-api'

interface Journey {
  api: DeskApi
  /** Signs somebody in, in a browser of their own. */
  browserOf: (login: Login, next?: string, options?: BrowserContextOptions) => Promise<Page>
  /** A browser in which nobody is signed in yet. */
  newVisitor: (options?: BrowserContextOptions) => Promise<Page>
}

/** A journey fails, too, when a page reports an error, or when a script ran that came with somebody's content. */
export const test = base.extend<Journey & { errors: string[] }>({
  errors: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const errors: string[] = []
      await use(errors)
      expect(errors).toEqual([])
    },
    { auto: true },
  ],

  context: async ({ context, errors }, use) => {
    watch(context, errors)
    await use(context)
  },

  api: async ({ playwright, baseURL }, use) => {
    const request = await playwright.request.newContext({ baseURL })
    await use(new DeskApi(request))
    await request.dispose()
  },

  newVisitor: async ({ browser, errors, baseURL }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (options) => {
      const context = await browser.newContext({ baseURL, locale: 'en-GB', ...options })
      contexts.push(context)
      watch(context, errors)
      return context.newPage()
    })
    for (const context of contexts) await context.close()
  },

  browserOf: async ({ newVisitor }, use) => {
    await use(async (login, next, options) => {
      const page = await newVisitor(options)
      await signIn(page, login, next)
      return page
    })
  },
})

export { expect }

export async function signIn(page: Page, login: Login, next = '/'): Promise<void> {
  await page.goto(`/sign-in${next === '/' ? '' : `?next=${encodeURIComponent(next)}`}`)
  await page.getByLabel('E-mail address').fill(login.email)
  await page.getByLabel('Password', { exact: true }).fill(login.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).not.toHaveURL(/sign-in/)
}

/** Over the page, where a session has ended. */
export async function signInAgain(page: Page, login: Login): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Please sign in again' })
  await dialog.getByLabel('Password', { exact: true }).fill(login.password)
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await expect(dialog).toBeHidden()
}

/** The conversation of an open ticket in the workspace: keys work once it is there. */
export function conversation(page: Page) {
  return page.getByRole('region', { name: 'Conversation' })
}

/** The page asks every 15 s, and between two times it knows nothing of what others do. */
export async function withoutLiveEvents(page: Page): Promise<Page> {
  await page.route('**/api/v1/live', (route) => route.abort())
  return page
}

function watch(context: BrowserContext, errors: string[]) {
  context.on('weberror', (error) => errors.push(error.error().message))
  context.on('dialog', (dialog) => {
    // A page that holds unsent text asks before it is left.
    if (dialog.type() !== 'beforeunload') errors.push(`${dialog.type()}: ${dialog.message()}`)
    void dialog.accept()
  })
}

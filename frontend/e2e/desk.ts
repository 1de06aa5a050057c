import { randomUUID } from 'node:crypto'
import { type APIRequestContext, type Browser, test as base, expect, type Page } from '@playwright/test'

/** A ticket and whoever works on it are made through the API, so that a journey begins where it has something to show. */
export class DeskApi {
  readonly #tokens = new Map<string, string>()
  readonly #request: APIRequestContext

  constructor(request: APIRequestContext) {
    this.#request = request
  }

  async demoLogin(role: 'CUSTOMER' | 'AGENT' | 'ADMINISTRATOR'): Promise<Login> {
    const about = await (await this.#request.get('/api/v1/about')).json()
    const login = about.demoLogins?.find((each: { role: string }) => each.role === role)
    if (!login) throw new Error(`The desk has no demo login for ${role}; start it with demo data`)
    return login
  }

  async call<T>(
    login: Login,
    method: string,
    path: string,
    data?: unknown,
    headers: Headers = {},
  ): Promise<T> {
    const response = await this.#request.fetch(`/api/v1${path}`, {
      method,
      data,
      headers: {
        Authorization: `Bearer ${await this.#token(login)}`,
        'Idempotency-Key': randomUUID(),
        ...headers,
      },
    })
    if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`)
    return response.status() === 204 || response.status() === 202 ? (undefined as T) : response.json()
  }

  /** A customer with a password of their own, made the way a person would. */
  async newCustomer(name: string): Promise<Login> {
    const login = {
      email: `${slug(name)}-${randomUUID().slice(0, 8)}@journeys.example`,
      password: 'rhubarb and custard',
    }
    const registered = await this.#request.post('/api/v1/registrations', {
      data: { ...login, name, locale: 'en' },
      headers: ownAddress(),
    })
    expect(registered.status()).toBe(202)
    const token = await this.tokenMailedTo(login.email)
    const verified = await this.#request.post('/api/v1/email-verifications', { data: { token } })
    expect(verified.status()).toBe(204)
    return { ...login, name }
  }

  /** An agent of the default team, invited and accepted. */
  async newAgent(name: string): Promise<Login> {
    const administrator = await this.demoLogin('ADMINISTRATOR')
    const login = {
      email: `${slug(name)}-${randomUUID().slice(0, 8)}@journeys.example`,
      password: 'rhubarb and custard',
    }
    const teams = await this.call<Team[]>(administrator, 'GET', '/teams')
    await this.call(administrator, 'POST', '/invitations', {
      email: login.email,
      name,
      role: 'AGENT',
      teamIds: teams.filter((team) => team.isDefault).map((team) => team.id),
    })
    const token = await this.tokenMailedTo(login.email)
    const accepted = await this.#request.post('/api/v1/invitation-acceptances', {
      data: { token, name, password: login.password },
    })
    expect(accepted.status()).toBe(204)
    return { ...login, name }
  }

  async newTicket(customer: Login, subject: string, body = 'It happens every time.'): Promise<number> {
    const ticket = await this.call<{ number: number }>(customer, 'POST', '/portal/tickets', {
      subject,
      body,
      attachmentIds: [],
    })
    return ticket.number
  }

  async reply(agent: Login, number: number, body: string): Promise<void> {
    const messages = await this.call<{ id: number }[]>(agent, 'GET', `/tickets/${number}/messages`)
    await this.call(agent, 'POST', `/tickets/${number}/replies`, {
      body,
      attachmentIds: [],
      lastSeenMessageId: messages.at(-1)?.id ?? 0,
    })
  }

  async ticket(agent: Login, number: number): Promise<Record<string, unknown> & { version: number }> {
    return this.call(agent, 'GET', `/tickets/${number}`)
  }

  async change(agent: Login, number: number, property: string, data: unknown): Promise<void> {
    const { version } = await this.ticket(agent, number)
    await this.call(agent, 'PUT', `/tickets/${number}/${property}`, data, { 'If-Match': `"${version}"` })
  }

  /** Ends every sign-in of a person, the browser's among them; the next call here signs in anew. */
  async endAllSessions(login: Login): Promise<void> {
    await this.call(login, 'DELETE', '/sessions')
    this.#tokens.delete(login.email)
  }

  /** The newest link in the mails to an address; the mail catcher gets them within a second or two. */
  async tokenMailedTo(recipient: string): Promise<string> {
    let token: string | undefined
    await expect
      .poll(
        async () => {
          token = /#token=([\w-]+)/.exec((await this.newestMailTo(recipient)) ?? '')?.[1]
          return token
        },
        { timeout: 20_000 },
      )
      .toBeTruthy()
    return token as string
  }

  async newestMailTo(recipient: string): Promise<string | undefined> {
    const mails: CaughtMail[] = await (
      await this.#request.get(`/dev/mail.json?to=${encodeURIComponent(recipient)}`)
    ).json()
    return mails[0]?.text
  }

  async #token(login: Login): Promise<string> {
    const known = this.#tokens.get(login.email)
    if (known) return known
    const response = await this.#request.post('/api/v1/sessions', {
      data: { email: login.email, password: login.password },
    })
    if (!response.ok()) throw new Error(`${login.email} cannot sign in: ${await response.text()}`)
    const token = (await response.json()).accessToken
    this.#tokens.set(login.email, token)
    return token
  }
}

export interface Login {
  email: string
  password: string
  name: string
}

interface Team {
  id: string
  isDefault: boolean
}

interface CaughtMail {
  text: string
}

type Headers = Record<string, string>

/** The desk throttles by client address; each registration comes from another one, as it would in life. */
function ownAddress(): Headers {
  const part = () => Math.floor(Math.random() * 254) + 1
  return { 'X-Forwarded-For': `203.0.113.${part()}` }
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, '')
}

export async function signIn(page: Page, login: Login, next = '/'): Promise<void> {
  await page.goto(`/sign-in${next === '/' ? '' : `?next=${encodeURIComponent(next)}`}`)
  await page.getByLabel('E-mail address').fill(login.email)
  await page.getByLabel('Password', { exact: true }).fill(login.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).not.toHaveURL(/sign-in/)
}

/** A second person in a browser of their own. */
export async function inOwnBrowser(browser: Browser, login: Login, next = '/'): Promise<Page> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await signIn(page, login, next)
  return page
}

/** Fails a journey in which a script ran that came with content, or the page itself reported an error. */
export const test = base.extend<{ api: DeskApi; calmPage: undefined }>({
  api: async ({ playwright, baseURL }, use) => {
    const request = await playwright.request.newContext({ baseURL })
    await use(new DeskApi(request))
    await request.dispose()
  },
  calmPage: [
    async ({ page }, use) => {
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      page.on('dialog', (dialog) => {
        if (dialog.type() === 'alert') errors.push(`alert: ${dialog.message()}`)
        void dialog.accept()
      })
      await use(undefined)
      expect(errors).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

import { randomUUID } from 'node:crypto'
import { type APIRequestContext, expect } from '@playwright/test'
import { newestMailTo } from './caught-mails'

export interface Login {
  email: string
  password: string
  name: string
}

export type Role = 'CUSTOMER' | 'AGENT' | 'ADMINISTRATOR'

interface Ticket {
  version: number
  status: string
  lane: string
  priority: string
  tags: string[]
  assignee?: { name: string }
}

interface Writing {
  undoSeconds: number
  takesOnReply: boolean
  afterDone: 'STAY' | 'NEXT' | 'LIST'
}

interface CallOptions {
  data?: unknown
  headers?: Record<string, string>
}

const PASSWORD = 'rhubarb and custard'

/**
 * People and tickets are made through the API, each journey's its own: it begins where it has something to show, and
 * may run again on a desk that keeps its data.
 */
export class DeskApi {
  readonly #tokens = new Map<string, string>()
  readonly #request: APIRequestContext

  constructor(request: APIRequestContext) {
    this.#request = request
  }

  async demoLogin(role: Role): Promise<Login> {
    const about = await (await this.#request.get('/api/v1/about')).json()
    const login = about.demoLogins?.find((each: { role: Role }) => each.role === role)
    if (!login) throw new Error(`The desk has no demo login for ${role}; start it with demo data`)
    return login
  }

  /** Invited and made a customer after: the journeys sign up only where that is what they show, for it is throttled. */
  async newCustomer(name: string): Promise<Login> {
    const login = await this.#invited(name, [])
    const administrator = await this.demoLogin('ADMINISTRATOR')
    const id = await this.personId(login.email)
    await this.call(administrator, 'PUT', `/people/${id}/role`, { data: { role: 'CUSTOMER' } })
    return login
  }

  async speaks(login: Login, locale: 'en' | 'de'): Promise<void> {
    const { version } = await this.call<{ version: number }>(login, 'GET', '/me')
    const data = { name: login.name, locale }
    await this.call(login, 'PUT', '/me', { data, headers: { 'If-Match': `"${version}"` } })
  }

  /** An agent of the team that gets new tickets. */
  async newAgent(name: string): Promise<Login> {
    const administrator = await this.demoLogin('ADMINISTRATOR')
    const teams = await this.call<{ id: string; isDefault: boolean }[]>(administrator, 'GET', '/teams')
    const login = await this.#invited(
      name,
      teams.filter((team) => team.isDefault).map((team) => team.id),
    )
    await this.writes(login)
    return login
  }

  async newTicket(customer: Login, subject: string, body = 'It happens every time.'): Promise<number> {
    const ticket = await this.call<{ number: number }>(customer, 'POST', '/portal/tickets', {
      data: { subject, body, attachmentIds: [] },
    })
    return ticket.number
  }

  async reply(agent: Login, number: number, body: string): Promise<void> {
    const messages = await this.call<{ id: number }[]>(agent, 'GET', `/tickets/${number}/messages`)
    const lastSeenMessageId = messages.at(-1)?.id ?? 0
    await this.call(agent, 'POST', `/tickets/${number}/replies`, {
      data: { body, attachmentIds: [], lastSeenMessageId },
    })
  }

  /** How an agent writes; new ones of the journeys send at once and take nothing by writing. */
  async writes(agent: Login, how: Partial<Writing> = {}): Promise<void> {
    await this.call(agent, 'PUT', '/me/writing', {
      data: { undoSeconds: 0, takesOnReply: false, afterDone: 'STAY', ...how },
    })
  }

  /** A reply that can be taken back, or that waits for so long. */
  async hold(agent: Login, number: number, body: string, options?: { inSeconds: number }): Promise<void> {
    const messages = await this.call<{ id: number }[]>(agent, 'GET', `/tickets/${number}/messages`)
    await this.call(agent, 'POST', `/tickets/${number}/scheduled-replies`, {
      data: {
        body,
        attachmentIds: [],
        lastSeenMessageId: messages.at(-1)?.id ?? 0,
        sendAt: options && new Date(Date.now() + options.inSeconds * 1_000).toISOString(),
      },
    })
  }

  /** What the customer writes on their own ticket. */
  async answer(customer: Login, number: number, body: string): Promise<void> {
    await this.call(customer, 'POST', `/portal/tickets/${number}/replies`, {
      data: { body, attachmentIds: [] },
    })
  }

  async publicReplies(agent: Login, number: number): Promise<string[]> {
    return this.#bodies(agent, number, 'PUBLIC_REPLY')
  }

  async notes(agent: Login, number: number): Promise<string[]> {
    return this.#bodies(agent, number, 'INTERNAL_NOTE')
  }

  async ticket(agent: Login, number: number): Promise<Ticket> {
    return this.call(agent, 'GET', `/tickets/${number}`)
  }

  async change(agent: Login, number: number, property: string, data: unknown): Promise<void> {
    const { version } = await this.ticket(agent, number)
    await this.call(agent, 'PUT', `/tickets/${number}/${property}`, {
      data,
      headers: { 'If-Match': `"${version}"` },
    })
  }

  async personId(email: string): Promise<string> {
    const administrator = await this.demoLogin('ADMINISTRATOR')
    const found = await this.call<{ items: { id: string }[] }>(
      administrator,
      'GET',
      `/people?text=${encodeURIComponent(email)}`,
    )
    const person = found.items[0]
    if (!person) throw new Error(`Nobody has the address ${email}`)
    return person.id
  }

  /** Ends every sign-in of a person, the browser's among them; the next call here signs in anew. */
  async endAllSessions(login: Login): Promise<void> {
    await this.call(login, 'DELETE', '/sessions')
    this.#tokens.delete(login.email)
  }

  /** The token of the newest link mailed to an address; a mail takes a second or two. */
  async tokenMailedTo(recipient: string, options?: { otherThan: string | undefined }): Promise<string> {
    let token: string | undefined
    await expect
      .poll(
        async () => {
          token = tokenIn(await newestMailTo(recipient, this.#request))
          return token !== undefined && token !== options?.otherThan
        },
        { timeout: 20_000, message: `a mail with a link to ${recipient}` },
      )
      .toBe(true)
    return token ?? ''
  }

  async call<T>(login: Login, method: string, path: string, { data, headers }: CallOptions = {}): Promise<T> {
    const response = await this.#request.fetch(`/api/v1${path}`, {
      method,
      data,
      headers: {
        Authorization: `Bearer ${await this.#token(login)}`,
        'Idempotency-Key': randomUUID(),
        ...headers,
      },
    })
    const text = await response.text()
    if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${text}`)
    return text === '' ? (undefined as T) : JSON.parse(text)
  }

  async #invited(name: string, teamIds: string[]): Promise<Login> {
    const administrator = await this.demoLogin('ADMINISTRATOR')
    const email = newAddress(name)
    await this.call(administrator, 'POST', '/invitations', { data: { email, name, role: 'AGENT', teamIds } })
    const token = await this.tokenMailedTo(email)
    const accepted = await this.#request.post('/api/v1/invitation-acceptances', {
      data: { token, name, password: PASSWORD },
    })
    expect(accepted.status()).toBe(204)
    return { email, name, password: PASSWORD }
  }

  async #bodies(agent: Login, number: number, kind: string): Promise<string[]> {
    const messages = await this.call<{ kind: string; bodyMarkdown: string }[]>(
      agent,
      'GET',
      `/tickets/${number}/messages`,
    )
    return messages.filter((message) => message.kind === kind).map((message) => message.bodyMarkdown)
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

/** An address that nobody has had before. */
export function newAddress(name: string): string {
  return `${name.toLowerCase().replaceAll(/[^a-z]/g, '')}-${randomUUID().slice(0, 8)}@journeys.example`
}

/** Text that is found once, on a desk that holds the tickets of earlier runs too. */
export function unique(text: string): string {
  return `${text} ${randomUUID().slice(0, 8)}`
}

function tokenIn(mail: string): string | undefined {
  return /#token=([\w-]+)/.exec(mail)?.[1]
}

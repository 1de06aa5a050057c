/**
 * Kills the composed desk's PostgreSQL for twenty seconds while people work, and counts. Run it from the repository's
 * root against a desk with demo data: `TEALDESK_DEMO_ENABLED=true docker compose up -d`, then
 * `node infra/compose/outage.mjs`. Ends with 1 if anything was lost, doubled, or answered otherwise than as agreed.
 */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

const BASE_URL = process.env.BASE_URL ?? 'http://localhost:8080'
const WRITERS = 4
const READERS = 3
const BEFORE_MS = 8_000
const OUTAGE_MS = 20_000
const AFTER_MS = 10_000
const RECOVERED_WITHIN_MS = 30_000
const ANSWERED_WITHIN_MS = 12_000

let working = true
let killedAt = Number.POSITIVE_INFINITY
let startedAt = Number.POSITIVE_INFINITY
let recoveredAt = Number.POSITIVE_INFINITY
const wrong = []
const answers = { before: {}, outage: {}, recovery: {}, after: {} }
let slowest = 0

function phase() {
  const now = Date.now()
  if (now < killedAt) return 'before'
  if (now < startedAt) return 'outage'
  return now < recoveredAt ? 'recovery' : 'after'
}

/** One request. Until the database is back, a 503 problem with Retry-After is as good an answer as the one asked for. */
async function ask(token, method, path, { body, key } = {}) {
  const startedIn = phase()
  const start = Date.now()
  let response
  try {
    response = await fetch(BASE_URL + path, {
      method,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body && { 'Content-Type': 'application/json' }),
        ...(key && { 'Idempotency-Key': key }),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWERED_WITHIN_MS * 3),
    })
  } catch (error) {
    wrong.push(`${method} ${path}: no answer in phase ${startedIn}: ${error.cause?.code ?? error.name}`)
    return undefined
  }
  const text = await response.text()
  const took = Date.now() - start
  slowest = Math.max(slowest, took)
  answers[startedIn][response.status] = (answers[startedIn][response.status] ?? 0) + 1
  if (took > ANSWERED_WITHIN_MS) wrong.push(`${method} ${path}: answered after ${took} ms`)
  if (response.ok) return text === '' ? {} : JSON.parse(text)

  const mayFail = startedIn !== 'after' && phase() !== 'before'
  const asAgreed =
    response.status === 503 &&
    response.headers.get('content-type')?.startsWith('application/problem+json') &&
    response.headers.has('retry-after')
  if (!(mayFail && asAgreed)) {
    wrong.push(`${method} ${path}: ${response.status} in phase ${startedIn}: ${text.slice(0, 200)}`)
  }
  return undefined
}

async function signIn({ email, password }) {
  const session = await ask(undefined, 'POST', '/api/v1/sessions', { body: { email, password } })
  if (!session) throw new Error(`${email} cannot sign in: ${wrong.at(-1)}`)
  return session.accessToken
}

/** Replies on a ticket of its own, each time until it is acknowledged, as the browser does. */
async function write(agent, customer, writer) {
  const { number } = await ask(customer, 'POST', '/api/v1/portal/tickets', {
    body: { subject: `Outage ${writer}`, body: 'Begins.', attachmentIds: [] },
    key: randomUUID(),
  })
  const acknowledged = []
  while (working) {
    const body = { body: `reply ${writer}/${acknowledged.length} ${randomUUID()}`, attachmentIds: [] }
    const key = randomUUID()
    let message
    do {
      message = await ask(agent, 'POST', `/api/v1/tickets/${number}/notes`, { body, key })
      await pause(200)
    } while (!message)
    acknowledged.push(body.body)
    if (phase() === 'recovery') recoveredAt = Math.min(recoveredAt, Date.now())
  }
  return { number, acknowledged }
}

async function read(agent) {
  while (working) {
    await ask(agent, 'GET', '/api/v1/tickets?lane=TO_DO&limit=25')
    await pause(150)
  }
}

/** What the load balancer and the operator see: the tasks stay in service, and the desk says that it is not well. */
async function watchHealth() {
  const seen = { outage: new Set(), after: new Set(), readiness: new Set() }
  while (working) {
    const at = phase()
    const [health, readiness] = await Promise.all(
      ['', '/readiness'].map((part) => fetch(`${BASE_URL}/actuator/health${part}`).catch(() => ({ status: 0 }))),
    )
    if (at === phase()) seen[at]?.add(health.status)
    seen.readiness.add(readiness.status)
    await pause(500)
  }
  if (!seen.outage.has(503)) wrong.push(`/actuator/health never said 503 in the outage, only ${[...seen.outage]}`)
  if (!seen.after.has(200)) wrong.push('/actuator/health never said 200 again')
  if ([...seen.readiness].some((status) => status !== 200)) {
    wrong.push(`readiness has to stay 200, or every task would be replaced at once: ${[...seen.readiness]}`)
  }
}

function compose(...words) {
  execFileSync('docker', ['compose', ...words], { stdio: ['ignore', 'ignore', 'inherit'] })
}

async function until(met, withinMs) {
  const end = Date.now() + withinMs
  while (!met() && Date.now() < end) await pause(100)
}

const { demoLogins } = await ask(undefined, 'GET', '/api/v1/about')
const [agent, customer] = await Promise.all(
  ['AGENT', 'CUSTOMER'].map((role) => signIn(demoLogins.find((login) => login.role === role))),
)
const writers = Array.from({ length: WRITERS }, (_, writer) => write(agent, customer, writer))
const others = [...Array.from({ length: READERS }, () => read(agent)), watchHealth()]

await pause(BEFORE_MS)
compose('kill', 'database')
killedAt = Date.now()
await pause(OUTAGE_MS)
compose('start', 'database')
startedAt = Date.now()
await until(() => recoveredAt < Number.POSITIVE_INFINITY, RECOVERED_WITHIN_MS)
await pause(AFTER_MS)
working = false
const written = await Promise.all(writers)
await Promise.all(others)

let acknowledged = 0
for (const ticket of written) {
  acknowledged += ticket.acknowledged.length
  const messages = await ask(agent, 'GET', `/api/v1/tickets/${ticket.number}/messages`)
  const kept = (messages ?? []).map((message) => message.bodyMarkdown).filter((body) => body.startsWith('reply '))
  const lost = ticket.acknowledged.filter((body) => !kept.includes(body))
  const doubled = kept.filter((body, index) => kept.indexOf(body) !== index)
  if (lost.length + doubled.length > 0 || kept.length !== ticket.acknowledged.length) {
    wrong.push(`#${ticket.number}: ${ticket.acknowledged.length} acknowledged, ${kept.length} kept, ${lost.length} lost`)
  }
}

const recovery = recoveredAt - startedAt
if (!(recovery < RECOVERED_WITHIN_MS)) wrong.push(`not recovered ${RECOVERED_WITHIN_MS} ms after PostgreSQL was started`)
if (!(answers.outage[503] > 0)) wrong.push('the outage was not felt: no 503')
for (const [name, counts] of Object.entries(answers)) console.log(name.padEnd(9), JSON.stringify(counts))
console.log(`slowest answer ${slowest} ms; first write ${recovery} ms after PostgreSQL was started again`)
console.log(`${acknowledged} acknowledged writes, ${wrong.length} things wrong`)
for (const each of wrong.slice(0, 20)) console.log(`- ${each}`)
process.exit(wrong.length === 0 ? 0 : 1)

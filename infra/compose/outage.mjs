/**
 * Kills the composed desk's PostgreSQL for twenty seconds while people work, and counts. Run it from the repository's
 * root against a desk with demo data: `TEALDESK_DEMO_ENABLED=true docker compose up -d`, then
 * `node infra/compose/outage.mjs`. Ends with 1 if anything was lost, doubled, or answered otherwise than as agreed.
 */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

const BASE_URL = process.env.BASE_URL ?? 'http://localhost:8080'
const MAILDEV_URL = process.env.MAILDEV_URL ?? 'http://localhost:1080'
const WRITERS = 4
const READERS = 3
const REPLIES_TO_A_TICKET = 8
/** As many mails as the mail catcher takes meanwhile, however fast the machine is. */
const PAUSE_BETWEEN_WRITES_MS = 100
const BEFORE_MS = 8_000
const OUTAGE_MS = 20_000
const AFTER_MS = 10_000
/** PostgreSQL has to recover first, and each task finds out for itself. From then on every 503 is one too many. */
const RECOVERED_WITHIN_MS = 15_000
const ANSWERED_WITHIN_MS = 10_000
/**
 * A task that learns neither that it took a mail nor that the server has it leaves it to whoever comes after the three
 * minutes for which it is taken (OutboxSender.LEASE); the job that looks for such mails runs every five seconds.
 */
const MAILED_WITHIN_MS = 200_000
/** A job that could not note its end is found by its missing heartbeats (db-scheduler in application.yaml). */
const JOBS_FOUND_WITHIN_MS = 90_000
const JOB_IS_SILENT_AFTER = '30 seconds'

let working = true
let killedAt = Number.POSITIVE_INFINITY
let startedAt = Number.POSITIVE_INFINITY
let firstWriteAt = Number.POSITIVE_INFINITY
let lastRefusedAt = 0
let slowest = 0
let repeated = 0
const wrong = []
const answers = { before: {}, outage: {}, recovery: {}, after: {} }
/** Each with what it was asked with, so that it can be asked again. */
const acknowledged = []
const health = { outage: new Set(), after: new Set(), readiness: new Set() }

function phase() {
  const now = Date.now()
  if (now < killedAt) return 'before'
  if (now < startedAt) return 'outage'
  return now < startedAt + RECOVERED_WITHIN_MS ? 'recovery' : 'after'
}

/** One request. Until the desk has recovered, a 503 problem with Retry-After is as good an answer as the one asked for. */
async function ask(token, method, path, { body, key } = {}) {
  const startedIn = phase()
  const start = Date.now()
  let response
  let text
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
    text = await response.text()
  } catch (error) {
    wrong.push(`${method} ${path}: no answer in phase ${startedIn}: ${error.cause?.code ?? error.name}`)
    return undefined
  }
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
  if (asAgreed) lastRefusedAt = Date.now()
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

/** Asks until it is acknowledged, as the browser does: the same request with the same key. */
async function write(token, path, body) {
  const key = randomUUID()
  for (let attempt = 0; attempt < 500; attempt++) {
    const answer = await ask(token, 'POST', path, { body, key })
    if (answer) {
      if (attempt > 0) repeated++
      if (phase() === 'recovery') firstWriteAt = Math.min(firstWriteAt, Date.now())
      acknowledged.push({ token, path, body, key, answer })
      await pause(PAUSE_BETWEEN_WRITES_MS)
      return answer
    }
    await pause(200)
  }
  throw new Error(`POST ${path} was never acknowledged: ${wrong.at(-1)}`)
}

/** A customer's tickets, one after the other, and an agent who answers each and takes notes. */
async function work(agent, customer, writer) {
  for (let ticket = 0; working; ticket++) {
    const body = { subject: `Outage ${writer}/${ticket} ${randomUUID()}`, body: 'Begins.', attachmentIds: [] }
    const { number, messages } = await write(customer, '/api/v1/portal/tickets', body)
    let lastSeenMessageId = messages[0].id
    for (let reply = 0; working && reply < REPLIES_TO_A_TICKET; reply++) {
      const noted = { body: `note ${randomUUID()}`, attachmentIds: [] }
      lastSeenMessageId = (await write(agent, `/api/v1/tickets/${number}/notes`, noted)).id
      const replied = { body: `reply ${randomUUID()}`, attachmentIds: [], lastSeenMessageId }
      lastSeenMessageId = (await write(agent, `/api/v1/tickets/${number}/replies`, replied)).id
    }
  }
}

async function read(agent) {
  while (working) {
    await ask(agent, 'GET', '/api/v1/tickets?lane=TO_DO&limit=25')
    await pause(150)
  }
}

/** What the load balancer and the operator see: the tasks stay in service, and the desk says that it is not well. */
async function watchHealth() {
  while (working) {
    const at = phase()
    const [whole, readiness] = await Promise.all(
      ['', '/readiness'].map((part) => fetch(`${BASE_URL}/actuator/health${part}`).catch(() => ({ status: 0 }))),
    )
    if (at === phase()) health[at]?.add(whole.status)
    health.readiness.add(readiness.status)
    await pause(500)
  }
}

function compose(...words) {
  return execFileSync('docker', ['compose', ...words], { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
}

async function until(met, withinMs) {
  const end = Date.now() + withinMs
  while (!(await met()) && Date.now() < end) await pause(200)
}

/** Nothing that was acknowledged is missing, and nothing is there that was not. */
async function compareWithDesk(agent) {
  const tickets = acknowledged.filter(({ path }) => path.endsWith('/portal/tickets'))
  for (const { answer, body } of tickets) {
    const found = await ask(agent, 'GET', `/api/v1/tickets?text=${encodeURIComponent(`"${body.subject}"`)}`)
    const numbers = (found?.items ?? []).map((ticket) => ticket.number)
    if (numbers.join() !== `${answer.number}`) wrong.push(`#${answer.number} is there as [${numbers}]`)

    const messages = (await ask(agent, 'GET', `/api/v1/tickets/${answer.number}/messages`)) ?? []
    const kept = messages.map((message) => message.bodyMarkdown).filter((text) => /^(note|reply) /.test(text))
    const written = acknowledged
      .filter(({ path }) => path.startsWith(`/api/v1/tickets/${answer.number}/`))
      .map((each) => each.body.body)
    if (kept.join('\n') !== written.join('\n')) {
      wrong.push(`#${answer.number}: ${written.length} messages acknowledged, ${kept.length} kept, or in another order`)
    }
  }
}

/** A client that missed the answer asks once more and gets the very same. */
async function askAllAgain() {
  for (const { token, path, body, key, answer } of acknowledged) {
    const again = await ask(token, 'POST', path, { body, key })
    if (JSON.stringify(again) !== JSON.stringify(answer)) wrong.push(`POST ${path} with the same key: another answer`)
  }
}

/** A mail may be sent twice if the database dies between its sending and the note of it, but is the same one then. */
async function compareWithMail() {
  const replies = acknowledged.filter(({ path }) => path.endsWith('/replies')).map(({ body }) => body.body)
  const start = Date.now()
  let mails = []
  const sent = (reply) => new Set(mails.filter(({ text }) => text.startsWith(reply)).map((mail) => mail.headers['message-id']))
  await until(async () => {
    mails = await (await fetch(`${MAILDEV_URL}/api/email`)).json()
    return replies.every((reply) => sent(reply).size > 0)
  }, MAILED_WITHIN_MS)
  for (const reply of replies) {
    if (sent(reply).size !== 1) wrong.push(`${reply}: ${sent(reply).size} different mails`)
  }
  return `${replies.length} of them mailed, the last within ${Math.ceil((Date.now() - start) / 1000)} s after the rest was compared`
}

/** Jobs that were running when the database went and that nobody has taken up since. */
async function lookForForgottenJobs() {
  const forgotten = `select string_agg(task_name, ', ') from scheduled_tasks
                     where picked and last_heartbeat < now() - interval '${JOB_IS_SILENT_AFTER}'`
  let names
  await until(() => {
    names = compose('exec', '-T', 'database', 'psql', '-U', 'postgres', '-d', 'tealdesk', '-Atc', forgotten).trim()
    return names === ''
  }, JOBS_FOUND_WITHIN_MS)
  if (names !== '') wrong.push(`still taken by nobody, and so never run again: ${names}`)
}

const { demoLogins } = await ask(undefined, 'GET', '/api/v1/about')
const [agent, customer] = await Promise.all(
  ['AGENT', 'CUSTOMER'].map((role) => signIn(demoLogins.find((login) => login.role === role))),
)
const everybody = [
  ...Array.from({ length: WRITERS }, (_, writer) => work(agent, customer, writer)),
  ...Array.from({ length: READERS }, () => read(agent)),
  watchHealth(),
]

await pause(BEFORE_MS)
compose('kill', 'database')
killedAt = Date.now()
await pause(OUTAGE_MS)
compose('start', 'database')
startedAt = Date.now()
await pause(RECOVERED_WITHIN_MS + AFTER_MS)
working = false
await Promise.all(everybody)

if (firstWriteAt === Number.POSITIVE_INFINITY) wrong.push(`no write within ${RECOVERED_WITHIN_MS} ms of PostgreSQL's start`)
if (!(answers.outage[503] > 0)) wrong.push('the outage was not felt: no 503')
if (!health.outage.has(503)) wrong.push(`/actuator/health never said 503 in the outage, only ${[...health.outage]}`)
if (!health.after.has(200)) wrong.push('/actuator/health never said 200 again')
if ([...health.readiness].some((status) => status !== 200)) {
  wrong.push(`readiness has to stay 200, or every task would be replaced at once: ${[...health.readiness]}`)
}
await askAllAgain()
await compareWithDesk(agent)
await lookForForgottenJobs()
const mailed = await compareWithMail()

for (const [name, counts] of Object.entries(answers)) console.log(name.padEnd(9), JSON.stringify(counts))
console.log(
  `slowest answer ${slowest} ms; after PostgreSQL was started again: ` +
    `first write ${firstWriteAt - startedAt} ms, last 503 ${Math.max(0, lastRefusedAt - startedAt)} ms`,
)
console.log(`${acknowledged.length} acknowledged writes, ${repeated} of them after a 503, ${mailed}`)
console.log(`${wrong.length} things wrong`)
for (const each of wrong.slice(0, 20)) console.log(`- ${each}`)
process.exit(wrong.length === 0 ? 0 : 1)

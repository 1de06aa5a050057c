// How soon the workspace paints, measured in Chromium: an agent moves, opens, filters, switches views, searches and
// scrolls, each many times, at BASE_URL, signed in as EMAIL with PASSWORD (or the first demo agent). paint-probe.mjs says
// what exactly is measured. The first visible answer has to be painted within 100 ms at p95, scrolling must have no task
// of more than 50 ms, and the scripts until the list is there must keep to their limit; otherwise this ends with 1.
//   TIMES       how often each operation is done (60)
//   ROWS        how far is scrolled, each way (3000)
//   ONLY        some of moving,opening,peeking,commanding,filtering,switching,searching,scrolling
//   PAINT_JSON  where all figures are written, too
import { writeFile } from 'node:fs/promises'
import { chromium } from '@playwright/test'
import { probe } from './paint-probe.mjs'

const BASE_URL = process.env.BASE_URL ?? 'http://localhost:3000'
const TIMES = Number(process.env.TIMES ?? 60)
const ROWS = Number(process.env.ROWS ?? 3_000)
const PROMISE_MS = 100
const LONG_TASK_MS = 50
// As scripts/check-bundle-size.mjs has it.
const SCRIPTS_KB = 200
/** Between two operations; a quick person's. */
const PAUSE_MS = 60
const WHEEL_PX = 240
const WHEEL_PAUSE_MS = 12
const NOTHING_NEW_FOR_MS = 15_000

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
})
const context = await browser.newContext({
  baseURL: BASE_URL,
  locale: 'en-GB',
  viewport: { width: 1280, height: 800 },
})
await context.addInitScript(probe)
const page = await context.newPage()
const samples = new Map()
const scrolling = []

const JOURNEYS = {
  moving,
  opening,
  peeking,
  commanding,
  filtering,
  switching,
  searching,
  scrolling: scrollingFar,
}
const wanted = (process.env.ONLY ?? Object.keys(JOURNEYS).join()).split(',')

let told
try {
  await signIn()
  const scripts = await scriptsUntilTheList()
  for (const name of wanted) {
    console.log(`${name} …`)
    await JOURNEYS[name]()
  }
  told = verdict(scripts)
} finally {
  await browser.close()
}
tell(told)
if (process.env.PAINT_JSON) await writeFile(process.env.PAINT_JSON, JSON.stringify(told, null, 2))
process.exit(told.holds ? 0 : 1)

// ---------------------------------------------------------------- what an agent does

async function moving() {
  await openList()
  for (let count = 0; count < TIMES; count++) {
    // Half way back up, so that both directions and rows seen before are among them.
    const key = count % 3 === 2 ? 'k' : 'j'
    await measure('move to another row (j, k)', press(key), 'anotherRow', undefined, 0)
  }
}

async function opening() {
  await openList()
  await page.keyboard.press('j')
  for (let count = 0; count < TIMES; count++) {
    await page.keyboard.press('j')
    await page.waitForTimeout(PAUSE_MS)
    await measure('open a ticket (Enter)', press('Enter'), 'anotherTicket')
    await measure('back to the list (Escape)', press('Escape'), 'list')
  }
  await page.keyboard.press('Enter')
  await page.locator('main section[aria-label="Conversation"] article').first().waitFor()
  for (let count = 0; count < TIMES; count++) {
    await measure('open the next ticket (j)', press('j'), 'anotherTicket')
  }
}

async function peeking() {
  await openList()
  await page.keyboard.press('j')
  for (let count = 0; count < TIMES; count++) {
    await measure('peek at a ticket (Space)', press('Space'), 'peek')
    await measure('end the peek (Escape)', press('Escape'), 'list')
    await page.keyboard.press('j')
    await page.waitForTimeout(PAUSE_MS)
  }
}

async function commanding() {
  const words = ['resolve', 'assign', 'unassigned', 'reports']
  await openList()
  await page.keyboard.press('j')
  for (let count = 0; count < TIMES; count++) {
    const word = words[count % words.length]
    await measure('open the palette (Ctrl K)', press('Control+k'), 'palette')
    for (let length = 1; length <= word.length; length++) {
      await measure('type into the palette', press(word[length - 1]), 'commands', word.slice(0, length))
    }
    await measure('close the palette (Escape)', press('Escape'), 'list')
  }
}

async function filtering() {
  const values = {
    Status: await choicesOf('Status'),
    Tag: await choicesOf('Tag'),
    Text: await wordsOfLists(),
  }
  const fresh = Math.min(...Object.values(values).map(({ length }) => length))
  for (let count = 0; count < TIMES; count++) {
    // Anew, or the answers to all would be there already.
    if (count % fresh === 0) await openList()
    for (const field of Object.keys(values)) {
      await measure('choose what to filter by (f)', press('f'), 'choices')
      await page.keyboard.type(field)
      await measure('open a filter (Enter)', press('Enter'), 'editor', field)
      const editor = page.getByRole('dialog', { name: field })
      await page.keyboard.type(values[field][count % values[field].length])
      if (field !== 'Text') await editor.getByRole('option').first().waitFor()
      await measure(`filter by ${field.toLowerCase()} (Enter)`, press('Enter'), 'anotherFilter')
      // Where several can be chosen, it stays.
      if (field !== 'Text') await page.keyboard.press('Escape')
      await editor.waitFor({ state: 'hidden' })
      const remove = page.getByRole('button', { name: `Remove the filter ${field}` })
      await measure('take a filter out (click)', click(remove), 'anotherFilter')
    }
  }
}

async function switching() {
  const links = page.getByRole('navigation').locator('li > a[href^="/tickets"]')
  await openList()
  await links.nth(3).waitFor()
  const views = await links.count()
  // Mine, unassigned, all open, and one for each team.
  const keys = ['m', 'u', ...Array.from({ length: views - 3 }, (_, team) => `${team + 1}`), 'a']
  for (let count = 0; count < TIMES; count += views) {
    await openList()
    await links.nth(views - 1).waitFor()
    for (const key of keys) {
      await page.keyboard.press('g')
      await measure('switch to a view, for the first time (g and a key)', press(key), 'anotherView')
    }
    for (let place = 0; place < views; place++) {
      await measure('switch to a view, again (click)', click(links.nth(place)), 'anotherView')
    }
  }
}

async function searching() {
  const words = await wordsOfLists()
  await openList()
  for (let count = 0; count < TIMES; count++) {
    const word = words[count % words.length]
    await measure('go to the search (/)', press('/'), 'searchField')
    for (let length = 1; length <= word.length; length++) {
      const argument = { text: word.slice(0, length), isLast: length === word.length }
      await measure('type into the search', press(word[length - 1]), 'typed', argument)
    }
    await measure('search (Enter)', press('Enter'), 'results')
    await page.keyboard.press('g')
    await measure('back to a list (g a)', press('a'), 'anotherView')
  }
}

async function scrollingFar() {
  await openList()
  const box = await page.locator('main ul').first().boundingBox()
  await page.mouse.move(box.x + box.width / 2, 500)
  for (const [name, step] of [
    ['down', WHEEL_PX],
    ['up', -WHEEL_PX],
  ]) {
    await page.evaluate(() => window.paintProbe.beginScroll())
    let seen = 0
    let lastNew = Date.now()
    while (seen < ROWS && Date.now() - lastNew < NOTHING_NEW_FOR_MS) {
      for (let turn = 0; turn < 10; turn++) {
        await page.mouse.wheel(0, step)
        await page.waitForTimeout(WHEEL_PAUSE_MS)
      }
      const now = await page.evaluate(() => window.paintProbe.rowsSeen())
      if (now > seen) lastNew = Date.now()
      seen = now
    }
    scrolling.push({ name, ...(await page.evaluate(() => window.paintProbe.endScroll())) })
  }
}

// ---------------------------------------------------------------- how it is done and measured

async function measure(name, { on, act }, state, argument, pauseMs = PAUSE_MS) {
  await page.evaluate((watched) => window.paintProbe.watch(watched), { on, state, argument })
  await act()
  const measured = await page
    .evaluate(() => window.paintProbe.result())
    .catch((failure) => {
      throw new Error(`${name}, after ${samples.get(name)?.length ?? 0} times: ${failure.message}`)
    })
  samples.set(name, [...(samples.get(name) ?? []), measured])
  if (pauseMs > 0) await page.waitForTimeout(pauseMs)
}

function press(key) {
  return { on: 'keydown', act: () => page.keyboard.press(key) }
}

function click(locator) {
  return { on: 'click', act: () => locator.click() }
}

async function signIn() {
  const login = process.env.EMAIL
    ? { email: process.env.EMAIL, password: process.env.PASSWORD }
    : (await (await fetch(`${BASE_URL}/api/v1/about`)).json()).demoLogins?.find(
        ({ role }) => role === 'AGENT',
      )
  if (!login) throw new Error('Say who signs in: EMAIL and PASSWORD, or start the desk with demo data')
  await page.goto('/sign-in?next=/tickets')
  await page.getByLabel('E-mail address').fill(login.email)
  await page.getByLabel('Password', { exact: true }).fill(login.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.locator('main a[data-ticket]').first().waitFor()
}

/** Anew: nothing is known from before. */
async function openList() {
  await page.goto('/tickets')
  await page.locator('main a[data-ticket]').first().waitFor()
  await page.waitForTimeout(300)
}

async function scriptsUntilTheList() {
  await openList()
  return page.evaluate((limit) => {
    const scripts = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'))
    const bytes = scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
    return { files: scripts.length, kilobytes: bytes / 1_000, limit }
  }, SCRIPTS_KB)
}

async function choicesOf(field) {
  await openList()
  await page.keyboard.press('f')
  await page.keyboard.type(field)
  await page.keyboard.press('Enter')
  const options = page.getByRole('dialog', { name: field }).getByRole('option')
  await options.first().waitFor()
  return options.allTextContents()
}

/** Words that some ticket has in its subject: the tickets of several lists. */
async function wordsOfLists() {
  const answers = []
  const keep = (response) => {
    // A page that is left takes its answers with it.
    if (response.url().includes('/api/v1/tickets?'))
      answers.push(response.json().catch(() => ({ items: [] })))
  }
  page.on('response', keep)
  for (const order of ['UPDATED', 'OLDEST', 'PRIORITY']) {
    await page.goto(`/tickets?order=${order}`)
    await page.locator('main a[data-ticket]').first().waitFor()
  }
  page.off('response', keep)
  const subjects = (await Promise.all(answers)).flatMap(({ items }) => items.map(({ subject }) => subject))
  const words = subjects.flatMap((subject) => subject.toLowerCase().split(' '))
  return [...new Set(words.filter((word) => /^[a-z]{4,9}$/.test(word)))]
}

function verdict(scripts) {
  const operations = [...samples].map(([name, all]) => ({
    name,
    count: all.length,
    paint: spread(all.map(({ paint }) => paint)),
    content: spread(all.map(({ content }) => content).filter((content) => content !== null)),
    event: spread(all.map(({ event }) => event)),
    longestTask: Math.max(...all.map(({ longestTask }) => longestTask)),
  }))
  const isFast = ({ paint, event }) => paint.p95 < PROMISE_MS && event.p95 < PROMISE_MS
  const isSmooth = ({ rows, longTasks }) => rows >= ROWS && longTasks === 0
  return {
    browser: `Chromium ${browser.version()}`,
    promiseMs: PROMISE_MS,
    longTaskMs: LONG_TASK_MS,
    holds: operations.every(isFast) && scrolling.every(isSmooth) && scripts.kilobytes <= scripts.limit,
    operations,
    scrolling,
    scripts,
  }
}

function spread(values) {
  if (values.length === 0) return null
  const sorted = values.toSorted((one, other) => one - other)
  const at = (share) => sorted[Math.ceil(share * sorted.length) - 1]
  return { p50: at(0.5), p95: at(0.95), max: at(1) }
}

function tell({ operations, scrolling, scripts, holds }) {
  const figures = (of) => (of ? [of.p50, of.p95, of.max] : ['', '', ''])
  const row = (name, cells) =>
    `${name.padEnd(52)}${cells.map((cell) => String(typeof cell === 'number' ? Math.round(cell) : cell).padStart(8)).join('')}`
  console.log(row('milliseconds', ['times', 'paint', 'p95', 'max', 'content', 'p95', 'max', 'event', 'task']))
  for (const { name, count, paint, content, event, longestTask } of operations) {
    console.log(row(name, [count, ...figures(paint), ...figures(content), event.p95, longestTask]))
  }
  for (const { name, rows, seconds, longTasks, longestTask, longestFrame, blame } of scrolling) {
    console.log(
      `scrolling ${name}: ${rows} rows in ${seconds.toFixed(1)} s, ${longTasks} tasks above ${LONG_TASK_MS} ms, the longest ${longestTask} ms, the longest frame ${Math.round(longestFrame)} ms`,
    )
    if (longTasks > 0) console.log(JSON.stringify(blame, null, 2))
  }
  console.log(
    `scripts until the list: ${scripts.kilobytes.toFixed(1)} of ${scripts.limit} KB in ${scripts.files} files`,
  )
  console.log(
    holds
      ? 'All of it holds'
      : `NOT all of it holds: ${PROMISE_MS} ms to paint at p95, no task above ${LONG_TASK_MS} ms while scrolling ${ROWS} rows`,
  )
}

// Lighthouse on the three screens that people meet first, three runs each; the median of each score has to reach 95.
// The browser is started and signed in by Playwright, Lighthouse joins it through its debugging port.
import { chromium } from '@playwright/test'
import lighthouse, { desktopConfig } from 'lighthouse'

const BASE_URL = process.env.BASE_URL ?? 'http://localhost:3000'
const PORT = Number(process.env.DEBUGGING_PORT ?? 9333)
const CATEGORIES = ['performance', 'accessibility', 'best-practices']
const RUNS = 3
const REQUIRED = 95

const SCREENS = [
  { name: 'sign-in', path: '/sign-in' },
  { name: 'portal list', path: '/portal', as: 'CUSTOMER' },
  { name: 'workspace', path: '/tickets', as: 'AGENT' },
]

const about = await (await fetch(`${BASE_URL}/api/v1/about`)).json()
let failed = 0
let passed = 0

for (const screen of SCREENS) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      `--remote-debugging-port=${PORT}`,
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  try {
    // The default context: Lighthouse opens its own tab in it and finds the refresh cookie there.
    const session = await browser.newBrowserCDPSession()
    if (screen.as) {
      const login = about.demoLogins.find((each) => each.role === screen.as)
      const answer = await fetch(`${BASE_URL}/api/v1/sessions`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ email: login.email, password: login.password }),
      })
      const [name, value] = answer.headers.get('set-cookie').split(';')[0].split('=')
      await session.send('Storage.setCookies', {
        cookies: [
          {
            name,
            value,
            url: `${BASE_URL}/api/v1/sessions`,
            path: '/api/v1/sessions',
            httpOnly: true,
            sameSite: 'Strict',
          },
        ],
      })
    }
    const scores = Object.fromEntries(CATEGORIES.map((category) => [category, []]))
    for (let run = 0; run < RUNS; run++) {
      const result = await lighthouse(
        `${BASE_URL}${screen.path}`,
        { port: PORT, onlyCategories: CATEGORIES, disableStorageReset: true, logLevel: 'error' },
        desktopConfig,
      )
      if (!result.lhr.finalDisplayedUrl.includes(screen.path)) {
        throw new Error(`${screen.name}: Lighthouse ended on ${result.lhr.finalDisplayedUrl}`)
      }
      for (const category of CATEGORIES)
        scores[category].push(Math.round(result.lhr.categories[category].score * 100))
      if (run === 0) {
        for (const audit of Object.values(result.lhr.audits)) {
          if (audit.score !== null && audit.score < 0.5 && audit.scoreDisplayMode !== 'informative') {
            console.log(`  ${screen.name}: ${audit.id} ${audit.displayValue ?? ''}`)
          }
        }
      }
    }
    for (const category of CATEGORIES) {
      const median = scores[category].sort((a, b) => a - b)[Math.floor(RUNS / 2)]
      const isEnough = median >= REQUIRED
      isEnough ? passed++ : failed++
      console.log(
        `${isEnough ? 'ok  ' : 'FAIL'} ${screen.name}: ${category} ${median} (${scores[category].join(', ')})`,
      )
    }
  } finally {
    await browser.close()
  }
}

console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

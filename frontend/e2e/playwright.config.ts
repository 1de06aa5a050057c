import { defineConfig } from '@playwright/test'

/**
 * Journeys in a real browser against a running desk with demo data, `mvn spring-boot:run` or any other at BASE_URL.
 * The browser is the system's own; nothing is downloaded.
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../e2e-results/traces',
  // Two cores, shared with the desk and its database.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL: process.env.BASE_URL ?? 'http://localhost:3000',
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    actionTimeout: 10_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})

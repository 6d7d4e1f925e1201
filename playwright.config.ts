import { defineConfig } from '@playwright/test'
import { chromiumArgs, findChromium, noChromium } from './test/support/chromium'

const executablePath = findChromium()
if (executablePath === undefined) throw new Error(noChromium)

export default defineConfig({
  testDir: './test/e2e',
  outputDir: './test-results/end-to-end',
  globalSetup: './test/e2e/support/build.ts',
  timeout: 180_000,
  // One engine and one browser at a time: figures and failures then mean something on a small machine too.
  workers: 1,
  forbidOnly: true,
  reporter: [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    launchOptions: { executablePath, args: chromiumArgs },
  },
  projects: [
    { name: 'web', testMatch: 'web/**/*.spec.ts' },
    // The built application in a real browser, Electron itself replaced: see test/e2e/shell/README.md.
    { name: 'shell', testMatch: 'shell/**/*.spec.ts' },
    { name: 'electron', testMatch: 'electron/**/*.spec.ts' },
  ],
})

import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** `CROSSTRAIL_CHROMIUM`, the system's Chrome or Chromium, or Playwright's own; undefined where there is none. */
export function findChromium(): string | undefined {
  const own = process.env.CROSSTRAIL_CHROMIUM
  if (own !== undefined && own !== '') return own
  return [...systemPaths, chromium.executablePath()].find((path) => existsSync(path))
}

export const noChromium =
  'No Chrome or Chromium was found. Install one, or run `npx playwright install chromium`, or set CROSSTRAIL_CHROMIUM.'

/** Root has no sandbox of its own on Linux; everybody else keeps it. */
export const chromiumArgs = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []

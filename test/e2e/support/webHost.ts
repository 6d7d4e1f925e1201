/** A fresh web host for one test, started as a person starts it, with a data folder of its own. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import { projectRoot } from '../../support/built'

export interface WebHost {
  /** Works once. */
  readonly url: string
  readonly origin: string
  /** Everything the host wrote for the person, besides the link. */
  readonly stderr: () => string
}

export interface Observed {
  readonly consoleErrors: string[]
  readonly policyViolations: string[]
  /** Addresses asked for beyond the host. */
  readonly foreignRequests: string[]
}

export async function startWebHost(args: readonly string[]): Promise<WebHost & { stop(): Promise<void> }> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'crosstrail-e2e-'))
  const child = spawn(process.execPath, [resolve(projectRoot, 'scripts/start.mjs'), '--web', '--no-open', ...args], {
    env: { ...process.env, CROSSTRAIL_DATA: dataFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const url = await new Promise<string>((found, failed) => {
    let stdout = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
      const link = /http:\S+(?=\s)/.exec(stdout)?.[0]
      if (link !== undefined) found(link)
    })
    child.on('exit', (code) => failed(new Error(`The web host ended with ${code}: ${stderr}`)))
  })
  return {
    url,
    origin: new URL(url).origin,
    stderr: () => stderr,
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

/** Attach before the first navigation. */
export async function observe(page: Page): Promise<Observed> {
  const seen: Observed = { consoleErrors: [], policyViolations: [], foreignRequests: [] }
  await page.exposeFunction('reportPolicyViolation', (text: string) => seen.policyViolations.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, sample }) => {
      const report = Reflect.get(window, 'reportPolicyViolation')
      report(`${violatedDirective} ${blockedURI} ${sourceFile} ${sample}`)
    })
  })
  page.on('console', (message) => {
    if (message.type() === 'error') seen.consoleErrors.push(message.text())
  })
  page.on('pageerror', (error) => seen.consoleErrors.push(String(error)))
  page.on('request', (request) => {
    const url = request.url()
    if (!/^(?:blob:|data:|app:)/.test(url) && new URL(url).hostname !== '127.0.0.1') seen.foreignRequests.push(url)
  })
  return seen
}

export const test = base.extend<{ hostArgs: readonly string[]; host: WebHost; observed: Observed }>({
  hostArgs: [['--sample'], { option: true }],
  host: async ({ hostArgs }, use) => {
    const host = await startWebHost(hostArgs)
    await use(host)
    await host.stop()
  },
  observed: async ({ page }, use) => {
    await use(await observe(page))
  },
})
export { expect } from '@playwright/test'

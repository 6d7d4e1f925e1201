/** A web host with a data folder of its own, started as a person starts it, and a browser to look at it. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'

const root = resolve(import.meta.dirname, '../..')

/** @returns {Promise<{ url: string, stop: () => Promise<void> }>} of a host that holds a fresh case of the sample */
export async function startHost() {
  const dataFolder = await mkdtemp(join(tmpdir(), 'crosstrail-screenshots-'))
  const child = spawn(process.execPath, [resolve(root, 'scripts/start.mjs'), '--web', '--no-open', '--sample'], {
    env: { ...process.env, CROSSTRAIL_DATA: dataFolder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  /** @type {Promise<number | null>} */
  const ended = new Promise((done) => child.once('exit', done))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    await rm(dataFolder, { recursive: true, force: true })
  }
  /** @type {Promise<string>} */
  const link = new Promise((found, failed) => {
    let text = ''
    child.stdout.on('data', (part) => {
      text += part
      const url = /http:\S+(?=\s)/.exec(text)?.[0]
      if (url !== undefined) found(url)
    })
    void ended.then((code) => failed(new Error(`The web host ended with ${code}.`)))
  })
  try {
    return { url: await link, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Chromium by `CROSSTRAIL_CHROMIUM`, of the system, or Playwright's own. */
export function launchBrowser() {
  const own = process.env.CROSSTRAIL_CHROMIUM
  const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  const executablePath = own !== undefined && own !== '' ? own : system.find((path) => existsSync(path))
  // Root has no sandbox of its own on Linux; everybody else keeps it.
  const args = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ args, ...(executablePath === undefined ? {} : { executablePath }) })
}

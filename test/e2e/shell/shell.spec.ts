import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, chromium, expect, type Page, test } from '@playwright/test'
import { outFolder } from '../../support/built'
import { chromiumArgs, findChromium } from '../../support/chromium'
import { observe } from '../support/webHost'

interface Asked {
  readonly options: { readonly webPreferences: Readonly<Record<string, unknown>> }
  readonly dialogs: readonly { readonly name: string }[]
}

let child: ChildProcess
let browser: Browser
let page: Page
let folder: string
let lastId = 0

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosstrail-shell-'))
  await writeFile(join(folder, 'dropped.jsonl'), '{}\n')
  const port = await freePort()
  child = fork(resolve(outFolder, 'main/index.js'), [], {
    execArgv: ['--import', resolve(import.meta.dirname, 'register.mjs')],
    env: {
      ...process.env,
      CROSSTRAIL_DATA: join(folder, 'data'),
      SHELL_CHROMIUM: findChromium(),
      SHELL_CHROMIUM_ARGS: JSON.stringify(chromiumArgs),
      SHELL_PORT: String(port),
      SHELL_DROPS: JSON.stringify({ 'dropped.jsonl': join(folder, 'dropped.jsonl') }),
    },
  })
  await new Promise<void>((ready, failed) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'ready' in message) ready()
    })
    child.on('exit', (code) => failed(new Error(`The application ended with ${code}.`)))
  })
  browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const found = browser
    .contexts()
    .flatMap((context) => context.pages())
    .find((each) => each.url().includes('crosstrail'))
  if (found === undefined) throw new Error('The window has no page.')
  page = found
})

test.afterEach(async () => {
  await browser?.close()
  child?.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

function tell(does: string, value?: unknown): Promise<Asked> {
  const id = ++lastId
  return new Promise((done) => {
    const listen = (message: unknown) => {
      if (typeof message !== 'object' || message === null || !('id' in message) || message.id !== id) return
      child.off('message', listen)
      // The stand-in answers with what it recorded.
      done((message as unknown as { asked: Asked }).asked)
    }
    child.on('message', listen)
    child.send({ id, does, value })
  })
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** One call over the bridge, with a number the page's own client does not use. */
function call(method: string, params: unknown): Promise<unknown> {
  return page.evaluate(
    ([name, value, id]) =>
      new Promise((done) => {
        window.crosstrail?.onMessage((text) => {
          const frame = JSON.parse(text)
          if (frame.id === id && frame.t !== 'progress') done(frame.result ?? frame.error)
        })
        window.crosstrail?.send(JSON.stringify({ t: 'call', id, method: name, params: value }))
      }),
    [method, params, 1_000_000 + ++lastId] as const,
  )
}

test('the window shows our page from app://, sandboxed, and the page reaches the engine', async () => {
  const { options } = await tell('look')
  expect(options.webPreferences).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false })
  await expect(page).toHaveTitle(/Crosstrail/)
  expect(await call('app.info', {})).toMatchObject({ host: 'electron', nativeDialogs: true })
})

test('a case is made in a folder that the person chose, with the database behind it, and no path comes to the page', async () => {
  await tell('person', { save: join(folder, 'new.case') })
  const chosen = await page.evaluate(() => window.crosstrail?.choose('newCase'))
  expect(JSON.stringify(chosen)).not.toContain(folder)
  expect(chosen).toMatchObject({ value: [{ name: 'new.case' }] })
  const ref = JSON.parse(JSON.stringify(chosen)).value[0].ref
  expect(await call('case.create', { title: 'Shell', ref })).toMatchObject({ info: { title: 'Shell' } })
  expect((await tell('look')).dialogs.map(({ name }) => name)).toEqual(['save'])
})

test('a dropped file becomes a handle', async () => {
  const answer = await page.evaluate(() => window.crosstrail?.registerFiles([new File(['{}'], 'dropped.jsonl')]))
  expect(answer).toMatchObject({ value: [{ name: 'dropped.jsonl', ref: expect.stringMatching(/^source-/) }] })
  const foreign = await page.evaluate(() => window.crosstrail?.registerFiles([new File(['{}'], '/etc/passwd')]))
  expect(foreign).toEqual({ value: [] })
})

test('menu entries arrive as commands', async () => {
  const heard = page.evaluate(
    () => new Promise((done) => window.crosstrail?.onCommand((command, source) => done([command, source]))),
  )
  await page.waitForTimeout(200)
  await tell('menu', ['Help', 'Shortcuts'])
  expect(await heard).toEqual(['shortcuts', null])
})

test('the policy holds, nothing is loaded from elsewhere, and there is no way out', async () => {
  const observed = await observe(page)
  const outcome = await page.evaluate(async () => {
    let markup = ''
    try {
      document.createElement('div').innerHTML = '<b>x</b>'
    } catch {
      markup = 'refused'
    }
    const fetched = await fetch('https://evil.example/').then(
      () => 'allowed',
      () => 'refused',
    )
    const above = await fetch('/../package.json').then((response) => response.status)
    return { markup, fetched, above, node: typeof Reflect.get(window, 'require') }
  })
  expect(outcome).toEqual({ markup: 'refused', fetched: 'refused', above: 404, node: 'undefined' })
  // What is asked for below is the navigation itself, which our code refuses.
  expect(observed.foreignRequests.filter((url) => !url.includes('crosstrail.localhost'))).toEqual([])
  await page.evaluate(() => window.location.assign('https://evil.example/'))
  await page.waitForTimeout(300)
  expect(page.url()).toContain('crosstrail.localhost')
})

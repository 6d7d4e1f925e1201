/** Electron itself. Runs where its executable is installed; elsewhere it says why not. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { findElectron } from '../../../scripts/start/electron.mjs'
import { projectRoot } from '../../support/built'

const found = findElectron(projectRoot, process.env, process.platform)
test.skip(found.executable === undefined, `Electron cannot run here: ${'reason' in found ? found.reason : ''}`)

let application: ElectronApplication
let page: Page
let dataFolder: string

test.beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'crosstrail-electron-'))
  application = await _electron.launch({
    executablePath: found.executable ?? '',
    args: [projectRoot],
    env: { ...process.env, CROSSTRAIL_DATA: dataFolder },
  })
  page = await application.firstWindow()
})
test.afterAll(async () => {
  await application?.close()
  await rm(dataFolder, { recursive: true, force: true })
})

test('shows our page, isolated and without Node', async () => {
  expect(page.url()).toBe('app://crosstrail/index.html')
  expect(
    await page.evaluate(() => [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')]),
  ).toEqual(['undefined', 'undefined'])
  const preferences = await application.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    return contents === undefined ? null : Reflect.get(contents, 'getLastWebPreferences').call(contents)
  })
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
  })
})

test('reaches the engine over the bridge', async () => {
  const answer = await page.evaluate(
    () =>
      new Promise<string>((done) => {
        window.crosstrail?.onMessage((text) => {
          if (text.includes('"id":4096')) done(text)
        })
        window.crosstrail?.send('{"t":"call","id":4096,"method":"app.info","params":{}}')
      }),
  )
  expect(JSON.parse(answer)).toMatchObject({ t: 'result', result: { host: 'electron', nativeDialogs: true } })
})

test('goes nowhere and opens nothing', async () => {
  const opened = await page.evaluate(() => window.open('https://evil.example/') === null)
  expect(opened).toBe(true)
  await page.evaluate(() => window.location.assign('https://evil.example/'))
  await page.waitForTimeout(300)
  expect(page.url()).toBe('app://crosstrail/index.html')
  expect(application.windows()).toHaveLength(1)
  expect(await page.evaluate(() => fetch('https://evil.example/').then(String, () => 'refused'))).toBe('refused')
})

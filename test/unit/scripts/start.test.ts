import { mkdir, mkdtemp, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { parseStartArguments } from '../../../scripts/start/arguments.mjs'
import { browserCommand } from '../../../scripts/start/browser.mjs'
import { buildIsStale } from '../../../scripts/start/build.mjs'
import { cause, findElectron, installElectron } from '../../../scripts/start/electron.mjs'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'crosstrail-start-'))
})

async function put(path: string, text = '', ageS = 0): Promise<void> {
  const file = join(root, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
  const at = new Date(Date.now() - ageS * 1000)
  await utimes(file, at, at)
}

describe('the arguments of npm start', () => {
  it('open the sample when no path is named', () => {
    expect(parseStartArguments([])).toMatchObject({ paths: [], sample: true, web: false, open: true, port: 0 })
    expect(parseStartArguments(['a.json', '--web', '--port', '4000', '--no-open'])).toEqual({
      paths: ['a.json'],
      web: true,
      desktop: false,
      open: false,
      sample: false,
      port: 4000,
    })
    expect(parseStartArguments(['--port=0', '--', '--odd'])).toMatchObject({ paths: ['--odd'], port: 0 })
  })

  it.each([['--port'], ['--port', 'x'], ['--port', '65536'], ['--port=-1'], ['--wen'], ['--web', '--desktop']])(
    'that mean nothing are refused: %s %s',
    (...args) => {
      expect(parseStartArguments(args.filter((arg) => typeof arg === 'string'))).toBeUndefined()
    },
  )
})

describe('a build', () => {
  const outputs = ['main/index.js', 'preload/index.cjs', 'renderer/index.html', 'server/index.js', 'cli/index.js']
  const built = async (ageS: number) => {
    for (const name of outputs) await put(`out/${name}`, '', ageS)
  }

  it('is stale when a part is missing or a source is newer, else not', async () => {
    await put('src/a/b.ts', '', 100)
    expect(buildIsStale(root)).toBe(true)
    await built(50)
    expect(buildIsStale(root)).toBe(false)
    await put('src/.tsbuildinfo', '', 10)
    expect(buildIsStale(root)).toBe(false)
    await put('src/a/b.ts', '', 10)
    expect(buildIsStale(root)).toBe(true)
  })
})

describe('the Electron executable', () => {
  const display = { DISPLAY: ':0' }
  const find = (env: Record<string, string> = display, platform = 'linux', userId = 1000) =>
    findElectron(root, env, platform, userId)

  it('is found where the package puts it, in the right version', async () => {
    expect(find()).toMatchObject({ reason: expect.stringContaining('npm ci') })
    await put('node_modules/electron/package.json', '{"version":"45.4.1"}')
    expect(find()).toMatchObject({ installable: true })
    await put('node_modules/electron/dist/electron')
    await put('node_modules/electron/dist/version', '45.4.0')
    expect(find()).toMatchObject({ installable: true })
    await put('node_modules/electron/dist/version', 'v45.4.1\n')
    expect(find()).toEqual({ executable: join(root, 'node_modules/electron/dist/electron') })
  })

  it('is not looked for without a display or as root on Linux', async () => {
    await put('node_modules/electron/package.json', '{"version":"45.4.1"}')
    expect(find({})).toEqual({ reason: 'there is no display.' })
    expect(find(display, 'linux', 0)).toEqual({ reason: 'it does not run as root.' })
    expect(find({}, 'darwin')).toMatchObject({ installable: true })
  })

  it('is never installed into a folder that the person chose', async () => {
    await put('node_modules/electron/package.json', '{"version":"45.4.1"}')
    expect(find({ ...display, ELECTRON_OVERRIDE_DIST_PATH: join(root, 'own') })).toMatchObject({ installable: false })
  })

  it('is installed by its own installer, with a time limit and a reason in plain words', async () => {
    await put('node_modules/electron/install.js', 'setTimeout(() => undefined, 60_000)')
    expect(await installElectron(root, 200)).toContain('within')
    await put('node_modules/electron/install.js', 'process.exit(0)')
    expect(await installElectron(root, 10_000)).toBeUndefined()
    await put(
      'node_modules/electron/install.js',
      'console.error("Error: getaddrinfo ENOTFOUND\\n at x"); process.exit(1)',
    )
    expect(await installElectron(root, 10_000)).toBe('its executable could not be installed (no network? ENOTFOUND).')
    expect(cause('nothing known')).toBe('no network, or no permission to write')
  })
})

describe('the browser', () => {
  it('is opened without a shell, and not where there is no display', () => {
    const url = 'http://127.0.0.1:1/#token=a'
    expect(browserCommand(url, {}, 'linux')).toBeUndefined()
    expect(browserCommand(url, { DISPLAY: ':0' }, 'linux')).toEqual(['xdg-open', url])
    expect(browserCommand(url, {}, 'darwin')).toEqual(['open', url])
  })
})

import { mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { DownloadRegistry } from '../../../../src/engine/host/downloads'
import { defaultDataFolder } from '../../../../src/engine/host/folders'
import { openLog } from '../../../../src/engine/host/logFile'
import { rendererFile } from '../../../../src/engine/host/rendererFiles'
import { SourceRegistry } from '../../../../src/engine/host/sources'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosstrail-host-'))
})

describe('the renderer files', () => {
  let root: string
  beforeAll(async () => {
    root = await mkdtemp(join(folder, 'renderer-'))
    await writeFile(join(root, 'index.html'), '<!doctype html>')
    await writeFile(join(root, 'app-1.2.js'), 'x')
    await writeFile(join(root, '.hidden.js'), 'x')
    await writeFile(join(folder, 'secret.js'), 'secret')
    await symlink(join(folder, 'secret.js'), join(root, 'link.js'))
  })

  it('are found by their path, the index under the root', async () => {
    expect((await rendererFile(root, '/'))?.mediaType).toBe('text/html; charset=utf-8')
    expect((await rendererFile(root, '/app-1.2.js'))?.bytes.toString()).toBe('x')
  })

  it.each([
    '',
    '//',
    '/..',
    '/../secret.js',
    '/x/../../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/..\\secret.js',
    '/.hidden.js',
    '/./app-1.2.js',
    '/app-1.2.js/',
    '/app-1.2.js\0',
    '/link.js',
    '/missing.js',
    '/index',
    `/${'a/'.repeat(400)}b.js`,
    '/C:/secret.js',
    '/__proto__',
  ])('do not answer to %j', async (path) => {
    expect(await rendererFile(root, path)).toBeUndefined()
  })
})

describe('handles', () => {
  it('are the same for the same path, cannot be guessed, and give the path back only to the host', () => {
    const sources = new SourceRegistry()
    const first = sources.add('/data/a/log.json')
    expect(first).toEqual({ ref: expect.stringMatching(/^source-[0-9a-f]{32}$/), name: 'log.json' })
    expect(sources.add('/data/a/../a/log.json')).toEqual(first)
    expect(sources.resolve(first.ref)).toBe('/data/a/log.json')
    for (const foreign of ['/data/a/log.json', '__proto__', '']) expect(sources.resolve(foreign)).toBeUndefined()
  })

  it('of downloads know size and name, and the oldest give way', async () => {
    const downloads = new DownloadRegistry()
    const path = join(folder, 'report.pdf')
    await writeFile(path, 'four')
    const offer = () => downloads.offer({ path, fileName: 'r.pdf', mediaType: 'application/pdf' })
    const first = await offer()
    expect(first).toMatchObject({ fileName: 'r.pdf', mediaType: 'application/pdf', sizeBytes: 4 })
    expect(downloads.get(first.ref)?.path).toBe(path)
    for (let index = 0; index < 1_000; index++) await offer()
    expect(downloads.get(first.ref)).toBeUndefined()
  })
})

describe('the log', () => {
  it('keeps reference, method and the whole error as one line each', async () => {
    const data = join(folder, 'data')
    const log = openLog(data, () => new Date('2026-01-02T03:04:05Z'))
    log({ ref: 'r1', method: 'case.info', error: new Error('a\nb', { cause: new Error('deep') }) })
    log({ ref: 'r2', method: '', error: 'text' })
    await expect
      .poll(async () => (await readFile(join(data, 'crosstrail.log'), 'utf8').catch(() => '')).split('\n').length)
      .toBe(3)
    const [first] = (await readFile(join(data, 'crosstrail.log'), 'utf8')).split('\n')
    expect(JSON.parse(first ?? '')).toMatchObject({ at: '2026-01-02T03:04:05.000Z', ref: 'r1', method: 'case.info' })
    expect(first).toContain('deep')
  })

  it('does not disturb the work when it cannot be written', () => {
    expect(() => openLog('/dev/null/none', () => new Date())({ ref: 'r', method: '', error: null })).not.toThrow()
  })
})

describe('the data folder', () => {
  const homeFolder = '/home/x'
  it.each([
    ['linux', {}, '/home/x/.local/share/crosstrail'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/crosstrail'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/x/.local/share/crosstrail'],
    ['darwin', {}, '/home/x/Library/Application Support/crosstrail'],
    ['linux', { CROSSTRAIL_DATA: '/own' }, '/own'],
  ])('on %s with %j is %s', (platform, env, path) => {
    expect(defaultDataFolder({ platform, homeFolder, env })).toBe(path)
  })
})

import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { DownloadRegistry } from '../../../src/engine/host/downloads'
import { SourceRegistry } from '../../../src/engine/host/sources'
import { openRequest, ownArguments } from '../../../src/main/arguments'
import { connectWindow, type IpcOptions } from '../../../src/main/ipc'
import type { Failure } from '../../../src/rpc/server'
import * as electron from '../../support/electronStandIn'
import { service } from '../rpc/service'

const url = 'app://crosstrail/index.html'
const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

function rig(handlers: Parameters<typeof service>[0] = {}) {
  const window = new electron.BrowserWindow()
  const sources = new SourceRegistry()
  const downloads = new DownloadRegistry()
  const log: Failure[] = []
  const ipc = connectWindow({
    // The stand-in has what this code touches of a window.
    window: window as unknown as IpcOptions['window'],
    service: service(handlers),
    sources,
    downloads,
    log: (failure) => log.push(failure),
  })
  window.webContents.mainFrame.url = url
  const contents = window.webContents
  const good = { sender: contents, senderFrame: contents.mainFrame }
  const ask = async (request: unknown, event: unknown = good) =>
    electron.ipcMain.handlers.get('crosstrail')?.(event, request)
  return { window, contents, sources, downloads, log, ipc, good, ask }
}

beforeEach(() => electron.resetElectron())

const call = '{"t":"call","id":1,"method":"case.close","params":{}}'

describe('a message', () => {
  it('of our page reaches the engine and is answered', async () => {
    const { contents, good } = rig({ 'case.close': async () => ({}) })
    electron.ipcMain.emit('crosstrail', good, call)
    await settle()
    expect(contents.sent).toEqual([['crosstrail', '{"t":"result","id":1,"result":{}}']])
  })

  it.each<[string, (own: ReturnType<typeof rig>) => unknown]>([
    ['another window', () => ({ sender: new electron.WebContents(), senderFrame: { url } })],
    ['a frame inside our page', ({ contents }) => ({ sender: contents, senderFrame: { url } })],
    ['a frame that is gone', ({ contents }) => ({ sender: contents, senderFrame: null })],
    [
      'another origin in our window',
      ({ contents, good }) => {
        contents.mainFrame.url = 'https://evil.example/'
        return good
      },
    ],
  ])('of %s is dropped and logged, a request denied', async (_title, eventOf) => {
    let reached = false
    const own = rig({
      'case.close': async () => {
        reached = true
        return {}
      },
    })
    const event = eventOf(own)
    electron.ipcMain.emit('crosstrail', event, call)
    await settle()
    expect(reached).toBe(false)
    expect(own.contents.sent).toEqual([])
    expect(own.log).toHaveLength(1)
    await expect(own.ask({ ask: 'choose', kind: 'files' }, event)).rejects.toThrow('denied')
  })

  it.each([undefined, null, 1, {}, ['x'], new Uint8Array(3)])('that is no text (%s) is dropped', async (message) => {
    const { contents, good, log } = rig()
    electron.ipcMain.emit('crosstrail', good, message)
    await settle()
    expect([contents.sent, log.length]).toEqual([[], 1])
  })

  it('after a reload finds a new connection, and the old page’s calls are cancelled', async () => {
    const signals: AbortSignal[] = []
    const { contents, good } = rig({
      'case.close': (_, { signal }) => {
        signals.push(signal)
        return new Promise(() => undefined)
      },
    })
    electron.ipcMain.emit('crosstrail', good, call)
    contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
    expect(signals[0]?.aborted).toBe(true)
    electron.ipcMain.emit('crosstrail', good, call)
    expect(signals).toHaveLength(2)
    expect(signals[1]?.aborted).toBe(false)
  })
})

describe('a request to the application', () => {
  it.each([
    undefined,
    {},
    { ask: 'shell' },
    { ask: 'register', paths: [1] },
    { ask: 'choose', kind: 'files', extra: 1 },
  ])('that it does not know (%j) is refused', async (request) => {
    expect(await rig().ask(request)).toMatchObject({ error: { code: 'usage' } })
  })

  it('registers dropped paths and leaves out what is none', async () => {
    const { ask, sources } = rig()
    const answer = await ask({ ask: 'register', paths: [import.meta.filename, '', 'relative', '/missing/x'] })
    expect(answer).toMatchObject({ value: [{ name: 'ipc.test.ts' }] })
    const ref = JSON.parse(JSON.stringify(answer)).value[0].ref
    expect(sources.resolve(ref)).toBe(import.meta.filename)
    expect(JSON.stringify(answer)).not.toContain(import.meta.dirname)
  })

  it('opens the dialog that fits and gives handles, none where it was closed', async () => {
    const { ask } = rig()
    expect(await ask({ ask: 'choose', kind: 'folder' })).toEqual({ value: [] })
    electron.answers.open = ['/evidence/logs']
    expect(await ask({ ask: 'choose', kind: 'folder' })).toMatchObject({ value: [{ name: 'logs' }] })
    electron.answers.save = '/cases/new.case'
    expect(await ask({ ask: 'choose', kind: 'newCase' })).toMatchObject({ value: [{ name: 'new.case' }] })
  })

  it('saves a download where the person says, whole or not at all', async () => {
    const { ask, downloads } = rig()
    const folder = await mkdtemp(join(tmpdir(), 'crosstrail-save-'))
    const path = join(folder, 'source')
    await writeFile(path, 'report')
    const { ref } = await downloads.offer({ path, fileName: 'r.pdf', mediaType: 'application/pdf' })
    expect(await ask({ ask: 'save', ref })).toEqual({ value: false })
    electron.answers.save = join(folder, 'r.pdf')
    expect(await ask({ ask: 'save', ref })).toEqual({ value: true })
    expect(await readFile(join(folder, 'r.pdf'), 'utf8')).toBe('report')
    electron.answers.save = join(folder, 'no', 'such', 'r.pdf')
    expect(await ask({ ask: 'save', ref })).toMatchObject({ error: { code: 'not-found' } })
    expect(await ask({ ask: 'save', ref: 'download-0' })).toMatchObject({ error: { code: 'not-found' } })
    expect((await readdir(folder)).sort()).toEqual(['r.pdf', 'source'])
  })
})

describe('a command', () => {
  it('goes to the page over the same channel', () => {
    const { ipc, contents } = rig()
    ipc.command('open-case', { ref: 'r', name: 'n' })
    ipc.command('palette')
    expect(contents.sent).toEqual([
      ['crosstrail', ['open-case', { ref: 'r', name: 'n' }]],
      ['crosstrail', ['palette', null]],
    ])
  })
})

describe('arguments', () => {
  it('name cases and evidence that are there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crosstrail-args-'))
    await writeFile(join(folder, 'case.json'), '{}')
    await writeFile(join(folder, 'log.json'), '{}')
    expect(openRequest(['--flag', 'log.json', 'missing', '.'], folder)).toEqual({
      cases: [folder],
      evidence: [join(folder, 'log.json')],
      sample: false,
    })
    expect(openRequest(['--sample'], folder).sample).toBe(true)
  })

  it('are what follows the executable, and the application where it is not packaged', () => {
    expect(ownArguments(['app', 'a', '-b'], true)).toEqual(['a', '-b'])
    expect(ownArguments(['electron', '--no-sandbox', '.', 'a', '--sample'], false)).toEqual([
      '--no-sandbox',
      'a',
      '--sample',
    ])
  })
})

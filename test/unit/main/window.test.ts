import { beforeEach, describe, expect, it, vi } from 'vitest'
import { trackLongTasks } from '../../../src/main/longTasks'
import { menuTemplate } from '../../../src/main/menu'
import { createWindow } from '../../../src/main/window'
import * as electron from '../../support/electronStandIn'
import { service } from '../rpc/service'

beforeEach(() => electron.resetElectron())

// Under test `BrowserWindow` is the stand-in's class.
const open = (work?: string) =>
  createWindow({ preloadFile: '/p.cjs', runningWork: () => work }) as unknown as electron.BrowserWindow

describe('the window', () => {
  it('isolates and sandboxes its page, without Node, and loads our start page', () => {
    const window = open()
    expect(window.options).toMatchObject({
      show: false,
      webPreferences: {
        preload: '/p.cjs',
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        webviewTag: false,
        navigateOnDragDrop: false,
      },
    })
    expect(window.webContents.mainFrame.url).toBe('app://crosstrail/index.html')
  })

  it.each([
    ['stays when the person keeps working', 'An import', 0, true],
    ['closes when the person stops the work', 'An import', 1, false],
    ['closes without a question when nothing runs', undefined, 0, false],
  ])('%s', (_title, work, choice, stays) => {
    const window = open(work)
    electron.answers.messageBox = choice
    const preventDefault = vi.fn()
    window.emit('close', { preventDefault })
    expect(preventDefault).toHaveBeenCalledTimes(stays ? 1 : 0)
    expect(electron.recorded.filter(({ what }) => what === 'messageBox')).toHaveLength(work === undefined ? 0 : 1)
  })

  it('asks before it drops text that is not saved', () => {
    const window = open()
    const preventDefault = vi.fn()
    window.webContents.emit('will-prevent-unload', { preventDefault })
    expect(preventDefault).not.toHaveBeenCalled()
    electron.answers.messageBox = 1
    window.webContents.emit('will-prevent-unload', { preventDefault })
    expect(preventDefault).toHaveBeenCalled()
  })
})

describe('long tasks', () => {
  it('are named while they run, and short calls are not', async () => {
    let finish = () => undefined as unknown
    const tasks = trackLongTasks(
      service({
        'case.verify': () =>
          new Promise((resolve) => {
            finish = () => resolve({ ok: true, head: '', seq: 0, afterHead: null, findings: [] })
          }),
        'case.close': () => new Promise(() => undefined),
      }).handlers,
    )
    const context = { signal: new AbortController().signal, report: () => undefined }
    void tasks.handlers['case.close']({}, context)
    expect(tasks.running()).toBeUndefined()
    const call = tasks.handlers['case.verify']({}, context)
    expect(tasks.running()).toBe('A verification')
    finish()
    await call
    expect(tasks.running()).toBeUndefined()
  })

  it('are forgotten when they fail', async () => {
    const tasks = trackLongTasks(service({}).handlers)
    const context = { signal: new AbortController().signal, report: () => undefined }
    await expect(tasks.handlers['case.rebuild']({}, context)).rejects.toThrow()
    expect(tasks.running()).toBeUndefined()
  })
})

describe('the menu', () => {
  it('sends commands, lists recent cases that are still there, and shows their titles as they are', () => {
    const send = vi.fn()
    const recent = [
      { ref: 'r1', title: 'Salt & pepper', openedAt: '', missing: false },
      { ref: 'r2', title: 'Gone', openedAt: '', missing: true },
    ]
    const file = menuTemplate(send, recent, true)[0]?.submenu
    if (!Array.isArray(file)) throw new Error('expected entries')
    const list = file.find(({ label }) => label === 'Open &recent')?.submenu
    if (!Array.isArray(list)) throw new Error('expected recent cases')
    expect(list.map(({ label }) => label)).toEqual(['Salt && pepper'])
    list[0]?.click?.call(null, {} as never, undefined, {} as never)
    expect(send).toHaveBeenCalledWith('open-case', { ref: 'r1', name: 'Salt & pepper' })
  })

  it('offers no developer tools and no reload when packaged', () => {
    const text = JSON.stringify(menuTemplate(() => undefined, [], true))
    expect(text).not.toMatch(/toggleDevTools|reload/i)
    expect(JSON.stringify(menuTemplate(() => undefined, [], false))).toContain('toggleDevTools')
  })
})

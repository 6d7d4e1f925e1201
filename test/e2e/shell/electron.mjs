// @ts-nocheck -- stands for a module whose types it does not carry; the real types check src/main and src/preload
/** Stand-in for `electron` over a real Chromium: see README.md. Driven by the test over the process channel. */
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { isolatedPrelude, mainWorldBridge } from './worlds.mjs'

const pageOrigin = 'https://crosstrail.localhost'
const toPage = (url) => url.replace('app://crosstrail', pageOrigin)
const toApp = (url) => url.replace(pageOrigin, 'app://crosstrail')

/** What the person does in the next dialog, and what our code asked for. */
const person = { open: [], save: '', messageBox: 0 }
const asked = { options: undefined, menu: undefined, dialogs: [], schemes: undefined, switches: [] }
const protocolHandlers = new Map()
let beforeRequest = (_details, answer) => answer({})

class App extends EventEmitter {
  isPackaged = true
  commandLine = { appendSwitch: (...args) => asked.switches.push(args) }
  requestSingleInstanceLock = () => true
  setPath() {}
  enableSandbox() {}
  whenReady = async () => undefined
  quit() {
    const event = preventable()
    this.emit('will-quit', event)
    if (!event.defaultPrevented) process.exit(0)
  }
}
export const app = new App()

function preventable(more = {}) {
  const event = {
    ...more,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true
    },
  }
  return event
}

class WebContents extends EventEmitter {
  mainFrame = { url: '' }
  openHandler = () => ({ action: 'allow' })
  deliver = async (_args) => undefined
  #queue = Promise.resolve()
  setWindowOpenHandler(handler) {
    this.openHandler = handler
  }
  getURL() {
    return this.mainFrame.url
  }
  send(...args) {
    this.#queue = this.#queue.then(() => this.deliver(args)).catch(() => undefined)
  }
}

export class BrowserWindow extends EventEmitter {
  webContents = new WebContents()
  #destroyed = false
  #options
  constructor(options) {
    super()
    this.#options = options
    asked.options = options
    app.emit('web-contents-created', {}, this.webContents)
  }
  show() {}
  focus() {}
  isMinimized = () => false
  isDestroyed = () => this.#destroyed
  async loadURL(url) {
    const { page } = await openPage(this, this.#options.webPreferences.preload)
    await page.goto(toPage(url))
    this.emit('ready-to-show')
    process.send?.({ ready: true })
  }
  /** The person closes the window. */
  close() {
    const event = preventable()
    this.emit('close', event)
    if (event.defaultPrevented) return
    this.#destroyed = true
    this.emit('closed')
    app.emit('window-all-closed')
  }
}

async function openPage(window, preloadFile) {
  const contents = window.webContents
  const browser = await chromium.launch({
    executablePath: process.env.SHELL_CHROMIUM,
    args: [...JSON.parse(process.env.SHELL_CHROMIUM_ARGS ?? '[]'), `--remote-debugging-port=${process.env.SHELL_PORT}`],
  })
  process.on('exit', () => void browser.close())
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await context.route('**/*', (route) => answer(route, contents))
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) contents.mainFrame.url = toApp(frame.url())
  })

  const cdp = await context.newCDPSession(page)
  await cdp.send('Runtime.enable')
  await cdp.send('Page.enable')
  let world
  cdp.on('Runtime.executionContextCreated', ({ context: created }) => {
    if (created.name === 'preload') world = created.id
  })
  await cdp.send('Runtime.addBinding', { name: 'toApplication', executionContextName: 'preload' })
  cdp.on('Runtime.bindingCalled', async ({ payload }) => {
    const { id, channel, values } = JSON.parse(payload)
    const event = { sender: contents, senderFrame: contents.mainFrame }
    if (id === undefined) {
      ipcMain.emit(channel, event, ...values)
      return
    }
    const value = await handlers.get(channel)(event, ...values)
    await evaluate(`standIn.answer(${JSON.stringify({ id, value })})`)
  })
  const evaluate = (expression) => cdp.send('Runtime.evaluate', { expression, contextId: world })
  contents.deliver = ([channel, ...values]) => evaluate(`standIn.deliver(${JSON.stringify({ channel, values })})`)

  const preload = readFileSync(preloadFile, 'utf8')
  await page.addInitScript(mainWorldBridge)
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
    worldName: 'preload',
    source: `${isolatedPrelude(process.env.SHELL_DROPS ?? '{}')}\n;((require, module, exports) => {${preload}\n})(standIn.require, { exports: {} }, {})`,
  })
  return { page }
}

/** A navigation, a new window and any other request, as Electron would put them to our code. */
async function answer(route, contents) {
  const request = route.request()
  const url = toApp(request.url())
  if (request.isNavigationRequest() && contents.mainFrame.url.startsWith('app://')) {
    const event = preventable({ url, isMainFrame: request.frame().parentFrame() === null })
    contents.emit('will-frame-navigate', event)
    if (!event.defaultPrevented) contents.emit('will-navigate', event)
    if (event.defaultPrevented) return route.abort('aborted')
  }
  const verdict = await new Promise((done) => beforeRequest({ url }, done))
  if (verdict.cancel) return route.abort('blockedbyclient')
  const handler = protocolHandlers.get(new URL(url).protocol.slice(0, -1))
  if (handler === undefined) return route.abort('failed')
  const response = await handler(new Request(url, { method: request.method() }))
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  })
}

const handlers = new Map()
export const ipcMain = Object.assign(new EventEmitter(), {
  handle: (channel, handler) => handlers.set(channel, handler),
  removeHandler: (channel) => handlers.delete(channel),
})

function dialogOf(name, result) {
  return async (_window, options) => {
    asked.dialogs.push({ name, options })
    return result()
  }
}
export const dialog = {
  showOpenDialog: dialogOf('open', () => ({ canceled: person.open.length === 0, filePaths: person.open })),
  showSaveDialog: dialogOf('save', () => ({ canceled: person.save === '', filePath: person.save })),
  showMessageBoxSync: (_window, options) => {
    asked.dialogs.push({ name: 'message', options })
    return person.messageBox
  },
}

export const Menu = {
  buildFromTemplate: (template) => template,
  setApplicationMenu: (menu) => {
    asked.menu = menu
  },
}

export const protocol = {
  registerSchemesAsPrivileged: (schemes) => {
    asked.schemes = schemes
  },
}

const defaultSession = Object.assign(new EventEmitter(), {
  protocol: { handle: (scheme, handler) => protocolHandlers.set(scheme, handler) },
  webRequest: {
    onBeforeRequest: (handler) => {
      beforeRequest = handler
    },
  },
  setPermissionRequestHandler() {},
  setPermissionCheckHandler() {},
  setDevicePermissionHandler() {},
  setSpellCheckerEnabled() {},
})
export const session = { defaultSession }

/** The test plays the person and the system. */
process.on('message', ({ id, does, value }) => {
  if (does === 'person') Object.assign(person, value)
  if (does === 'menu') menuItem(asked.menu, value).click()
  if (does === 'second-instance') app.emit('second-instance', {}, value, '/')
  const { menu: _menu, ...plain } = asked
  process.send?.({ id, asked: JSON.parse(JSON.stringify(plain)) })
})

function menuItem(items, [label, ...rest]) {
  const item = items.find((candidate) => candidate.label?.replaceAll('&', '') === label)
  return rest.length === 0 ? item : menuItem(item.submenu, rest)
}

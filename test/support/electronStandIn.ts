/**
 * Stand-in for the `electron` module in unit tests of `main` and `preload`. It records what our code asks for and lets
 * a test play the system's part. It proves our wiring, never Electron's own behaviour.
 */
import { EventEmitter } from 'node:events'

export const recorded: { readonly what: string; readonly value: unknown }[] = []

function record(what: string, value: unknown): void {
  recorded.push({ what, value })
}

export function resetElectron(): void {
  recorded.length = 0
  for (const emitter of [app, ipcMain, ipcRenderer, session.defaultSession]) emitter.removeAllListeners()
  ipcMain.handlers.clear()
  linked = undefined
  Object.assign(answers, { open: [], save: '', messageBox: 0 })
}

/** What the person would do in the next dialog. */
export const answers: { open: string[]; save: string; messageBox: number } = { open: [], save: '', messageBox: 0 }

class App extends EventEmitter {
  isPackaged = false
  readonly commandLine = { appendSwitch: (name: string, value?: string) => record('switch', [name, value]) }
  enableSandbox(): void {
    record('enableSandbox', true)
  }
  quit(): void {
    record('quit', true)
  }
}
export const app = new App()

export class WebContents extends EventEmitter {
  readonly mainFrame = { url: '' }
  readonly sent: unknown[][] = []
  openHandler: (() => unknown) | undefined
  setWindowOpenHandler(handler: () => unknown): void {
    this.openHandler = handler
  }
  getURL(): string {
    return this.mainFrame.url
  }
  send(...args: unknown[]): void {
    this.sent.push(args)
    if (linked === this) queueMicrotask(() => ipcRenderer.emit(...channelAndCopies(args, {})))
  }
}

let linked: WebContents | undefined

/** From here on what one side sends arrives, copied as Electron copies it, at the other. */
export function linkIpc(contents: WebContents): void {
  linked = contents
}

function channelAndCopies([channel, ...values]: unknown[], event: unknown): [string, ...unknown[]] {
  return [String(channel), event, ...values.map((value) => structuredClone(value))]
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  readonly options: unknown
  destroyed = false
  constructor(options?: unknown) {
    super()
    this.options = options
    record('window', options)
  }
  async loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url
  }
  show(): void {
    record('show', true)
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
}

class IpcMain extends EventEmitter {
  readonly handlers = new Map<string, (...args: unknown[]) => unknown>()
  handle(channel: string, handler: (...args: unknown[]) => unknown): void {
    this.handlers.set(channel, handler)
  }
  removeHandler(channel: string): void {
    this.handlers.delete(channel)
  }
}
export const ipcMain = new IpcMain()

class IpcRenderer extends EventEmitter {
  readonly sent: unknown[][] = []
  send(...args: unknown[]): void {
    this.sent.push(args)
    if (linked === undefined) return
    const event = { sender: linked, senderFrame: linked.mainFrame }
    queueMicrotask(() => ipcMain.emit(...channelAndCopies(args, event)))
  }
  async invoke(...args: unknown[]): Promise<unknown> {
    this.sent.push(args)
    if (linked === undefined) return { value: [] }
    const [channel, event, ...values] = channelAndCopies(args, { sender: linked, senderFrame: linked.mainFrame })
    return structuredClone(await ipcMain.handlers.get(channel)?.(event, ...values))
  }
}
export const ipcRenderer = new IpcRenderer()

export const exposed = new Map<string, unknown>()
export const contextBridge = { exposeInMainWorld: (name: string, value: unknown) => exposed.set(name, value) }
export const webUtils = { getPathForFile: (file: { name: string }) => `/dropped/${file.name}` }

export const dialog = {
  showOpenDialog: async (_window: unknown, options: unknown) => {
    record('openDialog', options)
    return { canceled: answers.open.length === 0, filePaths: answers.open }
  },
  showSaveDialog: async (_window: unknown, options: unknown) => {
    record('saveDialog', options)
    return { canceled: answers.save === '', filePath: answers.save }
  },
  showMessageBoxSync: (_window: unknown, options: unknown) => {
    record('messageBox', options)
    return answers.messageBox
  },
}

export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => record('menu', menu),
}

export const protocol = { registerSchemesAsPrivileged: (schemes: unknown) => record('schemes', schemes) }

type Handler = (...args: unknown[]) => unknown

export class Session extends EventEmitter {
  readonly set = new Map<string, Handler>()
  readonly webRequest = { onBeforeRequest: (handler: Handler) => this.set.set('request', handler) }
  readonly protocol = { handle: (scheme: string, handler: Handler) => this.set.set(scheme, handler) }
  setPermissionRequestHandler(handler: Handler): void {
    this.set.set('permissionRequest', handler)
  }
  setPermissionCheckHandler(handler: Handler): void {
    this.set.set('permissionCheck', handler)
  }
  setDevicePermissionHandler(handler: Handler): void {
    this.set.set('device', handler)
  }
  setSpellCheckerEnabled(enabled: boolean): void {
    record('spellChecker', enabled)
  }
}
export const session = { defaultSession: new Session() }

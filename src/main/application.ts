/** Puts the Electron host together: one instance, one engine, one window. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { app, type BrowserWindow, session } from 'electron'
import { createEngine } from '../engine'
import type { HostServices } from '../engine/context'
import { DownloadRegistry } from '../engine/host/downloads'
import { defaultDataFolder } from '../engine/host/folders'
import { openLog } from '../engine/host/logFile'
import { SourceRegistry } from '../engine/host/sources'
import { inProcessClient } from '../rpc/inProcess'
import { declareScheme, serveRenderer } from './appProtocol'
import { isCase, openRequest, ownArguments } from './arguments'
import { hardenProcess, hardenSession } from './hardening'
import { connectWindow, type WindowIpc } from './ipc'
import { trackLongTasks } from './longTasks'
import { installMenu } from './menu'
import { createWindow } from './window'

const out = resolve(import.meta.dirname, '..')

export function startApplication(): void {
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  const dataFolder = defaultDataFolder({ platform: process.platform, homeFolder: homedir(), env: process.env })
  app.setPath('userData', join(dataFolder, 'window'))
  hardenProcess()
  declareScheme()

  /** Paths of the system that come before there is a window. */
  const early: string[] = []
  let openLater = (paths: readonly string[]): void => {
    early.push(...paths)
  }
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openLater([path])
  })
  app.on('second-instance', (_event, argv, workingFolder) => {
    const { cases, evidence } = openRequest(ownArguments(argv, app.isPackaged), workingFolder)
    openLater([...cases, ...evidence])
  })
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(() => {
    openLater = run(dataFolder, early)
  })
}

/** Returns what to do with paths that the system hands over later. */
function run(dataFolder: string, early: readonly string[]): (paths: readonly string[]) => void {
  hardenSession(session.defaultSession)
  serveRenderer(session.defaultSession.protocol, join(out, 'renderer'))

  const sources = new SourceRegistry()
  const downloads = new DownloadRegistry()
  const asked = openRequest([...ownArguments(process.argv, app.isPackaged), ...early], process.cwd())
  const host: HostServices = {
    host: 'electron',
    nativeDialogs: true,
    actor: process.env.CROSSTRAIL_ACTOR ?? 'analyst',
    dataFolder,
    resourcesFolder: resolve(out, '../resources'),
    resolveSource: (ref) => sources.resolve(ref),
    offered: asked.evidence.map((path) => sources.add(path)),
    uploads: false,
    offerDownload: (file) => downloads.offer(file),
    now: () => new Date(),
  }
  const log = openLog(dataFolder, host.now)
  const engine = createEngine(host)
  const tasks = trackLongTasks(engine.handlers)
  const service = { handlers: tasks.handlers, onChange: engine.onChange }
  const client = inProcessClient(service, { log })

  const window = createWindow({ preloadFile: join(out, 'preload', 'index.cjs'), runningWork: tasks.running })
  const ipc = connectWindow({ window, service, sources, downloads, log })
  const refreshMenu = async () => installMenu(ipc.command, await client.call('case.recent', {}).catch(() => []))
  void refreshMenu()
  client.onChange(({ kind }) => {
    if (kind === 'case') void refreshMenu()
  })
  // Failures are in the log; the page shows the welcome view then.
  const [first] = asked.cases
  if (first !== undefined) void client.call('case.open', { ref: sources.add(first).ref }).catch(() => undefined)
  else if (asked.sample) void client.call('case.openSample', {}).catch(() => undefined)
  closeEngineAtQuit(() => engine.close())
  return (paths) => openInWindow(window, ipc, sources, paths)
}

function openInWindow(window: BrowserWindow, ipc: WindowIpc, sources: SourceRegistry, paths: readonly string[]): void {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.focus()
  for (const path of paths) ipc.command(isCase(path) ? 'open-case' : 'import', sources.add(path))
}

/** The case is closed before the process ends, at most once, and a fault there does not keep it alive. */
function closeEngineAtQuit(close: () => Promise<void>): void {
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    closed = true
    event.preventDefault()
    void close()
      .catch(() => undefined)
      .finally(() => app.quit())
  })
}

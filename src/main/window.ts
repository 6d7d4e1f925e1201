/** The one window. */
import { app, BrowserWindow, dialog } from 'electron'
import { startUrl } from './origin'

export interface WindowOptions {
  readonly preloadFile: string
  /** Plain name of what would be broken off, or undefined where nothing runs. */
  readonly runningWork: () => string | undefined
}

export function createWindow({ preloadFile, runningWork }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Crosstrail',
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    show: false,
    backgroundColor: '#1c2127',
    webPreferences: {
      preload: preloadFile,
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
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  window.once('ready-to-show', () => window.show())
  window.on('close', (event) => {
    const work = runningWork()
    if (work === undefined) return
    if (!confirmed(window, `${work} is still running.`, 'Stop it and close', 'Keep working')) event.preventDefault()
  })
  // The page holds text that is not saved yet.
  window.webContents.on('will-prevent-unload', (event) => {
    if (confirmed(window, 'There is text that is not saved.', 'Close without saving', 'Keep writing'))
      event.preventDefault()
  })
  void window.loadURL(startUrl)
  return window
}

function confirmed(window: BrowserWindow, message: string, yes: string, no: string): boolean {
  const choice = dialog.showMessageBoxSync(window, {
    type: 'warning',
    message,
    buttons: [no, yes],
    cancelId: 0,
    noLink: true,
  })
  return choice === 1
}

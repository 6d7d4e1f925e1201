/**
 * What no page of ours needs is denied for all of them: navigation, new windows, webviews, permissions, downloads, the
 * network. See docs/electron-security.md, which goes through Electron's checklist.
 */
import { app, type Session, type WebContents } from 'electron'
import { isOurs } from './origin'

/** Must run before the application is ready. */
export function hardenProcess(): void {
  app.enableSandbox()
  // Whatever Chromium would like to look up or fetch by itself finds no name and no proxy.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('no-proxy-server')
  app.commandLine.appendSwitch('disable-background-networking')
  app.commandLine.appendSwitch('disable-component-update')
  app.on('web-contents-created', (_event, contents) => hardenContents(contents))
}

function hardenContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  // Loading our own start page comes from the application and is not asked about here.
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

/** Copying text is the only thing of the list that the page may do. */
const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(allowedPermissions.has(permission) && isOurs(contents.getURL())),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) => {
    return allowedPermissions.has(permission) && isOurs(origin)
  })
  session.setDevicePermissionHandler(() => false)
  // The spelling checker would fetch its dictionaries.
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isLocal(url) }))
}

function isLocal(url: string): boolean {
  return isOurs(url) || url.startsWith('blob:app://crosstrail/') || url.startsWith('data:') || isTools(url)
}

/** The developer tools are only there in a build that is not packaged: see window.ts. */
function isTools(url: string): boolean {
  return !app.isPackaged && url.startsWith('devtools://')
}

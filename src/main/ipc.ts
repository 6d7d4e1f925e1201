/**
 * One channel between the page and the engine. Only the main frame of our window, showing our own origin, is heard;
 * the text of a message is checked by the rpc server like that of any other transport.
 */
import { type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron'
import type { NamedSource } from '../rpc/bridge'
import { type Failure, type RpcService, serveConnection } from '../rpc/server'
import { type Transport, TransportEvents } from '../rpc/transport'
import { type AskServices, answerAsk } from './asks'
import { isOurs } from './origin'

export const channel = 'crosstrail'

export interface IpcOptions extends AskServices {
  readonly service: RpcService
  readonly log: (failure: Failure) => void
}

export interface WindowIpc {
  /** A menu entry, or a file that the system asks us to open. */
  command(name: string, source?: NamedSource): void
}

export function connectWindow(options: IpcOptions): WindowIpc {
  const { window, service, log } = options
  const contents = window.webContents
  let connection: Connection | undefined

  const heard = (event: IpcMainEvent | IpcMainInvokeEvent): boolean =>
    event.sender === contents && event.senderFrame === contents.mainFrame && isOurs(event.senderFrame?.url ?? '')

  const onText = (event: IpcMainEvent, text: unknown): void => {
    if (!heard(event) || typeof text !== 'string') {
      log({ ref: 'ipc', method: '', error: 'A message from elsewhere was dropped.' })
      return
    }
    connection ??= openConnection(window, service, log)
    connection.receive(text)
  }
  ipcMain.on(channel, onText)
  ipcMain.handle(channel, (event, request: unknown) => {
    if (!heard(event)) throw new Error('denied')
    return answerAsk(request, options)
  })

  const end = (reason: string): void => {
    connection?.end(reason)
    connection = undefined
  }
  // A reload or a crash of the page ends what the old page had asked for.
  contents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) end('The page was loaded anew.')
  })
  contents.on('render-process-gone', () => end('The page has stopped.'))
  window.on('closed', () => {
    end('The window was closed.')
    ipcMain.removeListener(channel, onText)
    ipcMain.removeHandler(channel)
  })
  return {
    command: (name, source) => contents.send(channel, [name, source ?? null]),
  }
}

interface Connection {
  receive(text: string): void
  end(reason: string): void
}

function openConnection(window: BrowserWindow, service: RpcService, log: (failure: Failure) => void): Connection {
  const events = new TransportEvents()
  const transport: Transport = {
    send: (text) => {
      if (!events.closed && !window.isDestroyed()) window.webContents.send(channel, text)
    },
    onMessage: (listener) => events.onMessage(listener),
    onClose: (listener) => events.onClose(listener),
    close: (reason = 'The connection was closed.') => {
      events.end(reason)
    },
  }
  serveConnection({ service, transport, log })
  return { receive: (text) => events.message(text), end: (reason) => events.end(reason) }
}

/**
 * What the page can ask of its host beside the contract: handing over files, native dialogs, downloads. One shape for
 * the Electron application and the web host; `connectHost` picks by the presence of the preload bridge.
 */
import { type Answer, bridgeTransport, type ChooseKind, type NamedSource } from './bridge'
import { createClient, type RpcClient, toAppError } from './client'
import { exchangeToken } from './token'
import { droppedFiles, type LabelledFile, type UploadOptions, uploadFiles } from './upload'
import { openWebSocket } from './webSocket'

export interface HostAccess {
  readonly kind: 'electron' | 'web'
  /** Hands over what was dropped, folders included. Call it inside the drop event: the browser empties it after. */
  registerDrop(drop: DataTransfer, options?: UploadOptions): Promise<readonly NamedSource[]>
  /** Hands over the files of an `<input type="file">`. */
  registerFiles(files: Iterable<File>, options?: UploadOptions): Promise<readonly NamedSource[]>
  /** Native dialog; null where the host has none and the page shows its own file input. */
  readonly choose: ((kind: ChooseKind) => Promise<readonly NamedSource[]>) | null
  /** Offers a finished download to the person; false where they declined. */
  saveDownload(download: { readonly ref: string; readonly fileName: string }): Promise<boolean>
  /** Menu entries (`import`, `open-case`, …) and files that the system asks us to open; never fires in the web host. */
  onCommand(listener: (command: string, source: NamedSource | null) => void): void
}

export interface HostConnection {
  readonly client: RpcClient
  readonly host: HostAccess
}

/** Error: `transport`, with what the person can do, where the host does not let this page in. */
export async function connectHost(): Promise<HostConnection> {
  const bridge = window.crosstrail
  if (bridge !== undefined) {
    return {
      client: createClient(bridgeTransport(bridge)),
      host: {
        kind: 'electron',
        registerDrop: async (drop) => unwrap(await bridge.registerFiles([...drop.files])),
        registerFiles: async (files) => unwrap(await bridge.registerFiles([...files])),
        choose: async (kind) => unwrap(await bridge.choose(kind)),
        saveDownload: async ({ ref }) => unwrap(await bridge.saveDownload(ref)),
        onCommand: (listener) => bridge.onCommand(listener),
      },
    }
  }
  await exchangeToken()
  const transport = await openWebSocket(`ws://${window.location.host}/rpc`)
  return { client: createClient(transport), host: webHost() }
}

function webHost(): HostAccess {
  return {
    kind: 'web',
    registerDrop: async (drop, options) => uploadFiles(await droppedFiles(drop), options),
    registerFiles: (files, options) => uploadFiles([...files].map(labelled), options),
    choose: null,
    saveDownload: async ({ ref, fileName }) => {
      const link = document.createElement('a')
      link.href = `/download/${encodeURIComponent(ref)}`
      link.download = fileName
      document.body.append(link)
      link.click()
      link.remove()
      return true
    },
    onCommand: () => undefined,
  }
}

function unwrap<T>(answer: Answer<T>): T {
  if ('error' in answer) throw toAppError(answer.error)
  return answer.value
}

function labelled(file: File): LabelledFile {
  return { file, path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath }
}

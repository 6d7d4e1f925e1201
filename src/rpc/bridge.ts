/** What the preload script puts on `window.crosstrail` in the Electron application, and the transport over it. */
import type { WireError } from './frames'
import { type Transport, TransportEvents } from './transport'

/** A file or folder that the host knows; `name` is for people. */
export interface NamedSource {
  readonly ref: string
  readonly name: string
}

export type ChooseKind = 'files' | 'folder' | 'case' | 'newCase'

/** What a host's own request gives; errors as over the wire, since the bridge copies values and loses classes. */
export type Answer<T> = { readonly value: T } | { readonly error: WireError }

/** Frozen, made by `src/preload`. File paths stay on the other side of it. */
export interface Bridge {
  send(text: string): void
  onMessage(listener: (text: string) => void): void
  /** Handles of dropped files and folders, in their order. */
  registerFiles(files: readonly File[]): Promise<Answer<readonly NamedSource[]>>
  /** Native dialog; empty where the person closed it. */
  choose(kind: ChooseKind): Promise<Answer<readonly NamedSource[]>>
  /** Native save dialog for a finished download; false where the person closed it. */
  saveDownload(ref: string): Promise<Answer<boolean>>
  /** Menu entries and files that the system asks us to open. */
  onCommand(listener: (command: string, source: NamedSource | null) => void): void
}

declare global {
  interface Window {
    readonly crosstrail?: Bridge
  }
}

export function bridgeTransport(bridge: Pick<Bridge, 'send' | 'onMessage'>): Transport {
  const events = new TransportEvents()
  bridge.onMessage((text) => events.message(text))
  return {
    send: (text) => {
      if (!events.closed) bridge.send(text)
    },
    onMessage: (listener) => events.onMessage(listener),
    onClose: (listener) => events.onClose(listener),
    close: (reason = 'The connection was closed.') => {
      events.end(reason)
    },
  }
}

/** The same engine behind each transport. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { vi } from 'vitest'
import { WebSocket } from 'ws'
import { createEngine, type Engine } from '../../src/engine'
import { DownloadRegistry } from '../../src/engine/host/downloads'
import { SourceRegistry } from '../../src/engine/host/sources'
import { connectWindow, type IpcOptions } from '../../src/main/ipc'
import { type Bridge, bridgeTransport } from '../../src/rpc/bridge'
import { createClient, type RpcClient } from '../../src/rpc/client'
import { inProcessClient } from '../../src/rpc/inProcess'
import type { Failure } from '../../src/rpc/server'
import { openWebSocket } from '../../src/rpc/webSocket'
import { startServer } from '../../src/server/startServer'
import * as electron from '../support/electronStandIn'
import { tokenOf } from '../unit/server/rig'

export interface Connected {
  readonly client: RpcClient
  readonly sources: SourceRegistry
  /** Everything of this run lies below it. */
  readonly folder: string
  readonly log: readonly Failure[]
  end(): Promise<void>
}

interface Parts {
  readonly engine: Engine
  readonly sources: SourceRegistry
  readonly downloads: DownloadRegistry
  readonly log: Failure[]
}

type Connect = (parts: Parts) => Promise<{ readonly client: RpcClient; readonly stop: () => Promise<void> }>

async function inProcess({ engine, log }: Parts): ReturnType<Connect> {
  const client = inProcessClient(engine, { checkResults: true, log: (failure) => log.push(failure) })
  return { client, stop: async () => client.close() }
}

async function webSocket({ engine, sources, downloads, log }: Parts): ReturnType<Connect> {
  const server = await startServer({
    service: engine,
    sources,
    downloads,
    rendererFolder: import.meta.dirname,
    log: (failure) => log.push(failure),
    checkResults: true,
  })
  const origin = `http://127.0.0.1:${server.port}`
  const session = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ token: tokenOf(server.newLink()) }),
  })
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  // Node 20 has no WebSocket of its own; a browser would add these two headers by itself.
  vi.stubGlobal(
    'WebSocket',
    class extends WebSocket {
      constructor(url: string) {
        super(url, { origin, headers: { cookie } })
      }
    },
  )
  const client = createClient(await openWebSocket(`ws://127.0.0.1:${server.port}/rpc`))
  return {
    client,
    stop: async () => {
      client.close()
      await server.close()
      vi.unstubAllGlobals()
    },
  }
}

async function ipcBridge({ engine, sources, downloads, log }: Parts): ReturnType<Connect> {
  electron.resetElectron()
  const window = new electron.BrowserWindow()
  window.webContents.mainFrame.url = 'app://crosstrail/index.html'
  electron.linkIpc(window.webContents)
  connectWindow({
    // The stand-in has what this code touches of a window.
    window: window as unknown as IpcOptions['window'],
    service: engine,
    sources,
    downloads,
    log: (failure) => log.push(failure),
  })
  await import('../../src/preload')
  // Loaded once, like a preload script; it types what it exposes.
  const bridge = electron.exposed.get('crosstrail') as Bridge
  const client = createClient(bridgeTransport(bridge))
  return {
    client,
    stop: async () => {
      client.close()
      window.emit('closed')
    },
  }
}

const connects: Readonly<Record<string, Connect>> = { inProcess, webSocket, ipcBridge }
export const transports = Object.keys(connects)

export async function connect(transport: string): Promise<Connected> {
  const folder = await mkdtemp(join(tmpdir(), 'crosstrail-contract-'))
  const sources = new SourceRegistry()
  const downloads = new DownloadRegistry()
  const log: Failure[] = []
  const engine = createEngine({
    host: 'test',
    nativeDialogs: false,
    actor: 'tester',
    dataFolder: join(folder, 'data'),
    resourcesFolder: resolve(import.meta.dirname, '../../resources'),
    resolveSource: (ref) => sources.resolve(ref),
    offered: [],
    uploads: false,
    offerDownload: (file) => downloads.offer(file),
    now: () => new Date('2026-01-02T03:04:05Z'),
  })
  const open = connects[transport]
  if (open === undefined) throw new Error(`no transport ${transport}`)
  const { client, stop } = await open({ engine, sources, downloads, log })
  return {
    client,
    sources,
    folder,
    log,
    end: async () => {
      await stop()
      await engine.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

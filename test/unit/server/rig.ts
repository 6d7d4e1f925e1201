/** A running web host over a small service, and raw access to it: what a hostile program on the machine can do. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DownloadRegistry } from '../../../src/engine/host/downloads'
import { SourceRegistry } from '../../../src/engine/host/sources'
import type { RpcService } from '../../../src/rpc/server'
import type { Limits } from '../../../src/server/limits'
import { type RunningServer, startServer } from '../../../src/server/startServer'
import { service } from '../rpc/service'

export interface Rig {
  readonly server: RunningServer
  readonly origin: string
  readonly sources: SourceRegistry
  readonly downloads: DownloadRegistry
  readonly folder: string
  readonly clock: { ms: number }
}

export async function startRig(limits: Partial<Limits> = {}, over: RpcService = service({})): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), 'crosstrail-web-'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Crosstrail</title>')
  const sources = new SourceRegistry()
  const downloads = new DownloadRegistry()
  const clock = { ms: 0 }
  const server = await startServer({
    service: over,
    sources,
    downloads,
    rendererFolder: folder,
    log: () => undefined,
    limits,
    nowMs: () => clock.ms,
    checkResults: true,
  })
  return { server, origin: `http://127.0.0.1:${server.port}`, sources, downloads, folder, clock }
}

export function tokenOf(link: string): string {
  return new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? ''
}

export function postSession({ origin }: Rig, token: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, ...headers },
    body: JSON.stringify({ token }),
  })
}

/** The cookie of a fresh session. */
export async function signIn(rig: Rig): Promise<string> {
  const response = await postSession(rig, tokenOf(rig.server.newLink()))
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

export function upload(
  rig: Rig,
  cookie: string,
  name: string,
  body: string | Uint8Array<ArrayBuffer>,
): Promise<Response> {
  return fetch(`${rig.origin}/upload`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'x-crosstrail-name': encodeURIComponent(name),
      origin: rig.origin,
      cookie,
    },
    body,
  })
}

/** Writes bytes as they are and gives everything that comes back until the other side hangs up. */
export function raw({ server }: Rig, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = rawSocket(server.port)
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
    socket.write(text)
  })
}

export function rawSocket(port: number): Socket {
  return connect({ host: '127.0.0.1', port })
}

/**
 * The web host: the renderer, the engine's methods, uploads and downloads over HTTP and one WebSocket, on the loopback
 * address only. Every request passes the guard; everything but the renderer's own files needs a session.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DownloadRegistry } from '../engine/host/downloads'
import { rendererFile } from '../engine/host/rendererFiles'
import type { SourceRegistry } from '../engine/host/sources'
import type { Failure, RpcService } from '../rpc/server'
import { answerBytes, refuse, refuseUpgrade } from './answers'
import { handleDownload } from './downloads'
import { type RequestFacts, refusal } from './guard'
import { limits as defaultLimits, type Limits } from './limits'
import { handleSession } from './session'
import { Sessions } from './sessions'
import { createSocketServer } from './sockets'
import { Uploads } from './uploads'

export interface ServerOptions {
  readonly service: RpcService
  readonly sources: SourceRegistry
  readonly downloads: DownloadRegistry
  /** The built renderer. */
  readonly rendererFolder: string
  /** 0 or left out: any free port. */
  readonly port?: number
  readonly log: (failure: Failure) => void
  readonly limits?: Partial<Limits>
  readonly nowMs?: () => number
  /** Check answers against the contract: tests do. */
  readonly checkResults?: boolean
}

export interface RunningServer {
  readonly port: number
  /** A new link that works once and for five minutes. */
  newLink(): string
  /** Ends all connections, cancels what they were waiting for, and removes uploads. */
  close(): Promise<void>
}

/** Error: the system's `EADDRINUSE` and the like, as they are. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const limits: Limits = { ...defaultLimits, ...options.limits }
  const uploads = new Uploads(options.sources, limits)
  const sockets = createSocketServer({
    service: options.service,
    log: options.log,
    limits,
    checkResults: options.checkResults ?? false,
  })
  const server = createServer({
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: Math.min(1_000, limits.headersTimeoutMs),
    maxHeaderSize: limits.maxHeaderBytes,
    keepAliveTimeout: 5_000,
  })
  server.maxConnections = limits.maxConnections
  server.setTimeout(limits.idleTimeoutMs)
  const port = await listen(server, options.port ?? 0)
  const sessions = new Sessions(port, limits, options.nowMs ?? (() => performance.now()))

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    const isPost = request.method === 'POST'
    if (path === '/session' && isPost) return handleSession(request, response, sessions, limits)
    const download = /^\/download\/([A-Za-z0-9-]{1,100})$/.exec(path)?.[1]
    if (path === '/upload' || path.startsWith('/download/')) {
      if (!sessions.allows(request.headers.cookie))
        return refuse(request, response, { status: 401, message: 'Open the link that Crosstrail printed.' })
      if (path === '/upload' && isPost) return uploads.handle(request, response)
      if (download !== undefined && !isPost) return handleDownload(request, response, options.downloads, download)
    } else if (!isPost) {
      const file = await rendererFile(options.rendererFolder, path)
      if (file !== undefined) return answerBytes(response, 200, file.mediaType, file.bytes)
    }
    refuse(request, response, { status: 404, message: 'There is nothing here.' })
  }

  server.on('request', (request, response) => {
    const refused = refusal(factsOf(request, false), port)
    if (refused !== undefined) {
      refuse(request, response, refused)
      return
    }
    route(request, response).catch((error: unknown) => {
      options.log({ ref: 'http', method: request.url ?? '', error })
      refuse(request, response, { status: 500, message: 'Something went wrong inside Crosstrail.' })
    })
  })
  // `Expect: 100-continue` is answered before the guard otherwise.
  server.on('checkContinue', (request, response) => server.emit('request', request, response))
  server.on('clientError', (_error, socket) => socket.destroy())
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const path = (request.url ?? '').split('?', 1)[0]
    const refused =
      refusal(factsOf(request, true), port) ??
      (path === '/rpc' ? undefined : { status: 404, message: 'There is nothing here.' }) ??
      (sessions.allows(request.headers.cookie) ? undefined : { status: 401, message: 'Open the link first.' }) ??
      (sockets.clients.size < limits.maxSockets ? undefined : { status: 503, message: 'Too many pages are open.' })
    if (refused !== undefined) {
      refuseUpgrade(socket, refused)
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => sockets.emit('connection', webSocket, request))
  })

  const removeUploads = () => uploads.removeSync()
  process.once('exit', removeUploads)
  return {
    port,
    newLink: () => `http://127.0.0.1:${port}/#token=${sessions.newToken()}`,
    close: async () => {
      for (const client of sockets.clients) client.close(1001, 'Crosstrail has stopped.')
      await closeServer(server, sockets)
      removeUploads()
      process.removeListener('exit', removeUploads)
    },
  }
}

function factsOf(request: IncomingMessage, upgrade: boolean): RequestFacts {
  const hosts = request.rawHeaders.filter(
    (_, index, raw) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === 'host',
  )
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    hosts,
    origin: request.headers.origin,
    fetchSite: single(request.headers['sec-fetch-site']),
    upgrade,
  }
}

/** Several values are joined, so that none of them is believed alone. */
function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.removeListener('error', reject)
      resolve()
    })
  })
  return addressOf(server).port
}

function addressOf(server: Server): AddressInfo {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address
}

/** Pages get a moment to hear that the host stops; then every connection is cut. */
async function closeServer(
  server: Server,
  sockets: { readonly clients: Iterable<{ terminate(): void }> },
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const timer = setTimeout(() => {
    for (const client of sockets.clients) client.terminate()
    server.closeAllConnections()
  }, 300)
  server.closeIdleConnections()
  await closed
  clearTimeout(timer)
}

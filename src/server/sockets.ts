/** The WebSocket at `/rpc`: one connection of the page to the engine's handlers. */
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import { maxCallChars } from '../rpc/frames'
import { type Failure, type RpcService, serveConnection } from '../rpc/server'
import { type Transport, TransportEvents } from '../rpc/transport'
import type { Limits } from './limits'

export interface SocketOptions {
  readonly service: RpcService
  readonly log: (failure: Failure) => void
  readonly limits: Limits
  readonly checkResults?: boolean
}

export function createSocketServer({ service, log, limits, checkResults = false }: SocketOptions): WebSocketServer {
  // A character takes at most three bytes of UTF-8 per UTF-16 unit; what is over it is cut off while it arrives.
  const server = new WebSocketServer({ noServer: true, maxPayload: maxCallChars * 3, perMessageDeflate: false })
  server.on('connection', (socket) => {
    const transport = socketTransport(socket, limits)
    serveConnection({ service, transport, log, checkResults })
  })
  return server
}

function socketTransport(socket: WebSocket, limits: Limits): Transport {
  const events = new TransportEvents()
  let alive = true
  const ping = setInterval(() => {
    if (!alive) socket.terminate()
    alive = false
    socket.ping()
  }, limits.pingEveryMs)
  socket.on('pong', () => {
    alive = true
  })
  socket.on('message', (data, isBinary) => {
    if (isBinary) close('Only text messages are used here.')
    else events.message(toText(data))
  })
  socket.on('close', () => {
    clearInterval(ping)
    events.end('The page has gone.')
  })
  // The `close` event follows; without a listener an oversized message would end the process.
  socket.on('error', () => undefined)

  function close(reason = 'The connection was closed.'): void {
    events.end(reason)
    // The protocol allows 123 bytes of reason.
    socket.close(1008, reason.slice(0, 120))
    // A client that never answers the closing handshake does not keep the connection.
    setTimeout(() => socket.terminate(), 2_000).unref()
  }
  return {
    send: (text) => {
      if (events.closed || socket.readyState !== WebSocket.OPEN) return
      if (socket.bufferedAmount > limits.maxWaitingBytes) {
        events.end('The page does not read its answers.')
        socket.terminate()
        return
      }
      socket.send(text)
    },
    onMessage: (listener) => events.onMessage(listener),
    onClose: (listener) => events.onClose(listener),
    close,
  }
}

function toText(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8')
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8')
}

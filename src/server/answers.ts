/** How the web host answers over HTTP: always with the security headers, errors as one JSON shape. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { securityHeaders } from '../engine/host/contentSecurityPolicy'
import type { Refusal } from './guard'

export function answerBytes(response: ServerResponse, status: number, mediaType: string, bytes: Uint8Array): void {
  response.writeHead(status, { ...securityHeaders, 'content-type': mediaType, 'content-length': bytes.byteLength })
  response.end(response.req.method === 'HEAD' ? undefined : bytes)
}

export function answerJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const bytes = Buffer.from(JSON.stringify(value))
  const type = { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.byteLength }
  response.writeHead(status, { ...securityHeaders, ...type, ...headers })
  response.end(bytes)
}

/** Refuses and hangs up, so that what the client still wants to send is never read. */
export function refuse(request: IncomingMessage, response: ServerResponse, { status, message }: Refusal): void {
  if (response.headersSent) {
    request.destroy()
    return
  }
  response.once('finish', () => {
    // Some time for the answer to arrive: closing with unread bytes in the buffer would reset the connection.
    setTimeout(() => request.destroy(), 200).unref()
  })
  answerJson(response, status, { error: { message } }, { connection: 'close' })
}

/** The same for a WebSocket upgrade, where there is no response object. */
export function refuseUpgrade(socket: Duplex, { status, message }: Refusal): void {
  const body = JSON.stringify({ error: { message } })
  const head = [
    `HTTP/1.1 ${status} Refused`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(securityHeaders).map(([name, value]) => `${name}: ${value}`),
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

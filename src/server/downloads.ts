/** `GET /download/<ref>`: a finished file, always as an attachment, never as a page of ours. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { securityHeaders } from '../engine/host/contentSecurityPolicy'
import type { DownloadRegistry } from '../engine/host/downloads'
import { refuse } from './answers'

export async function handleDownload(
  request: IncomingMessage,
  response: ServerResponse,
  downloads: DownloadRegistry,
  ref: string,
): Promise<void> {
  const offered = downloads.get(ref)
  const file = offered === undefined ? undefined : await open(offered.path, 'r').catch(() => undefined)
  if (offered === undefined || file === undefined) {
    refuse(request, response, { status: 404, message: 'This download is gone. Create it again.' })
    return
  }
  const { size } = await file.stat()
  response.writeHead(200, {
    ...securityHeaders,
    'content-security-policy': "default-src 'none'; sandbox",
    'content-type': offered.mediaType,
    'content-length': size,
    'content-disposition': attachment(offered.fileName),
  })
  if (request.method === 'HEAD') {
    await file.close()
    response.end()
    return
  }
  await pipeline(createReadStream('', { fd: file, start: 0 }), response).catch(() => response.destroy())
}

/** RFC 6266: an ASCII fallback, and the true name in the extended form. */
export function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%/;]/g, '_')
  const extended = encodeURIComponent(fileName.toWellFormed()).replace(/['()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  })
  return `attachment; filename="${plain}"; filename*=UTF-8''${extended}`
}

/** Serves the renderer's files as `app://crosstrail/…`, with the same headers as the web host. */
import { type Protocol, protocol } from 'electron'
import { securityHeaders } from '../engine/host/contentSecurityPolicy'
import { rendererFile } from '../engine/host/rendererFiles'
import { isOurs, scheme } from './origin'

/** Must run before the application is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

export function serveRenderer(of: Protocol, rendererFolder: string): void {
  of.handle(scheme, async (request) => {
    const file =
      request.method === 'GET' && isOurs(request.url)
        ? await rendererFile(rendererFolder, new URL(request.url).pathname)
        : undefined
    if (file === undefined) return new Response('There is nothing here.', { status: 404, headers: securityHeaders })
    return new Response(new Uint8Array(file.bytes), { headers: { ...securityHeaders, 'content-type': file.mediaType } })
  })
}

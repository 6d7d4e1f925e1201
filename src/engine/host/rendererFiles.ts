/** The renderer's files by URL path: for the web host and for the application's own protocol. */
import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

export interface RendererFile {
  readonly mediaType: string
  readonly bytes: Buffer
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
}

/**
 * Names as a build writes them. No segment begins with a point, nothing is percent-decoded, no backslash or NUL: so
 * `..`, hidden files and encoded tricks are no names at all.
 */
const plainPath = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/

/** The file, or undefined where the path names none. `urlPath` is raw, as it came, without its query. */
export async function rendererFile(folder: string, urlPath: string): Promise<RendererFile | undefined> {
  const path = urlPath === '/' ? '/index.html' : urlPath
  const mediaType = mediaTypes[extname(path)]
  if (!plainPath.test(path) || path.length > 300 || mediaType === undefined) return undefined
  try {
    // A link inside the folder must not lead out of it.
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))])
    if (!file.startsWith(root + sep)) return undefined
    return { mediaType, bytes: await readFile(file) }
  } catch {
    return undefined
  }
}

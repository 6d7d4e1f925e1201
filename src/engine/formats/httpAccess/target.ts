/** What a request is about: method, host, path, and the path with its ids replaced. */
import { memo } from '../shared/memo'

export interface RequestLine {
  readonly method?: string
  readonly target?: string
}

/** `GET /path HTTP/1.1`, an old `GET /path`, or what a broken client sent instead (then nothing is known). */
export function requestLine(text: string): RequestLine {
  const match = /^([A-Za-z][A-Za-z_-]{0,31}) (\S.*?)(?: HTTP\/\d(?:\.\d)?)?$/s.exec(text.slice(0, 20_000))
  if (match === null) return {}
  const [, method = '', target = ''] = match
  return target === '-' ? {} : { method: method.toUpperCase(), target }
}

export interface Target {
  readonly host?: string
  readonly path?: string
}

/** Splits a target of any form: path, whole URL, `host:port` of CONNECT, `*`. Query and fragment are left out. */
export function splitTarget(target: string | undefined, method: string | undefined): Target {
  if (target === undefined) return {}
  const absolute = /^[a-z][a-z0-9+.-]{0,20}:\/\/([^/?#]{0,300})([^?#]*)/i.exec(target)
  if (absolute !== null) {
    const [, authority = '', path = ''] = absolute
    const host = hostOf(authority.slice(authority.lastIndexOf('@') + 1))
    return { ...(host === undefined ? {} : { host }), path: path === '' ? '/' : path }
  }
  if (method === 'CONNECT') {
    const host = hostOf(target)
    return host === undefined ? {} : { host }
  }
  const path = target.split(/[?#]/, 1)[0] ?? ''
  return path === '' ? {} : { path }
}

/** Lower case, without the port that goes without saying; undefined for what can be no host. */
export function hostOf(value: string | undefined): string | undefined {
  if (value === undefined || value === '-' || !/^(?:[\w.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i.test(value))
    return
  return value
    .toLowerCase()
    .replace(/:(?:80|443)$/, '')
    .replace(/\.$/, '')
}

const MAX_SEGMENTS = 100

/** The path with ids replaced by `{id}`, so that requests for one kind of thing meet in one resource. */
export const routeOf = memo((path): string => {
  const segments = path.slice(0, 2_000).split('/')
  if (segments.length > MAX_SEGMENTS) segments.length = MAX_SEGMENTS
  return segments.map((segment) => (isId(segment) ? '{id}' : segment)).join('/')
})

/** Forms of ids in paths: numbers, UUIDs, long hex, ULIDs and other long tokens of letters with digits, mail addresses. */
function isId(segment: string): boolean {
  if (segment.length === 0) return false
  if (/^\d+$/.test(segment)) return true
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(segment)) return true
  if (/^(?=.*\d)[0-9a-f]{12,}$/i.test(segment)) return true
  if (/^[^@]{1,64}(?:@|%40)[^@]{1,253}\.[A-Za-z]{2,}$/.test(segment)) return true
  if (/^[A-Za-z][A-Za-z]{0,5}[-_]\d+$/.test(segment)) return true
  // Words in a slug are letters or short numbers; a random token mixes both throughout.
  return (
    segment.length >= 20 && /^[\w=~-]+$/.test(segment) && (segment.match(/\d/g)?.length ?? 0) >= 4 && !isSlug(segment)
  )
}

function isSlug(segment: string): boolean {
  const words = segment.split(/[-_]/)
  return words.length > 2 && words.every((word) => /^[A-Za-z]{1,20}$|^\d{1,4}$/.test(word))
}

/** Paths into JSON records. A pointer (RFC 6901) can name any key; a path with `[*]` reaches every element of a list. */

/** `['a', 'b.c']` → `/a/b.c`; a number is an index where the value is a list. */
export function jsonPointer(segments: readonly string[]): string {
  return segments.map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/**
 * `['groups[*]', 'name']` → `$."groups"[*]."name"`; undefined where no segment ends in `[*]`. A key with a quote or a
 * backslash cannot be written in such a path; it is then taken as a plain key by the caller.
 */
export function jsonArrayPath(segments: readonly string[]): string | undefined {
  if (!segments.some((segment) => segment.endsWith('[*]'))) return undefined
  let path = '$'
  for (const segment of segments) {
    const key = segment.endsWith('[*]') ? segment.slice(0, -3) : segment
    if (key === '' || key.includes('"') || key.includes('\\')) return undefined
    path += `."${key}"${segment === key ? '' : '[*]'}`
  }
  return path
}

import type { JsonObject, JsonValue } from '../../../common/json'

/**
 * Rows of query engines print structs as `{type=IAMUser, principalId=AIDA…, sessionContext={attributes={…}}}`, without
 * quotes. A value runs to the next `, name=` of its own level, so commas in values survive; what a value with `, x=`
 * inside meant cannot be told.
 */
export function parseStruct(text: string): JsonObject | undefined {
  const source = text.trim()
  if (source.length > MAX_LENGTH || !/^\{\s*[A-Za-z_@][\w.-]*=/.test(source) || !source.endsWith('}')) return undefined
  const cursor = { source, at: 0 }
  const value = readStruct(cursor, 0)
  return value !== undefined && cursor.at === source.length ? value : undefined
}

const MAX_LENGTH = 1_000_000
const MAX_DEPTH = 20

interface Cursor {
  readonly source: string
  at: number
}

function readStruct(cursor: Cursor, depth: number): JsonObject | undefined {
  if (depth > MAX_DEPTH) return undefined
  cursor.at++
  const entries: [string, JsonValue][] = []
  while (cursor.at < cursor.source.length) {
    skipSpace(cursor)
    if (cursor.source[cursor.at] === '}') {
      cursor.at++
      return Object.fromEntries(entries)
    }
    const equals = cursor.source.indexOf('=', cursor.at)
    if (equals < 0) return undefined
    const key = cursor.source.slice(cursor.at, equals).trim()
    cursor.at = equals + 1
    const value = readValue(cursor, depth)
    if (value === undefined) return undefined
    entries.push([key, value])
    if (cursor.source[cursor.at] === ',') cursor.at++
  }
  return undefined
}

function readValue(cursor: Cursor, depth: number): JsonValue | undefined {
  if (cursor.source[cursor.at] === '{' && nextIsName(cursor.source, cursor.at + 1)) return readStruct(cursor, depth + 1)
  const start = cursor.at
  let nested = 0
  for (; cursor.at < cursor.source.length; cursor.at++) {
    const char = cursor.source[cursor.at]
    if (char === '{' || char === '[') nested++
    else if (nested > 0 && (char === '}' || char === ']')) nested--
    else if (nested === 0 && (char === '}' || (char === ',' && nextIsName(cursor.source, cursor.at + 1)))) break
  }
  const value = cursor.source.slice(start, cursor.at).trim()
  return value === 'null' ? null : value
}

function nextIsName(source: string, at: number): boolean {
  return /^\s?[A-Za-z_@][\w.-]{0,60}=/.test(source.slice(at, at + 64)) || source[at] === '}'
}

function skipSpace(cursor: Cursor): void {
  while (cursor.source[cursor.at] === ' ') cursor.at++
}

/**
 * A tree over the exact text of a JSON record. Values are slices of the source, so a 64-bit number, `1.0` or a repeated
 * key is shown as it stands there; nothing passes through a double or an object.
 */
export type RawKind = 'object' | 'array' | 'string' | 'number' | 'literal'

export interface RawNode {
  readonly kind: RawKind
  /** Decoded member name, or the index in an array; null for the root. */
  readonly key: string | null
  /** Offsets of the value in the source text. */
  readonly start: number
  readonly end: number
  readonly children: readonly RawNode[]
}

const MAX_DEPTH = 400
const space = /[ \t\r\n]/
const numberText = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const literalText = /true|false|null/y

/** The tree of the text, or undefined where it is not one JSON value (then it is shown as plain text). */
export function parseRaw(source: string): RawNode | undefined {
  const cursor = { at: 0 }
  const root = parseValue(source, cursor, null, 0)
  if (root === undefined) return undefined
  skipSpace(source, cursor)
  return cursor.at === source.length ? root : undefined
}

interface Position {
  at: number
}

function skipSpace(source: string, cursor: Position): void {
  while (cursor.at < source.length && space.test(source.charAt(cursor.at))) cursor.at += 1
}

function parseValue(source: string, cursor: Position, key: string | null, depth: number): RawNode | undefined {
  if (depth > MAX_DEPTH) return undefined
  skipSpace(source, cursor)
  const start = cursor.at
  const char = source[start]
  if (char === '{' || char === '[') return parseContainer(source, cursor, key, depth)
  if (char === '"') {
    const end = stringEnd(source, start)
    if (end === undefined) return undefined
    cursor.at = end
    return { kind: 'string', key, start, end, children: [] }
  }
  const literal = matchAt(literalText, source, start)
  const end = literal ?? matchAt(numberText, source, start)
  if (end === undefined) return undefined
  cursor.at = end
  return { kind: literal === undefined ? 'number' : 'literal', key, start, end, children: [] }
}

function parseContainer(source: string, cursor: Position, key: string | null, depth: number): RawNode | undefined {
  const start = cursor.at
  const isObject = source[start] === '{'
  const close = isObject ? '}' : ']'
  const children: RawNode[] = []
  cursor.at += 1
  skipSpace(source, cursor)
  while (source[cursor.at] !== close) {
    const name = isObject ? parseName(source, cursor) : String(children.length)
    if (name === undefined) return undefined
    const child = parseValue(source, cursor, name, depth + 1)
    if (child === undefined) return undefined
    children.push(child)
    skipSpace(source, cursor)
    if (source[cursor.at] === ',') {
      cursor.at += 1
      skipSpace(source, cursor)
      if (source[cursor.at] === close) return undefined
    } else if (source[cursor.at] !== close) return undefined
  }
  cursor.at += 1
  return { kind: isObject ? 'object' : 'array', key, start, end: cursor.at, children }
}

function parseName(source: string, cursor: Position): string | undefined {
  const start = cursor.at
  const end = source[start] === '"' ? stringEnd(source, start) : undefined
  if (end === undefined) return undefined
  cursor.at = end
  skipSpace(source, cursor)
  if (source[cursor.at] !== ':') return undefined
  cursor.at += 1
  return decodeString(source.slice(start, end))
}

/** Offset behind the closing quote. */
function stringEnd(source: string, start: number): number | undefined {
  for (let at = start + 1; at < source.length; at += 1) {
    const char = source[at]
    if (char === '\\') at += 1
    else if (char === '"') return at + 1
  }
  return undefined
}

function matchAt(pattern: RegExp, source: string, at: number): number | undefined {
  pattern.lastIndex = at
  const match = pattern.exec(source)
  return match === null ? undefined : at + match[0].length
}

/** The text of a string literal; a literal that JSON refuses (a raw control character) is shown as it stands. */
export function decodeString(literal: string): string {
  try {
    const value: unknown = JSON.parse(literal)
    return typeof value === 'string' ? value : literal
  } catch {
    return literal.slice(1, -1)
  }
}

/** What is shown for a scalar: a string's text, or the exact source text of a number or literal. */
export function scalarText(source: string, node: RawNode): string {
  const text = source.slice(node.start, node.end)
  return node.kind === 'string' ? decodeString(text) : text
}

/**
 * Cuts SQL text into tokens by the lexical rules of PostgreSQL (manual, 4.1): enough to tell strings, comments and
 * names apart, never an error. Whatever is not closed reaches to the end of the text. Linear in the length of the text.
 */
type SqlTokenKind = 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'operator' | 'mark' | 'comment'

export interface SqlToken {
  readonly kind: SqlTokenKind
  readonly start: number
  /** Exclusive. */
  readonly end: number
  /** False where the text ended inside a string, quoted name or comment. */
  readonly closed: boolean
}

const operatorCharacters = new Set('+-*/<>=~!@#%^&|`')
const stringPrefixes = new Set(['e', 'b', 'x', 'n'])

const isSpace = (c: string) => c === ' ' || (c >= '\t' && c <= '\r')
const isDigit = (c: string) => c >= '0' && c <= '9'
const isWordStart = (c: string) => (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c === '_' || c >= '\u0080'
const isWordPart = (c: string) => isWordStart(c) || isDigit(c) || c === '$'

/** Tokens of `sql` in order; white space gives none. */
export function* scanSql(sql: string): Generator<SqlToken> {
  let at = 0
  while (at < sql.length) {
    const c = sql.charAt(at)
    if (isSpace(c)) {
      at++
      continue
    }
    const token = tokenAt(sql, at, c)
    yield token
    at = token.end
  }
}

function tokenAt(sql: string, start: number, c: string): SqlToken {
  const next = sql.charAt(start + 1)
  if (c === '-' && next === '-') return lineComment(sql, start)
  if (c === '/' && next === '*') return blockComment(sql, start)
  if (c === "'") return quoted(sql, start, start, "'", 'string', false)
  if (c === '"') return quoted(sql, start, start, '"', 'quoted', false)
  if (c === '$') return dollar(sql, start)
  if (isDigit(c) || (c === '.' && isDigit(next))) return number(sql, start)
  if (isWordStart(c)) return word(sql, start)
  if (c === '?' && next !== '|' && next !== '&') return { kind: 'parameter', start, end: start + 1, closed: true }
  if (c === '?' || operatorCharacters.has(c)) return operator(sql, start)
  if (c === ':' && (next === ':' || next === '=')) return { kind: 'mark', start, end: start + 2, closed: true }
  return { kind: 'mark', start, end: start + 1, closed: true }
}

function lineComment(sql: string, start: number): SqlToken {
  let end = start + 2
  while (end < sql.length && sql.charAt(end) !== '\n' && sql.charAt(end) !== '\r') end++
  return { kind: 'comment', start, end, closed: true }
}

/** Block comments nest. */
function blockComment(sql: string, start: number): SqlToken {
  let depth = 1
  let at = start + 2
  while (at < sql.length) {
    const c = sql.charAt(at)
    const next = sql.charAt(at + 1)
    if (c === '*' && next === '/') {
      at += 2
      depth--
      if (depth === 0) return { kind: 'comment', start, end: at, closed: true }
    } else if (c === '/' && next === '*') {
      depth++
      at += 2
    } else at++
  }
  return { kind: 'comment', start, end: sql.length, closed: false }
}

/** A doubled quote stands for itself; a backslash escapes only in E'' strings. */
function quoted(
  sql: string,
  start: number,
  open: number,
  quote: string,
  kind: 'string' | 'quoted',
  backslash: boolean,
): SqlToken {
  let at = open + 1
  while (at < sql.length) {
    const c = sql.charAt(at)
    if (backslash && c === '\\') at += 2
    else if (c !== quote) at++
    else if (sql.charAt(at + 1) === quote) at += 2
    else return { kind, start, end: at + 1, closed: true }
  }
  return { kind, start, end: sql.length, closed: false }
}

/** `$1`, `$$text$$`, `$tag$text$tag$`, or a lone dollar sign. */
function dollar(sql: string, start: number): SqlToken {
  let at = start + 1
  if (isDigit(sql.charAt(at))) {
    while (isDigit(sql.charAt(at))) at++
    return { kind: 'parameter', start, end: at, closed: true }
  }
  if (isWordStart(sql.charAt(at))) {
    at++
    while (isWordStart(sql.charAt(at)) || isDigit(sql.charAt(at))) at++
  }
  if (sql.charAt(at) !== '$') return { kind: 'mark', start, end: start + 1, closed: true }
  const tag = sql.slice(start, at + 1)
  const close = sql.indexOf(tag, at + 1)
  if (close < 0) return { kind: 'string', start, end: sql.length, closed: false }
  return { kind: 'string', start, end: close + tag.length, closed: true }
}

function number(sql: string, start: number): SqlToken {
  let at = start
  while (at < sql.length) {
    const c = sql.charAt(at)
    const sign = (c === '+' || c === '-') && /[eE]/.test(sql.charAt(at - 1)) && isDigit(sql.charAt(at + 1))
    if (!sign && c !== '.' && (!isWordPart(c) || c === '$')) break
    at++
  }
  return { kind: 'number', start, end: at, closed: true }
}

function word(sql: string, start: number): SqlToken {
  let at = start + 1
  while (at < sql.length && isWordPart(sql.charAt(at))) at++
  const name = at - start === 1 ? sql.charAt(start).toLowerCase() : ''
  if (sql.charAt(at) === "'" && stringPrefixes.has(name)) return quoted(sql, start, at, "'", 'string', name === 'e')
  if (name === 'u' && sql.charAt(at) === '&' && sql.charAt(at + 1) === "'") {
    return quoted(sql, start, at + 1, "'", 'string', false)
  }
  return { kind: 'word', start, end: at, closed: true }
}

/** The longest run of operator characters that holds no comment; a sign at its end belongs to what follows. */
function operator(sql: string, start: number): SqlToken {
  let end = start + 1
  let special = '?~!@#%^&|`'.includes(sql.charAt(start))
  while (end < sql.length) {
    const c = sql.charAt(end)
    const next = sql.charAt(end + 1)
    if ((c === '-' && next === '-') || (c === '/' && next === '*')) break
    if (!operatorCharacters.has(c) && !(c === '?' && (next === '|' || next === '&'))) break
    if ('?~!@#%^&|`'.includes(c)) special = true
    end++
  }
  while (!special && end - start > 1 && '+-'.includes(sql.charAt(end - 1))) end--
  return { kind: 'operator', start, end, closed: true }
}

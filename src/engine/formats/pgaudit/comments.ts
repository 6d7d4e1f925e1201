/**
 * Context that an application wrote into a comment of its statement: sqlcommenter (`key='value',…`, keys and values
 * URL-encoded, quotes escaped by a backslash; google.github.io/sqlcommenter/spec) and the older colon form
 * (`application:A,request_id:1`). The trace context is W3C `traceparent`.
 */
import { scanSql } from './sqlScan'

export interface TraceContext {
  /** 32 lower-case hex digits. */
  readonly traceId: string
  /** 16 lower-case hex digits. */
  readonly spanId: string
}

export interface StatementTags {
  readonly tags: ReadonlyMap<string, string>
  readonly trace: TraceContext | undefined
}

const MAX_TAGS = 64
const noTags: StatementTags = { tags: new Map(), trace: undefined }

/**
 * Tags of all closed block comments outside strings. Where a key occurs twice the later one counts, since the
 * libraries append theirs at the end of the statement.
 */
export function statementTags(sql: string): StatementTags {
  if (!sql.includes('/*')) return noTags
  const tags = new Map<string, string>()
  for (const token of scanSql(sql)) {
    if (token.kind !== 'comment' || !token.closed || sql.charAt(token.start) !== '/') continue
    for (const [key, value] of parseComment(sql.slice(token.start + 2, token.end - 2))) {
      if (tags.size < MAX_TAGS || tags.has(key)) tags.set(key, value)
    }
  }
  return { tags, trace: parseTraceparent(tags.get('traceparent')) }
}

/** Pairs of one comment's inside, in order; what is no pair is passed over. */
export function parseComment(comment: string): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = []
  let at = 0
  while (at < comment.length) {
    const separator = nextOf(comment, at, '=:,')
    const mark = comment.charAt(separator)
    if (mark !== '=' && mark !== ':') {
      at = separator + 1
      continue
    }
    const key = decode(comment.slice(at, separator).trim())
    let start = separator + 1
    while (comment.charAt(start) === ' ') start++
    let value: string
    if (comment.charAt(start) === "'") {
      const end = closingQuote(comment, start + 1)
      if (end < 0) return pairs
      value = decode(comment.slice(start + 1, end).replaceAll("\\'", "'"))
      at = nextOf(comment, end + 1, ',') + 1
    } else {
      const end = nextOf(comment, start, ',')
      value = decode(comment.slice(start, end).trim())
      at = end + 1
    }
    if (/^[\w.-]{1,64}$/.test(key) && value !== '') pairs.push([key, value])
  }
  return pairs
}

function nextOf(text: string, from: number, marks: string): number {
  let at = from
  while (at < text.length && !marks.includes(text.charAt(at))) at++
  return at
}

function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text.charAt(at) === '\\') at++
    else if (text.charAt(at) === "'") return at
  }
  return -1
}

function decode(value: string): string {
  if (!value.includes('%')) return value
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** W3C Trace Context `traceparent`; version ff, all-zero ids and extra parts of version 00 are invalid. */
function parseTraceparent(value: string | undefined): TraceContext | undefined {
  if (value === undefined) return undefined
  const match = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/i.exec(value)
  if (match === null) return undefined
  const [, version = '', traceId = '', spanId = '', rest] = match
  if (version.toLowerCase() === 'ff' || (version === '00' && rest !== undefined)) return undefined
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined
  return { traceId: traceId.toLowerCase(), spanId: spanId.toLowerCase() }
}

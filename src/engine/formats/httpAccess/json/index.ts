/** Reads JSON access logs, and lines of text that a collector put into JSON (`log`, `message`). */

import { at as atPath, get, isObject, type JsonObject, type JsonValue, list, text } from '../../../../common/json'
import { anyClock, type WallClock } from '../../../../common/time'
import { objectIn } from '../../shared/embeddedJson'
import { getFolded } from '../../shared/folded'
import { httpStatus } from '../../shared/outcome'
import { eachRecord, type RecordFate } from '../../shared/recordSession'
import { amznTrace, b3Single, type HeaderTrace, plainTrace, traceparent, uberTrace } from '../../shared/traceHeaders'
import { withExactIntegers } from '../../spans/exact'
import type { InnerRecord, JsonReader, RecordAt } from '../../types'
import { requestOfLine } from '../lines'
import { countOf, type HttpRequest, stated } from '../request'
import { httpRow } from '../row'
import { requestLine } from '../target'
import { durationUs, epochInstant, type LogInstant, logInstant } from '../times'
import { envoyVerdict, grpcVerdict } from '../verdict'
import { dialects, type JsonDialect, type Key, type Part } from './dialects'

/** Keys under which collectors put a line as it was written. */
const lineKeys = ['log', 'message', '@message', '_raw', 'msg', 'textPayload'] as const

export const jsonReader: JsonReader = {
  layouts: [],
  match(value) {
    if (!isObject(value)) return 0
    const dialect = dialectOf(value)
    if (dialect !== undefined) return dialect.score
    const line = lineOf(value)
    if (line === undefined) return 0
    if (line.startsWith('{')) return innerDialect(line) === undefined ? 0 : 0.9
    return requestOfLine(line, { wallClock: anyClock }) === undefined ? 0 : 0.85
  },
  unwrap(value): readonly InnerRecord[] | undefined {
    if (!isObject(value) || dialectOf(value) !== undefined) return undefined
    const line = lineOf(value)
    return line?.startsWith('{') === true && innerDialect(line) !== undefined ? [{ text: line }] : undefined
  },
  open: eachRecord((value, _context, { wallClock }, at): RecordFate => {
    if (!isObject(value)) return { reject: 'The record is no JSON object.' }
    const dialect = dialectOf(value)
    const line = dialect === undefined ? lineOf(value) : undefined
    const request =
      dialect !== undefined
        ? requestOf(dialect, value, wallClock, at)
        : line === undefined
          ? undefined
          : requestOfLine(line, { wallClock })
    if (request === undefined) return { reject: 'The record is no request of a known access log.' }
    return { rows: [{ table: 'access_event', row: httpRow(request) }] }
  }),
}

function dialectOf(value: JsonObject): JsonDialect | undefined {
  return dialects.find((dialect) => isOf(dialect, value))
}

/** Keys alone are common words: the status must be a status, too. */
function isOf({ needs, keys }: JsonDialect, value: JsonObject): boolean {
  if (!needs.every((group) => group.some((key) => valueAt(value, key) !== undefined))) return false
  const status = first(value, keys.status)
  return status === '0' || status === '-' || status === '000' || httpStatus(status) !== undefined
}

/** The last text and what it is: `match` and `unwrap` ask for the same one after the other. */
let judged: { readonly line: string; readonly dialect: JsonDialect | undefined } = { line: '', dialect: undefined }

function innerDialect(line: string): JsonDialect | undefined {
  // Asked for every record: only what has the words of an access log is parsed.
  if (!/"(?:status|response_code|status_code|statusCode|DownstreamStatus)"/.test(line)) return undefined
  if (judged.line === line) return judged.dialect
  const inner = objectIn(line)
  judged = { line, dialect: inner === undefined ? undefined : dialectOf(inner) }
  return judged.dialect
}

/** The line that a collector wrapped; line ends are its own. */
function lineOf(value: JsonObject): string | undefined {
  for (const key of lineKeys) {
    const line = get(value, key)
    if (typeof line === 'string' && line.length > 20) return line.trimEnd()
  }
  return undefined
}

function requestOf(dialect: JsonDialect, record: JsonObject, wallClock: WallClock, at: RecordAt): HttpRequest {
  const exact = withExactIntegers(record, at)
  const value = isObject(exact) ? exact : record
  const part = (name: Part) => first(value, dialect.keys[name])
  const header = (name: string) => headerOf(dialect, value, name)
  const line = requestLine(part('line') ?? '')
  const status = httpStatus(part('status'))
  const duration = part('duration')
  return {
    time: timeOf(part('time'), wallClock),
    timeKind: dialect.timeKind,
    durationUs: durationUs(duration, dialect.durationUnit),
    client: part('client'),
    clientPort: portOf(part('clientPort')),
    forwarded: part('forwarded') ?? header('X-Forwarded-For'),
    user: part('user'),
    method: line.method ?? stated(part('method'))?.toUpperCase(),
    target: line.target ?? part('target'),
    host: part('host'),
    service: part('service'),
    status,
    bytesIn: countOf(part('bytesIn')),
    bytesOut: countOf(part('bytesOut')),
    userAgent: part('agent') ?? header('User-Agent'),
    requestId: part('requestId') ?? header('X-Request-Id'),
    trace: traceOf(part, header),
    // A proxy's own refusal counts before the status that it made up for gRPC.
    verdict: {
      ...grpcVerdict(part('grpc')),
      ...envoyVerdict(part('flags'), part('details'), status),
    },
  }
}

/** The first key that holds a value: text, or the texts of a list. `-` is none. */
function first(value: JsonObject, keys: readonly Key[] = []): string | undefined {
  for (const key of keys) {
    const found = valueAt(value, key)
    const words = stated(Array.isArray(found) ? joined(found) : text(found))
    if (words !== undefined) return words
  }
  return undefined
}

function joined(values: readonly JsonValue[]): string | undefined {
  const words = values.slice(0, 50).flatMap((item) => text(item) ?? [])
  return words.length === 0 ? undefined : words.join(', ')
}

function valueAt(value: JsonObject, key: Key): JsonValue | undefined {
  return typeof key === 'string' ? get(value, key) : atPath(value, ...key)
}

function headerOf({ headers, headerPrefix }: JsonDialect, value: JsonObject, name: string): string | undefined {
  const found =
    headers !== undefined
      ? getFolded(valueAt(value, headers), name)
      : headerPrefix !== undefined
        ? getFolded(value, headerPrefix + name)
        : undefined
  return stated(text(found) ?? joined(list(found)))
}

/** RFC 3339, the common log format, or a number since 1970. */
function timeOf(value: string | undefined, wallClock: WallClock): LogInstant | undefined {
  if (value === undefined) return undefined
  const trimmed = value.trim().replace(/^\[(.*)\]$/, '$1')
  return logInstant(trimmed, wallClock) ?? epochInstant(trimmed)
}

function portOf(value: string | undefined): number | undefined {
  const port = value !== undefined && /^\d{1,5}$/.test(value) ? Number(value) : 0
  return port > 0 && port <= 65_535 ? port : undefined
}

type Ask = (name: string) => string | undefined

function traceOf(part: (name: Part) => string | undefined, header: Ask): HeaderTrace | undefined {
  const read = (value: string | undefined, parse: (text: string) => HeaderTrace | undefined) =>
    value === undefined ? undefined : parse(value)
  const id = part('traceId')
  return (
    read(part('traceparent') ?? header('Traceparent'), traceparent) ??
    read(part('amznTrace') ?? header('X-Amzn-Trace-Id'), amznTrace) ??
    read(part('b3') ?? header('B3'), b3Single) ??
    read(header('X-B3-TraceId'), (value) => plainTrace(value, header('X-B3-SpanId'), 'b3')) ??
    read(header('Uber-Trace-Id'), uberTrace) ??
    read(id, (value) => plainTrace(value, part('spanId'), 'trace_id') ?? amznTrace(`Root=${value}`))
  )
}

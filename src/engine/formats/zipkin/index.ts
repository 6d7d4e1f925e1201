/** Zipkin spans in JSON, versions 2 and 1: a list, a list of traces, JSON lines or a single span. */
import { get, isObject, type JsonValue } from '../../../common/json'
import type { SpanDraft } from '../spans/draft'
import { Malformed } from '../spans/malformed'
import { openSpanSession } from '../spans/session'
import type { Format } from '../types'
import { zipkinSpan } from './span'
import { isVersion1, version1Spans } from './version1'

const ownKeys = ['localEndpoint', 'remoteEndpoint', 'annotations', 'binaryAnnotations']
const kinds = new Set(['CLIENT', 'SERVER', 'PRODUCER', 'CONSUMER'])

/** `traceId` and `id` stand in many logs: without a key that only Zipkin has, ids and times must be of its form too. */
function score(value: JsonValue): number {
  const traceId = get(value, 'traceId')
  const id = get(value, 'id')
  // `spanId` would make it a span or a log record of another format.
  if (typeof traceId !== 'string' || typeof id !== 'string' || get(value, 'spanId') !== undefined) return 0
  if (ownKeys.some((key) => isObject(get(value, key)) || Array.isArray(get(value, key)))) return 0.95
  if (!/^[0-9a-fA-F]{1,32}$/.test(traceId) || !/^[0-9a-fA-F]{1,16}$/.test(id)) return 0
  const kind = get(value, 'kind')
  if (typeof kind === 'string' && kinds.has(kind)) return 0.9
  return typeof get(value, 'timestamp') === 'number' && typeof get(value, 'name') === 'string' ? 0.7 : 0
}

function read(value: JsonValue): readonly SpanDraft[] {
  // A trace of a list of traces that was not taken apart.
  if (Array.isArray(value)) return value.flatMap((item: JsonValue) => spansOf(item))
  return spansOf(value)
}

function spansOf(value: JsonValue): readonly SpanDraft[] {
  if (!isObject(value)) throw new Malformed('The span is no object.')
  return isVersion1(value) ? version1Spans(value) : [zipkinSpan(value)]
}

export const zipkin: Format = {
  id: 'zipkin',
  title: 'Zipkin traces',
  source: 'trace',
  containers: ['JSON', 'JSON lines'],
  description: 'Spans of the Zipkin API, versions 2 and 1, as its server answers them and reporters write them.',
  json: {
    layouts: [],
    match: (value) => (Array.isArray(value) ? Math.max(0, ...value.slice(0, 20).map(score)) : score(value)),
    open: (options) => openSpanSession(options, read),
  },
}

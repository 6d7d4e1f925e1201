/** Zipkin spans in JSON, versions 2 and 1: a list, a list of traces, JSON lines or a single span. */
import { get, isObject, type JsonValue } from '../../../common/json'
import type { SpanDraft } from '../spans/draft'
import { Malformed } from '../spans/malformed'
import { openSpanSession } from '../spans/session'
import type { Format } from '../types'
import { zipkinSpan } from './span'
import { isVersion1, version1Spans } from './version1'

const marks = ['localEndpoint', 'remoteEndpoint', 'kind', 'annotations', 'binaryAnnotations', 'tags', 'timestamp']

function isSpan(value: JsonValue): boolean {
  if (!isObject(value) || typeof get(value, 'traceId') !== 'string' || typeof get(value, 'id') !== 'string')
    return false
  // `spanId` would make it a span or a log record of another format.
  return get(value, 'spanId') === undefined && marks.some((mark) => get(value, mark) !== undefined)
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
    match: (value) => (isSpan(value) || (Array.isArray(value) && value.some(isSpan)) ? 0.95 : 0),
    open: (options) => openSpanSession(options, read),
  },
}

/** AWS X-Ray segment documents: alone, in lines, as BatchGetTraces answers and as PutTraceSegments sends them. */
import { get, isObject, type JsonObject, type JsonValue, list } from '../../../common/json'
import { openSpanSession } from '../spans/session'
import type { Format, InnerRecord, JsonLayout } from '../types'
import { isXrayTraceId } from './ids'
import { spansOf } from './segment'

const batch: JsonLayout = { id: 'xray:Traces', records: ['Traces', '*', 'Segments', '*'], context: [] }

export const xray: Format = {
  id: 'xray',
  title: 'AWS X-Ray segments',
  source: 'trace',
  containers: ['JSON', 'JSON lines', 'BatchGetTraces', 'PutTraceSegments', 'daemon stream'],
  description: 'Segments and subsegments as spans, with the request ids that CloudTrail also records.',
  json: {
    layouts: [batch],
    match: (value, layout) => {
      if (!isObject(value)) return 0
      if (layout === batch.id) return typeof get(value, 'Document') === 'string' ? 0.95 : 0
      if (isSegment(value)) return isXrayTraceId(get(value, 'trace_id')) ? 0.95 : 0.7
      if (isSegmentTexts(value)) return 0.95
      return isDaemonHeader(value) ? 0.6 : 0
    },
    unwrap,
    open: (options) => {
      const session = openSpanSession(options, spansOf)
      return {
        record(value, context, at) {
          if (isObject(value) && isDaemonHeader(value)) options.sink.skip(at, 'the header that the X-Ray daemon reads')
          else session.record(value, context, at)
        },
        end: () => session.end(),
      }
    },
  },
}

function isSegment(value: JsonObject): boolean {
  const traceId = get(value, 'trace_id')
  const id = get(value, 'id')
  const start = get(value, 'start_time')
  return (
    (isXrayTraceId(traceId) || (typeof traceId === 'string' && /^[0-9a-f]{32}$/i.test(traceId))) &&
    typeof id === 'string' &&
    /^[0-9a-f]{16}$/i.test(id) &&
    typeof get(value, 'name') === 'string' &&
    typeof start === 'number' &&
    // Seconds; spans of other formats count smaller units.
    start < 10_000_000_000 &&
    (get(value, 'end_time') !== undefined || get(value, 'in_progress') === true)
  )
}

function isSegmentTexts(value: JsonObject): boolean {
  const texts = list(get(value, 'TraceSegmentDocuments'))
  return texts.length > 0 && texts.every((item) => typeof item === 'string')
}

/** `{"format":"json","version":1}` stands before each segment that is sent to the daemon. */
function isDaemonHeader(value: JsonObject): boolean {
  return get(value, 'format') === 'json' && get(value, 'version') === 1 && Object.keys(value).length === 2
}

function unwrap(value: JsonValue): readonly InnerRecord[] | undefined {
  const document = get(value, 'Document')
  if (typeof document === 'string') return [{ text: document }]
  const texts = list(get(value, 'TraceSegmentDocuments')).flatMap((item) => (typeof item === 'string' ? [item] : []))
  return texts.length === 0 ? undefined : texts.map((item) => ({ text: item }))
}

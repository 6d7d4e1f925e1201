/** The OTLP/JSON reader: spans framed by layout, bare spans a line, and as a last resort whole requests as one record. */
import { isObject, type JsonValue } from '../../../../common/json'
import type { SpanDraft } from '../../spans/draft'
import { openSpanSession } from '../../spans/session'
import type { JsonContext, JsonReader } from '../../types'
import { containsRecords, recordsWithin } from '../jsonContainer'
import { field } from '../keys'
import { spanLayouts, spanSignal } from './jsonLayouts'
import { jsonSpan } from './jsonSpan'

const layoutIds = new Set(spanLayouts.map(({ id }) => id))

export const otlpJson: JsonReader = {
  layouts: spanLayouts,
  match: (value, layout) => {
    if (layout !== undefined && layoutIds.has(layout)) return 1
    if (isSpan(value)) return 0.9
    return isObject(value) && containsRecords(spanSignal, value) ? 0.95 : 0
  },
  open: (options) => openSpanSession(options, read),
}

function read(value: JsonValue, context: JsonContext): readonly SpanDraft[] {
  if (isObject(value) && containsRecords(spanSignal, value))
    return recordsWithin(spanSignal, value).map((span) => jsonSpan(span.value, span.context))
  return [jsonSpan(value, context)]
}

function isSpan(value: JsonValue): boolean {
  if (!isObject(value)) return false
  return (
    field(value, 'traceId', 'trace_id') !== undefined &&
    field(value, 'spanId', 'span_id') !== undefined &&
    field(value, 'startTimeUnixNano', 'start_time_unix_nano') !== undefined
  )
}

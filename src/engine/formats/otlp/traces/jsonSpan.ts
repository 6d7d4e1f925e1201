/**
 * One span of OTLP/JSON. Source: opentelemetry-proto, docs "JSON Protobuf Encoding" and trace.proto; ids are hex,
 * 64-bit integers are numbers or text, enums are numbers or names.
 */
import { get, isObject, type JsonValue, list } from '../../../../common/json'
import type { SpanRow } from '../../../db/rows'
import type { DraftEvent, DraftLink, SpanDraft } from '../../spans/draft'
import { kindOf, statusOf } from '../../spans/enums'
import { otlpId, SPAN_ID_DIGITS, TRACE_ID_DIGITS } from '../../spans/ids'
import { Malformed } from '../../spans/malformed'
import { flagsOf, nanoseconds } from '../../spans/numbers'
import type { JsonContext } from '../../types'
import { scopeIn } from '../jsonContainer'
import { jsonAttributes, resourceOf } from '../jsonValues'
import { field, textField } from '../keys'

/** Throws `Malformed`. `context` holds `resource` and the scope under one of its names. */
export function jsonSpan(span: JsonValue, context: JsonContext): SpanDraft {
  if (!isObject(span)) throw new Malformed('The span is no object.')
  const scope = scopeIn(context)
  return {
    traceId: otlpId(textField(span, 'traceId', 'trace_id'), TRACE_ID_DIGITS),
    spanId: otlpId(textField(span, 'spanId', 'span_id'), SPAN_ID_DIGITS),
    parentSpanId: otlpId(textField(span, 'parentSpanId', 'parent_span_id'), SPAN_ID_DIGITS),
    name: textField(span, 'name'),
    kind: kindOf(field(span, 'kind')),
    startNs: nanoseconds(field(span, 'startTimeUnixNano', 'start_time_unix_nano'), 'The start time'),
    endNs: nanoseconds(field(span, 'endTimeUnixNano', 'end_time_unix_nano'), 'The end time'),
    ...status(get(span, 'status')),
    traceState: textField(span, 'traceState', 'trace_state') || undefined,
    flags: flagsOf(field(span, 'flags')),
    scopeName: scope === undefined ? undefined : textField(scope, 'name') || undefined,
    scopeVersion: scope === undefined ? undefined : textField(scope, 'version') || undefined,
    attributes: jsonAttributes(field(span, 'attributes')),
    resource: resourceOf(get(context, 'resource') ?? get(span, 'resource')),
    events: list(field(span, 'events')).map(event),
    links: list(field(span, 'links')).map(link),
  }
}

function status(value: JsonValue | undefined): { status: SpanRow['status']; statusMessage: string | undefined } {
  if (!isObject(value)) return { status: statusOf(value) ?? 'unset', statusMessage: undefined }
  const code = statusOf(field(value, 'code')) ?? 'unset'
  const old = field(value, 'deprecatedCode', 'deprecated_code')
  return {
    // OTLP before 1.0: any deprecated code but OK (0) meant an error.
    status: code === 'unset' && isError(old) ? 'error' : code,
    statusMessage: textField(value, 'message') || undefined,
  }
}

function isError(old: JsonValue | undefined): boolean {
  if (typeof old === 'number') return old !== 0
  return typeof old === 'string' && old !== '' && old !== '0' && old !== 'DEPRECATED_STATUS_CODE_OK'
}

function event(value: JsonValue): DraftEvent {
  if (!isObject(value)) throw new Malformed('A span event is no object.')
  return {
    name: textField(value, 'name'),
    timeNs: nanoseconds(field(value, 'timeUnixNano', 'time_unix_nano'), 'The time of a span event'),
    attributes: jsonAttributes(field(value, 'attributes')),
  }
}

function link(value: JsonValue): DraftLink {
  if (!isObject(value)) throw new Malformed('A span link is no object.')
  return {
    traceId: otlpId(textField(value, 'traceId', 'trace_id'), TRACE_ID_DIGITS),
    spanId: otlpId(textField(value, 'spanId', 'span_id'), SPAN_ID_DIGITS),
    attributes: jsonAttributes(field(value, 'attributes')),
  }
}

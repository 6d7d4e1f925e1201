/** One log record of OTLP/JSON (logs.proto); ids are hex, 64-bit integers are numbers or text. */
import { get, isObject, type JsonObject, type JsonValue } from '../../../../common/json'
import { otlpId, SPAN_ID_DIGITS, TRACE_ID_DIGITS } from '../../spans/ids'
import { Malformed } from '../../spans/malformed'
import { nanoseconds } from '../../spans/numbers'
import type { JsonContext } from '../../types'
import { scopeIn } from '../jsonContainer'
import { anyValue, jsonAttributes, resourceOf } from '../jsonValues'
import { field, textField } from '../keys'
import type { LogDraft } from './draft'
import { severityNumber } from './severity'

/** Throws `Malformed`. */
export function jsonLog(record: JsonValue, context: JsonContext): LogDraft {
  if (!isObject(record)) throw new Malformed('The log record is no object.')
  const scope = scopeIn(context)
  return {
    timeNs: nanoseconds(field(record, 'timeUnixNano', 'time_unix_nano'), 'The time'),
    observedNs: nanoseconds(field(record, 'observedTimeUnixNano', 'observed_time_unix_nano'), 'The observed time'),
    severityNumber: severityNumber(field(record, 'severityNumber', 'severity_number')),
    severityText: textField(record, 'severityText', 'severity_text'),
    eventName: textField(record, 'eventName', 'event_name'),
    body: anyValue(field(record, 'body'), 1),
    attributes: jsonAttributes(field(record, 'attributes')),
    traceId: otlpId(textField(record, 'traceId', 'trace_id'), TRACE_ID_DIGITS),
    spanId: otlpId(textField(record, 'spanId', 'span_id'), SPAN_ID_DIGITS),
    scopeName: scope === undefined ? '' : textField(scope, 'name'),
    scopeVersion: scope === undefined ? '' : textField(scope, 'version'),
    resource: resourceOf(get(context, 'resource') ?? get(record, 'resource')),
  }
}

/** A record that stands alone: a time in nanoseconds and what only log records have; never a span or a metric's point. */
export function isBareLog(record: JsonObject): boolean {
  const time = field(record, 'timeUnixNano', 'time_unix_nano', 'observedTimeUnixNano', 'observed_time_unix_nano')
  if (time === undefined || field(record, 'startTimeUnixNano', 'start_time_unix_nano') !== undefined) return false
  return field(record, 'severityNumber', 'severity_number', 'severityText', 'severity_text', 'body') !== undefined
}

/** What the JSON and the protobuf reader read from one log record, and the rows that it becomes. */
import type { LogRecordRow } from '../../../db/rows'
import {
  AttributeBuilder,
  type Attributes,
  type AttributeValue,
  attributesText,
  scalarText,
  valueText,
} from '../../spans/attributes'
import { idProblem, SPAN_ID_DIGITS, TRACE_ID_DIGITS } from '../../spans/ids'
import { storedNs } from '../../spans/numbers'
import type { EmittedRow } from '../../types'
import { sortedText } from '../sortedText'
import { accessEvent } from './accessEvent'
import { Facts } from './facts'
import { severityName } from './severity'

/** Ids are lower-case text of any form; empty where absent. Severity 0 is unspecified. */
export interface LogDraft {
  readonly timeNs: bigint | undefined
  readonly observedNs: bigint | undefined
  readonly severityNumber: number
  readonly severityText: string
  readonly eventName: string
  readonly body: AttributeValue
  readonly attributes: Attributes
  readonly traceId: string
  readonly spanId: string
  readonly scopeName: string
  readonly scopeVersion: string
  readonly resource: Attributes
}

/** The log record, and the access that it reports where it does. Throws `Malformed` where the times cannot be used. */
export function finishLog(draft: LogDraft): readonly EmittedRow[] {
  const timeNs = storedNs(draft.timeNs, 'The time')
  const observedNs = storedNs(draft.observedNs, 'The observed time')
  const ns = timeNs ?? observedNs
  const service = scalarText(draft.resource.get('service.name'))
  const ids = { trace_id: usable(draft.traceId, TRACE_ID_DIGITS), span_id: usable(draft.spanId, SPAN_ID_DIGITS) }
  const eventName = draft.eventName || scalarText(draft.attributes.get('event.name'))
  const row: LogRecordRow = {
    source: 'otel_log',
    ts: ns === undefined ? undefined : ns / 1000n,
    ts_precision: ns === undefined ? undefined : 'us',
    time_ns: ns,
    service,
    severity: draft.severityText || severityName(draft.severityNumber),
    event_name: eventName,
    body: bodyText(draft.body),
    ...ids,
    attributes: attributesText(withFields(draft, ids)),
    resource: attributesText(draft.resource),
  }
  const content = contentOf(draft)
  const rows: EmittedRow[] = [{ table: 'log_record', row, content }]
  const event = accessEvent(new Facts(draft.attributes, draft.body), { row, eventName })
  if (event !== undefined) rows.push({ table: 'access_event', row: event, content })
  return rows
}

function usable(id: string, digits: number): string | undefined {
  return idProblem(id, digits, '') === undefined ? id : undefined
}

function bodyText(body: AttributeValue): string | undefined {
  if (body === null || body === '') return undefined
  return typeof body === 'string' ? body : valueText(body)
}

/** The attributes, and the fields of the record that have no column, under names that attributes do not use. */
function withFields(draft: LogDraft, ids: Pick<LogRecordRow, 'trace_id' | 'span_id'>): Attributes {
  const fields: [string, AttributeValue][] = []
  if (draft.scopeName !== '') fields.push(['otel.scope.name', draft.scopeName])
  if (draft.scopeVersion !== '') fields.push(['otel.scope.version', draft.scopeVersion])
  if (draft.severityNumber !== 0 && draft.severityText !== '')
    fields.push(['otel.severity_number', draft.severityNumber])
  if (draft.timeNs !== undefined && draft.observedNs !== undefined && draft.observedNs !== draft.timeNs)
    fields.push(['otel.observed_time_unix_nano', `${draft.observedNs}`])
  if (ids.trace_id === undefined && isStated(draft.traceId)) fields.push(['otel.malformed_trace_id', draft.traceId])
  if (ids.span_id === undefined && isStated(draft.spanId)) fields.push(['otel.malformed_span_id', draft.spanId])
  if (fields.length === 0) return draft.attributes
  const builder = new AttributeBuilder()
  for (const [key, value] of draft.attributes) builder.set(key, value)
  for (const [key, value] of fields) builder.set(key, value)
  return builder.finish()
}

/** All zeros is how some SDKs write that there is no trace. */
function isStated(id: string): boolean {
  return /[^0]/.test(id)
}

/** What the record states, the same in JSON and protobuf. */
function contentOf(draft: LogDraft): string {
  const { timeNs, observedNs, severityNumber, severityText, eventName, body, traceId, spanId } = draft
  return JSON.stringify([
    ...['otlp-log', `${timeNs}`, `${observedNs}`, severityNumber, severityText, eventName, valueText(body)],
    ...[traceId, spanId, draft.scopeName, sortedText(draft.attributes), sortedText(draft.resource)],
  ])
}

/** What the trace formats read from one record, and the row that it becomes. */
import type { SpanEventRow, SpanLinkRow, SpanRow } from '../../db/rows'
import type { EmittedRow } from '../types'
import { type Attributes, attributesText, scalarText } from './attributes'
import { idProblem, SPAN_ID_DIGITS, TRACE_ID_DIGITS } from './ids'
import { Malformed } from './malformed'
import { storedNs } from './numbers'
import { promote } from './promote'

export interface DraftEvent {
  readonly name: string
  /** Undefined where the source states none: the span's start stands in. */
  readonly timeNs: bigint | undefined
  readonly attributes: Attributes
}

export interface DraftLink {
  readonly traceId: string
  readonly spanId: string
  readonly attributes: Attributes
}

/** Ids are lower-case text of any form here; empty where absent. */
export interface SpanDraft {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string
  readonly name: string
  readonly kind: SpanRow['kind']
  readonly startNs: bigint | undefined
  readonly endNs: bigint | undefined
  readonly status: SpanRow['status']
  readonly statusMessage?: string | undefined
  readonly traceState?: string | undefined
  readonly flags?: number | undefined
  readonly scopeName?: string | undefined
  readonly scopeVersion?: string | undefined
  readonly attributes: Attributes
  readonly resource: Attributes
  readonly events: readonly DraftEvent[]
  readonly links: readonly DraftLink[]
}

export type EmittedSpan = Extract<EmittedRow, { table: 'span' }>

/** The row of a draft. Throws `Malformed` where the ids or the times cannot be used. */
export function finishSpan(draft: SpanDraft): EmittedSpan {
  const problem =
    idProblem(draft.traceId, TRACE_ID_DIGITS, 'The trace id') ?? idProblem(draft.spanId, SPAN_ID_DIGITS, 'The span id')
  if (problem !== undefined) throw new Malformed(problem)
  const startNs = storedNs(startOf(draft), 'The start time')
  const endNs = storedNs(draft.endNs ?? startNs, 'The end time')
  const service = scalarText(draft.resource.get('service.name'))
  const parent = parentOf(draft)
  const row: SpanRow = {
    trace_id: draft.traceId,
    span_id: draft.spanId,
    parent_span_id: parent.id,
    name: draft.name,
    kind: draft.kind,
    service,
    start_ns: startNs,
    duration_ns: endNs > startNs ? endNs - startNs : 0n,
    status: draft.status,
    status_message: draft.statusMessage,
    trace_state: draft.traceState,
    flags: draft.flags,
    scope_name: draft.scopeName,
    scope_version: draft.scopeVersion,
    attributes: attributesText(draft.attributes),
    resource: resourceText(draft.resource),
    ...promote(draft.attributes, draft.kind, draft.resource),
  }
  return {
    table: 'span',
    row,
    events: draft.events.map((event) => eventRow(event, startNs)),
    links: [...draft.links, ...parent.links].map(linkRow),
    identity: identityOf(draft, row, endNs),
  }
}

/**
 * What every rendering of the same span states: ids, kind, service, name and times, and its content whatever the order
 * of the keys. A span that comes again with other content (a later part of a Zipkin span, an altered copy) is no
 * duplicate.
 */
function identityOf(draft: SpanDraft, row: SpanRow, endNs: bigint): string {
  const { trace_id, span_id, kind, service = null, name, start_ns, status, status_message = null } = row
  const events = draft.events.map((event) => [event.name, `${event.timeNs}`, sortedText(event.attributes)])
  return JSON.stringify([
    ...[trace_id, span_id, kind, service, name, `${start_ns}`, `${endNs}`, status, status_message],
    sortedText(draft.attributes),
    events,
  ])
}

function sortedText(attributes: Attributes): string {
  if (attributes.size < 2) return attributesText(attributes)
  return attributesText(new Map([...attributes].sort(([a], [b]) => (a < b ? -1 : 1))))
}

/** The stated start, else the earliest time that the span states at all. */
function startOf(draft: SpanDraft): bigint {
  if (draft.startNs !== undefined) return draft.startNs
  let earliest = draft.endNs
  for (const { timeNs } of draft.events) {
    if (timeNs !== undefined && (earliest === undefined || timeNs < earliest)) earliest = timeNs
  }
  if (earliest === undefined) throw new Malformed('The span states no time.')
  return earliest
}

/** A parent id that is no id cannot be a column value; it is kept as a link so that nothing is lost. */
function parentOf(draft: SpanDraft): { readonly id: string | undefined; readonly links: readonly DraftLink[] } {
  const id = draft.parentSpanId
  if (id === '' || /^0+$/.test(id)) return { id: undefined, links: [] }
  if (idProblem(id, SPAN_ID_DIGITS, '') === undefined) return { id, links: [] }
  const attributes: Attributes = new Map([['crosstrail.malformed', 'parent span id']])
  return { id: undefined, links: [{ traceId: draft.traceId, spanId: id, attributes }] }
}

function eventRow(event: DraftEvent, startNs: bigint): SpanEventRow {
  return {
    name: event.name,
    time_ns: storedNs(event.timeNs ?? startNs, 'The time of a span event'),
    attributes: attributesText(event.attributes),
  }
}

function linkRow(link: DraftLink): SpanLinkRow {
  return {
    linked_trace_id: link.traceId,
    linked_span_id: link.spanId,
    attributes: attributesText(link.attributes),
  }
}

/** Resources are shared by many spans that come one after the other: the last text is kept. */
const resourceTexts = new WeakMap<Attributes, string>()

function resourceText(resource: Attributes): string {
  const known = resourceTexts.get(resource)
  if (known !== undefined) return known
  const text = attributesText(resource)
  resourceTexts.set(resource, text)
  return text
}

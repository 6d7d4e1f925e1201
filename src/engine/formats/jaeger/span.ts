/**
 * One span of Jaeger's JSON: the UI's download and query API (`processes` beside the spans) and the documents of its
 * Elasticsearch storage (`process` inside the span). Times are microseconds. Source: jaeger, internal/uimodel.
 */
import { at, get, isObject, type JsonObject, type JsonValue, list, text } from '../../../common/json'
import { AttributeBuilder, type Attributes, noAttributes } from '../spans/attributes'
import type { DraftEvent, DraftLink, SpanDraft } from '../spans/draft'
import { kindOf } from '../spans/enums'
import { paddedId, SPAN_ID_DIGITS, TRACE_ID_DIGITS } from '../spans/ids'
import { Malformed } from '../spans/malformed'
import { flagsOf, microseconds } from '../spans/numbers'
import { tagColumns } from '../spans/tags'
import type { JsonContext } from '../types'
import { addTagFields, addTags } from './tags'

/** `context` may hold `processes` and `traceID` of the trace. Throws `Malformed`. */
export function jaegerSpan(span: JsonValue, context: JsonContext): SpanDraft {
  if (!isObject(span)) throw new Malformed('The span is no object.')
  const traceId = idOf(get(span, 'traceID') ?? get(context, 'traceID'), TRACE_ID_DIGITS)
  const attributes = attributesOf(span)
  const startNs = microseconds(get(span, 'startTime'), 'The start time')
  const durationNs = microseconds(get(span, 'duration'), 'The duration') ?? 0n
  const references = referencesOf(span, traceId)
  return {
    traceId,
    spanId: idOf(get(span, 'spanID'), SPAN_ID_DIGITS),
    parentSpanId: references.parent,
    name: text(get(span, 'operationName')) ?? '',
    kind: kindOf(attributes.get('span.kind')),
    startNs,
    endNs: startNs === undefined ? undefined : startNs + durationNs,
    ...tagColumns(attributes, isTrue(attributes.get('error'))),
    flags: flagsOf(get(span, 'flags')),
    attributes,
    resource: processOf(span, context),
    events: list(get(span, 'logs')).map(logEvent),
    links: references.links,
  }
}

function idOf(value: JsonValue | undefined, digits: number): string {
  return typeof value === 'string' && value !== '' ? paddedId(value, digits) : ''
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true'
}

function attributesOf(span: JsonObject): Attributes {
  const builder = new AttributeBuilder()
  addTags(get(span, 'tags'), builder)
  addTagFields(get(span, 'tag'), builder)
  const warnings = list(get(span, 'warnings')).filter((warning) => typeof warning === 'string')
  if (warnings.length > 0) builder.set('jaeger.warnings', warnings)
  return builder.finish()
}

/** All spans of a process are handed the same object. */
const resources = new WeakMap<JsonObject, Attributes>()

function processOf(span: JsonObject, context: JsonContext): Attributes {
  const embedded = get(span, 'process')
  const id = text(get(span, 'processID'))
  const process = isObject(embedded) ? embedded : id === undefined ? undefined : at(context, 'processes', id)
  if (!isObject(process)) return noAttributes
  const known = resources.get(process)
  if (known !== undefined) return known
  const builder = new AttributeBuilder()
  const service = text(get(process, 'serviceName'))
  if (service !== undefined) builder.set('service.name', service)
  addTags(get(process, 'tags'), builder)
  addTagFields(get(process, 'tag'), builder)
  const resource = builder.finish()
  resources.set(process, resource)
  return resource
}

/** A log's `event` field names it; the other fields are its attributes. */
function logEvent(log: JsonValue): DraftEvent {
  if (!isObject(log)) throw new Malformed('A log of the span is no object.')
  const builder = new AttributeBuilder()
  let name: string | undefined
  for (const item of list(get(log, 'fields'))) {
    if (name === undefined && get(item, 'key') === 'event') name = text(get(item, 'value'))
    else addTags([item], builder)
  }
  return {
    name: name ?? '',
    timeNs: microseconds(get(log, 'timestamp'), 'The time of a log'),
    attributes: builder.finish(),
  }
}

/**
 * The parent is the first CHILD_OF within the trace, else the first FOLLOWS_FROM, as Jaeger itself decides. Every
 * other reference is a link, and so is a FOLLOWS_FROM that serves as parent, since it says more than that.
 */
function referencesOf(
  span: JsonObject,
  traceId: string,
): { readonly parent: string; readonly links: readonly DraftLink[] } {
  const references = list(get(span, 'references')).map((reference) => ({
    type: text(get(reference, 'refType')) ?? '',
    traceId: idOf(get(reference, 'traceID'), TRACE_ID_DIGITS) || traceId,
    spanId: idOf(get(reference, 'spanID'), SPAN_ID_DIGITS),
  }))
  const within = references.filter((reference) => reference.traceId === traceId && reference.spanId !== '')
  const parent =
    within.find((reference) => reference.type === 'CHILD_OF') ??
    within.find((reference) => reference.type === 'FOLLOWS_FROM')
  return {
    parent: parent?.spanId ?? idOf(get(span, 'parentSpanID'), SPAN_ID_DIGITS),
    links: references
      .filter((reference) => reference !== parent || reference.type !== 'CHILD_OF')
      .map((reference) => ({
        traceId: reference.traceId,
        spanId: reference.spanId,
        attributes: new Map([['opentracing.ref_type', reference.type.toLowerCase()]]),
      })),
  }
}

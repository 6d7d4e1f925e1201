/** One Zipkin v2 span (zipkin2 API). Client and server of one call may share an id: both are kept, told apart by kind. */
import { get, isObject, type JsonObject, type JsonValue, list, text } from '../../../common/json'
import { AttributeBuilder, type Attributes, plainValue, scalarText } from '../spans/attributes'
import type { DraftEvent, SpanDraft } from '../spans/draft'
import { kindOf } from '../spans/enums'
import { paddedId, SPAN_ID_DIGITS, TRACE_ID_DIGITS } from '../spans/ids'
import { Malformed } from '../spans/malformed'
import { microseconds } from '../spans/numbers'
import { tagColumns } from '../spans/tags'
import { addRemote, localResource } from './endpoint'

export function zipkinSpan(span: JsonObject): SpanDraft {
  const builder = new AttributeBuilder()
  const tags = get(span, 'tags')
  if (tags !== undefined && tags !== null && !isObject(tags)) throw new Malformed('The tags are no object.')
  if (isObject(tags)) for (const [key, value] of Object.entries(tags)) builder.set(key, plainValue(value))
  addRemote(get(span, 'remoteEndpoint'), builder)
  if (get(span, 'shared') === true) builder.set('zipkin.shared', true)
  return draftOf(span, {
    kind: kindOf(get(span, 'kind')),
    startNs: zipkinTime(get(span, 'timestamp'), 'The timestamp'),
    durationNs: microseconds(get(span, 'duration'), 'The duration') ?? undefined,
    attributes: builder,
    resource: localResource(get(span, 'localEndpoint')),
    events: annotationsOf(span).map(annotationEvent),
  })
}

interface ZipkinParts {
  readonly kind: SpanDraft['kind']
  readonly startNs: bigint | undefined
  readonly durationNs: bigint | undefined
  readonly attributes: AttributeBuilder
  readonly resource: Attributes
  readonly events: readonly DraftEvent[]
}

/** What versions 1 and 2 have in common. */
export function draftOf(span: JsonObject, parts: ZipkinParts): SpanDraft {
  if (get(span, 'debug') === true) parts.attributes.set('zipkin.debug', true)
  const attributes = parts.attributes.finish()
  const error = attributes.get('error')
  // Zipkin takes any `error` tag for an error, also an empty one; its value is the message.
  const isError = error !== undefined && error !== false && error !== 'false'
  const columns = tagColumns(attributes, isError)
  return {
    traceId: idOf(get(span, 'traceId'), TRACE_ID_DIGITS),
    spanId: idOf(get(span, 'id'), SPAN_ID_DIGITS),
    parentSpanId: idOf(get(span, 'parentId'), SPAN_ID_DIGITS),
    name: text(get(span, 'name')) ?? '',
    kind: parts.kind,
    startNs: parts.startNs,
    endNs: parts.startNs === undefined ? undefined : parts.startNs + (parts.durationNs ?? 0n),
    ...columns,
    statusMessage:
      columns.statusMessage ?? (isError && error !== 'true' && error !== true ? scalarText(error) : undefined),
    attributes,
    resource: parts.resource,
    events: parts.events,
    links: [],
  }
}

function idOf(value: JsonValue | undefined, digits: number): string {
  return typeof value === 'string' && value !== '' ? paddedId(value, digits) : ''
}

/** 0 is how some reporters write an absent time. */
export function zipkinTime(value: JsonValue | undefined, what: string): bigint | undefined {
  const ns = microseconds(value, what)
  return ns === 0n ? undefined : ns
}

export function annotationsOf(span: JsonObject): readonly JsonObject[] {
  return list(get(span, 'annotations')).map((annotation) => {
    if (!isObject(annotation)) throw new Malformed('An annotation is no object.')
    return annotation
  })
}

export function annotationEvent(annotation: JsonObject): DraftEvent {
  return {
    name: text(get(annotation, 'value')) ?? '',
    timeNs: zipkinTime(get(annotation, 'timestamp'), 'The time of an annotation'),
    attributes: new Map(),
  }
}

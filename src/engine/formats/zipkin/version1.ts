/**
 * Zipkin v1 spans. Core annotations give kind and times: `cs`/`cr` of a client, `sr`/`ss` of a server, `ms`/`mr` of
 * messages; binary annotations are tags, and those named `ca`, `sa`, `ma` name the other side. One v1 span may state
 * both sides of a call: it then gives two spans with one id, as version 2 writes it. Source: zipkin2 V1SpanConverter.
 */
import { get, type JsonObject, type JsonValue, list, text } from '../../../common/json'
import { AttributeBuilder, plainValue } from '../spans/attributes'
import type { SpanDraft } from '../spans/draft'
import { addRemote, localResource, serviceOf } from './endpoint'
import { annotationEvent, annotationsOf, draftOf, zipkinTime } from './span'

interface Side {
  readonly kind: SpanDraft['kind']
  readonly start: string
  readonly end: string
  readonly remote: string
}

const sides: readonly Side[] = [
  { kind: 'client', start: 'cs', end: 'cr', remote: 'sa' },
  { kind: 'server', start: 'sr', end: 'ss', remote: 'ca' },
  { kind: 'producer', start: 'ms', end: '', remote: 'ma' },
  { kind: 'consumer', start: 'mr', end: '', remote: 'ma' },
]
const core = new Set(['cs', 'cr', 'sr', 'ss', 'ms', 'mr'])
const addresses = new Set(['ca', 'sa', 'ma'])
const noSide: Side = { kind: 'unspecified', start: '', end: '', remote: '' }

export function isVersion1(span: JsonObject): boolean {
  if (Array.isArray(get(span, 'binaryAnnotations'))) return true
  if (get(span, 'localEndpoint') !== undefined || get(span, 'kind') !== undefined) return false
  return list(get(span, 'annotations')).some((annotation) => get(annotation, 'endpoint') !== undefined)
}

export function version1Spans(span: JsonObject): readonly SpanDraft[] {
  const values = new Set(annotationsOf(span).map((annotation) => text(get(annotation, 'value'))))
  const stated = sides.filter((side) => values.has(side.start) || (side.end !== '' && values.has(side.end)))
  const [only = noSide] = stated
  if (stated.length <= 1) return [sideSpan(span, only, undefined)]
  return stated.map((side) => sideSpan(span, side, serviceOf(endpointOf(span, side))))
}

/** `service` is given where the span states several sides: annotations and tags then go to the side they were made on. */
function sideSpan(span: JsonObject, side: Side, service: string | undefined): SpanDraft {
  const shared = service !== undefined
  const ours = (item: JsonValue) => !shared || serviceOf(get(item, 'endpoint')) === service
  const builder = new AttributeBuilder()
  let remote: JsonValue | undefined
  for (const item of list(get(span, 'binaryAnnotations'))) {
    const key = text(get(item, 'key')) ?? ''
    if (addresses.has(key) && isAddress(get(item, 'value'))) {
      if (key === side.remote) remote = get(item, 'endpoint')
    } else if (ours(item)) builder.set(key, plainValue(get(item, 'value') ?? null))
  }
  addRemote(remote, builder)
  const start = timeOf(span, side.start)
  const end = timeOf(span, side.end)
  const startNs = shared ? (start ?? spanTime(span)) : (spanTime(span) ?? start)
  const statedNs = zipkinTime(get(span, 'duration'), 'The duration')
  const measuredNs = startNs === undefined || end === undefined ? undefined : end - startNs
  return draftOf(span, {
    kind: side.kind,
    startNs,
    durationNs: shared ? (measuredNs ?? statedNs) : (statedNs ?? measuredNs),
    attributes: builder,
    resource: localResource(endpointOf(span, side)),
    events: annotationsOf(span)
      .filter((annotation) => !core.has(text(get(annotation, 'value')) ?? '') && ours(annotation))
      .map(annotationEvent),
  })
}

function isAddress(value: JsonValue | undefined): boolean {
  return value === true || value === 'true' || value === '\u0001'
}

function spanTime(span: JsonObject): bigint | undefined {
  return zipkinTime(get(span, 'timestamp'), 'The timestamp')
}

function annotated(span: JsonObject, value: string): JsonObject | undefined {
  return annotationsOf(span).find((annotation) => get(annotation, 'value') === value)
}

function timeOf(span: JsonObject, value: string): bigint | undefined {
  const annotation = value === '' ? undefined : annotated(span, value)
  return zipkinTime(get(annotation, 'timestamp'), 'The time of an annotation')
}

/** The endpoint of the side's own annotations, else (no side stated) of any annotation or tag. */
function endpointOf(span: JsonObject, side: Side): JsonValue | undefined {
  const own = annotated(span, side.start) ?? (side.end === '' ? undefined : annotated(span, side.end))
  if (own !== undefined) return get(own, 'endpoint')
  const all = [...annotationsOf(span), ...list(get(span, 'binaryAnnotations'))]
  return all
    .filter((item) => !addresses.has(text(get(item, 'key')) ?? ''))
    .map((item) => get(item, 'endpoint'))
    .find((endpoint) => serviceOf(endpoint) !== undefined)
}

/** A segment document with all its subsegments, each a span. Source: "X-Ray segment documents" of the AWS documentation. */
import { get, isObject, type JsonObject, type JsonValue, list, at as pathAt, text, textAt } from '../../../common/json'
import type { SpanRow } from '../../db/rows'
import { decimalNs } from '../metrics/decimal'
import { type Attributes, type AttributeValue, noAttributes, plainAttributes } from '../spans/attributes'
import type { DraftEvent, DraftLink, SpanDraft } from '../spans/draft'
import { Malformed } from '../spans/malformed'
import { attributesOf, resourceOf } from './attributes'
import { traceIdOf } from './ids'

/** Throws `Malformed`. A document of the type `subsegment` was sent apart from its segment. */
export function spansOf(document: JsonValue): readonly SpanDraft[] {
  if (!isObject(document)) throw new Malformed('The segment is no object.')
  const apart = get(document, 'type') === 'subsegment'
  const whole = {
    traceId: traceIdOf(text(get(document, 'trace_id')) ?? ''),
    // The name of a subsegment is what it called; its service stands in the segment, which is not here.
    resource: apart ? noAttributes : resourceOf(document),
  }
  const drafts: SpanDraft[] = []
  collect(
    document,
    { ...whole, parent: text(get(document, 'parent_id')) ?? '', kind: apart ? undefined : 'server' },
    drafts,
  )
  return drafts
}

interface Around {
  readonly traceId: string
  readonly resource: Attributes
  readonly parent: string
  /** Undefined for subsegments: their namespace tells. */
  readonly kind: SpanRow['kind'] | undefined
}

function collect(segment: JsonObject, around: Around, drafts: SpanDraft[]): void {
  const id = (text(get(segment, 'id')) ?? '').toLowerCase()
  const failed = ['fault', 'error', 'throttle'].some((flag) => get(segment, flag) === true)
  drafts.push({
    traceId: around.traceId,
    spanId: id,
    parentSpanId: around.parent.toLowerCase(),
    name: text(get(segment, 'name')) ?? '',
    kind: around.kind ?? kindOf(segment),
    startNs: secondsOf(get(segment, 'start_time'), 'The start time'),
    endNs: secondsOf(get(segment, 'end_time'), 'The end time'),
    status: failed ? 'error' : 'unset',
    statusMessage: failed ? textAt(segment, 'cause', 'exceptions', '0', 'message') : undefined,
    attributes: attributesOf(segment),
    resource: around.resource,
    events: list(pathAt(segment, 'cause', 'exceptions'))
      .filter(isObject)
      .map(exceptionEvent),
    links: list(get(segment, 'links')).filter(isObject).map(linkOf),
  })
  for (const inner of list(get(segment, 'subsegments'))) {
    if (!isObject(inner)) throw new Malformed('A subsegment is no object.')
    collect(inner, { ...around, parent: id, kind: undefined }, drafts)
  }
}

/** A namespace says that another service was called. */
function kindOf(subsegment: JsonObject): SpanRow['kind'] {
  const namespace = get(subsegment, 'namespace')
  return namespace === 'aws' || namespace === 'remote' ? 'client' : 'internal'
}

/** Seconds with decimals, a number or its text. */
function secondsOf(value: JsonValue | undefined, what: string): bigint | undefined {
  if (value === undefined || value === null || value === 0) return undefined
  const ns = typeof value === 'number' || typeof value === 'string' ? decimalNs(String(value)) : undefined
  if (ns === undefined) throw new Malformed(`${what} is no number of seconds.`)
  return ns
}

/** X-Ray states no time for exceptions. */
function exceptionEvent(exception: JsonObject): DraftEvent {
  const stack = list(get(exception, 'stack'))
    .filter(isObject)
    .map(
      (frame) =>
        `at ${textAt(frame, 'label') ?? '?'} (${textAt(frame, 'path') ?? '?'}:${textAt(frame, 'line') ?? '?'})`,
    )
  const entries: [string, AttributeValue | undefined][] = [
    ['exception.type', text(get(exception, 'type'))],
    ['exception.message', text(get(exception, 'message'))],
    ['exception.stacktrace', stack.length === 0 ? undefined : stack.join('\n')],
    ['aws.xray.exception.id', text(get(exception, 'id'))],
    ['aws.xray.exception.remote', get(exception, 'remote') === true ? true : undefined],
  ]
  const attributes = new Map<string, AttributeValue>()
  for (const [key, value] of entries) if (value !== undefined) attributes.set(key, value)
  return { name: 'exception', timeNs: undefined, attributes }
}

function linkOf(link: JsonObject): DraftLink {
  return {
    traceId: traceIdOf(text(get(link, 'trace_id')) ?? ''),
    spanId: (text(get(link, 'id')) ?? text(get(link, 'span_id')) ?? '').toLowerCase(),
    attributes: plainAttributes(get(link, 'attributes')),
  }
}

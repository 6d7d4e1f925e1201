/** One span of OTLP in protobuf; field numbers from opentelemetry-proto trace.proto. */
import type { SpanRow } from '../../../db/rows'
import { AttributeBuilder, type Attributes } from '../../spans/attributes'
import type { DraftEvent, DraftLink, SpanDraft } from '../../spans/draft'
import { kindOf, statusOf } from '../../spans/enums'
import { bytesId } from '../../spans/ids'
import { flagsOf } from '../../spans/numbers'
import { emitSpans } from '../../spans/session'
import type { RecordAt, Sink } from '../../types'
import { readMessage, WireType } from '../wire'
import type { WireScope } from '../wireResource'
import { readKeyValue } from '../wireValues'

export function emitWireSpan(
  sink: Sink,
  at: RecordAt,
  bytes: Uint8Array,
  resource: Attributes,
  scope: WireScope,
): void {
  emitSpans(sink, at, () => [wireSpan(bytes, resource, scope)])
}

function wireSpan(bytes: Uint8Array, resource: Attributes, scope: WireScope): SpanDraft {
  const ids = { traceId: '', spanId: '', parentSpanId: '' }
  const attributes = new AttributeBuilder()
  const events: DraftEvent[] = []
  const links: DraftLink[] = []
  let name = ''
  let traceState = ''
  let kind = 0
  let startNs = 0n
  let endNs = 0n
  let flags = 0
  let status: WireStatus = { status: 'unset', statusMessage: undefined }
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (wireType === WireType.LengthDelimited) {
      if (fieldNo === 1) ids.traceId = bytesId(reader.bytes())
      else if (fieldNo === 2) ids.spanId = bytesId(reader.bytes())
      else if (fieldNo === 3) traceState = reader.string()
      else if (fieldNo === 4) ids.parentSpanId = bytesId(reader.bytes())
      else if (fieldNo === 5) name = reader.string()
      else if (fieldNo === 9) readKeyValue(reader.bytes(), attributes)
      else if (fieldNo === 11) events.push(wireEvent(reader.bytes()))
      else if (fieldNo === 13) links.push(wireLink(reader.bytes()))
      else if (fieldNo === 15) status = wireStatus(reader.bytes())
      else return false
    } else if (wireType === WireType.Bit64) {
      if (fieldNo === 7) startNs = BigInt(reader.fixed64())
      else if (fieldNo === 8) endNs = BigInt(reader.fixed64())
      else return false
    } else if (wireType === WireType.Varint && fieldNo === 6) kind = reader.int32()
    else if (wireType === WireType.Bit32 && fieldNo === 16) flags = reader.fixed32()
    else return false
    return true
  })
  return {
    ...ids,
    name,
    kind: kindOf(kind),
    startNs: set(startNs),
    endNs: set(endNs),
    ...status,
    traceState: traceState || undefined,
    flags: flagsOf(flags),
    scopeName: scope.name || undefined,
    scopeVersion: scope.version || undefined,
    attributes: attributes.finish(),
    resource,
    events,
    links,
  }
}

/** 0 is how protobuf writes an absent time. */
function set(ns: bigint): bigint | undefined {
  return ns === 0n ? undefined : ns
}

type WireStatus = { readonly status: SpanRow['status']; readonly statusMessage: string | undefined }

function wireStatus(bytes: Uint8Array): WireStatus {
  let message = ''
  let code = 0
  let old = 0
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (fieldNo === 2 && wireType === WireType.LengthDelimited) message = reader.string()
    else if (fieldNo === 3 && wireType === WireType.Varint) code = reader.int32()
    else if (fieldNo === 1 && wireType === WireType.Varint) old = reader.int32()
    else return false
    return true
  })
  const status = statusOf(code) ?? 'unset'
  return { status: status === 'unset' && old !== 0 ? 'error' : status, statusMessage: message || undefined }
}

function wireEvent(bytes: Uint8Array): DraftEvent {
  const attributes = new AttributeBuilder()
  let timeNs = 0n
  let name = ''
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (fieldNo === 1 && wireType === WireType.Bit64) timeNs = BigInt(reader.fixed64())
    else if (fieldNo === 2 && wireType === WireType.LengthDelimited) name = reader.string()
    else if (fieldNo === 3 && wireType === WireType.LengthDelimited) readKeyValue(reader.bytes(), attributes)
    else return false
    return true
  })
  return { name, timeNs: set(timeNs), attributes: attributes.finish() }
}

function wireLink(bytes: Uint8Array): DraftLink {
  const attributes = new AttributeBuilder()
  let traceId = ''
  let spanId = ''
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (wireType !== WireType.LengthDelimited) return false
    if (fieldNo === 1) traceId = bytesId(reader.bytes())
    else if (fieldNo === 2) spanId = bytesId(reader.bytes())
    else if (fieldNo === 4) readKeyValue(reader.bytes(), attributes)
    else return false
    return true
  })
  return { traceId, spanId, attributes: attributes.finish() }
}

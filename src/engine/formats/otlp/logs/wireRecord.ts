/** One log record of OTLP in protobuf; field numbers from opentelemetry-proto logs.proto. */
import { BinaryReader } from '@bufbuild/protobuf/wire'
import { AttributeBuilder, type Attributes, type AttributeValue } from '../../spans/attributes'
import { bytesId } from '../../spans/ids'
import type { RecordAt, Sink } from '../../types'
import { readMessage, WireType } from '../wire'
import { isPlausibleTime } from '../wireMatch'
import type { WireScope } from '../wireResource'
import { readAnyValue, readKeyValue } from '../wireValues'
import type { LogDraft } from './draft'
import { emitLogs } from './session'
import { severityName } from './severity'

export function emitWireLog(sink: Sink, at: RecordAt, bytes: Uint8Array, resource: Attributes, scope: WireScope): void {
  emitLogs(sink, at, () => [wireLog(bytes, resource, scope)])
}

function wireLog(bytes: Uint8Array, resource: Attributes, scope: WireScope): LogDraft {
  const attributes = new AttributeBuilder()
  const text = { severity: '', event: '', trace: '', span: '' }
  let timeNs = 0n
  let observedNs = 0n
  let severity = 0
  let body: AttributeValue = null
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (wireType === WireType.LengthDelimited) {
      if (fieldNo === 3) text.severity = reader.string()
      else if (fieldNo === 5) body = readAnyValue(reader.bytes())
      else if (fieldNo === 6) readKeyValue(reader.bytes(), attributes)
      else if (fieldNo === 9) text.trace = bytesId(reader.bytes())
      else if (fieldNo === 10) text.span = bytesId(reader.bytes())
      else if (fieldNo === 12) text.event = reader.string()
      else return false
    } else if (wireType === WireType.Bit64) {
      if (fieldNo === 1) timeNs = BigInt(reader.fixed64())
      else if (fieldNo === 11) observedNs = BigInt(reader.fixed64())
      else return false
    } else if (wireType === WireType.Varint && fieldNo === 2) severity = reader.int32()
    else return false
    return true
  })
  return {
    // 0 is how protobuf writes an absent time.
    timeNs: timeNs === 0n ? undefined : timeNs,
    observedNs: observedNs === 0n ? undefined : observedNs,
    severityNumber: severityName(severity) === undefined ? 0 : severity,
    severityText: text.severity,
    eventName: text.event,
    body,
    attributes: attributes.finish(),
    traceId: text.trace,
    spanId: text.span,
    scopeName: scope.name,
    scopeVersion: scope.version,
    resource,
  }
}

/** Wire types of the fields that writers use, in rising order. */
const wireTypes: ReadonlyMap<number, WireType> = new Map([
  ...[1, 11].map((fieldNo) => [fieldNo, WireType.Bit64] as const),
  ...[2, 7].map((fieldNo) => [fieldNo, WireType.Varint] as const),
  ...[3, 4, 5, 6, 9, 10, 12].map((fieldNo) => [fieldNo, WireType.LengthDelimited] as const),
  [8, WireType.Bit32],
])

/** A log record: a plausible time as fixed64 in field 1 or 11, and nothing before it that is no field of one. */
export function isWireLog(bytes: Uint8Array): boolean {
  const reader = new BinaryReader(bytes)
  try {
    while (reader.pos < bytes.length) {
      const [fieldNo, wireType] = reader.tag()
      if (wireTypes.get(fieldNo) !== wireType) return false
      if (fieldNo === 1 || fieldNo === 11) return isPlausibleTime(BigInt(reader.fixed64()))
      reader.skip(wireType, fieldNo)
    }
  } catch {
    return false
  }
  return false
}

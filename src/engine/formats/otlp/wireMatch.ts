/**
 * Whether bytes begin with spans in OTLP protobuf. Arbitrary binary often parses as protobuf, and OTLP logs and
 * metrics have the same outer shape, so the first spans are looked at: ids of 16 and 8 bytes, and a start time in
 * its fixed64 field.
 */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'

const MAX_MESSAGE_BYTES = 64 * 1024 * 1024
const MAX_SPANS_LOOKED_AT = 20
/** 2000-01-01 and 2100-01-01 in nanoseconds. */
const EARLIEST_NS = 946_684_800_000_000_000n
const LATEST_NS = 4_102_444_800_000_000_000n

/** A TracesData message, or several after one another: field 1 at the top. */
export function matchFieldOne(head: Uint8Array): number {
  return isTracesData(head) ? 1 : 0
}

/** 32-bit big-endian length, then a TracesData message (the collector's file exporter). */
export function matchBigEndian(head: Uint8Array, complete: boolean): number {
  if (head.length < 5) return 0
  const length = new DataView(head.buffer, head.byteOffset, 4).getUint32(0)
  return isPrefixed(head, 4, length, complete) ? 1 : 0
}

/** Varint length, then a TracesData message (writeDelimitedTo). */
export function matchVarint(head: Uint8Array, complete: boolean): number {
  try {
    const reader = new BinaryReader(head)
    const length = reader.uint32()
    return isPrefixed(head, reader.pos, length, complete) ? 1 : 0
  } catch {
    return 0
  }
}

function isPrefixed(head: Uint8Array, start: number, length: number, complete: boolean): boolean {
  if (length === 0 || length > MAX_MESSAGE_BYTES) return false
  if (complete && start + length > head.length) return false
  return isTracesData(head.subarray(start, start + length))
}

function isTracesData(bytes: Uint8Array): boolean {
  let spans = 0
  for (const resource of submessages(bytes, [1], [1])) {
    for (const scope of submessages(resource, [2, 1000], [1, 2, 3, 1000])) {
      for (const span of submessages(scope, [2], [1, 2, 3])) {
        if (isSpan(span)) return true
        if (++spans >= MAX_SPANS_LOOKED_AT) return false
      }
    }
  }
  return false
}

/** Submessages in the `wanted` fields, the last one cut where the head ends; none after a field that is not `allowed`. */
function* submessages(
  bytes: Uint8Array,
  wanted: readonly number[],
  allowed: readonly number[],
): Generator<Uint8Array, void> {
  const reader = new BinaryReader(bytes)
  while (reader.pos < bytes.length) {
    let fieldNo: number
    let length: number
    try {
      const [no, wireType] = reader.tag()
      if (wireType !== WireType.LengthDelimited || !allowed.includes(no)) return
      fieldNo = no
      length = reader.uint32()
    } catch {
      return
    }
    if (wanted.includes(fieldNo)) yield bytes.subarray(reader.pos, reader.pos + length)
    reader.pos += length
  }
}

function isSpan(bytes: Uint8Array): boolean {
  const reader = new BinaryReader(bytes)
  let traceId = false
  let spanId = false
  try {
    while (reader.pos < bytes.length) {
      const [fieldNo, wireType] = reader.tag()
      if (fieldNo === 1 || fieldNo === 2) {
        if (wireType !== WireType.LengthDelimited) return false
        const id = reader.bytes()
        if (id.length !== (fieldNo === 1 ? 16 : 8)) return false
        if (fieldNo === 1) traceId = true
        else spanId = true
      } else if (fieldNo === 7) {
        if (wireType !== WireType.Bit64) return false
        const startNs = BigInt(reader.fixed64())
        return traceId && spanId && startNs >= EARLIEST_NS && startNs <= LATEST_NS
      } else reader.skip(wireType, fieldNo)
    }
  } catch {
    return false
  }
  return false
}

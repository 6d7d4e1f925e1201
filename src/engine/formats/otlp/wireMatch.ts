/**
 * Whether bytes begin with one of OTLP's signals in protobuf. Arbitrary binary often parses as protobuf, and the three
 * signals have the same outer shape, so the first spans, log records or metrics themselves are looked at.
 */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'

const MAX_MESSAGE_BYTES = 64 * 1024 * 1024
const MAX_LEAVES_LOOKED_AT = 20
/** 2000-01-01 and 2100-01-01 in nanoseconds. */
const EARLIEST_NS = 946_684_800_000_000_000n
const LATEST_NS = 4_102_444_800_000_000_000n

/** True for the bytes of a span, a log record or a metric; the last one of a head may be cut. */
export type LeafTest = (bytes: Uint8Array) => boolean

type Match = (head: Uint8Array, complete: boolean) => number

export function isPlausibleTime(ns: bigint): boolean {
  return ns >= EARLIEST_NS && ns <= LATEST_NS
}

/** A request message, or several after one another: field 1 at the top. */
export function fieldOneMatch(isLeaf: LeafTest): Match {
  return (head) => (isRequest(head, isLeaf) ? 1 : 0)
}

/** 32-bit big-endian length, then a request message (the collector's file exporter). */
export function prefixedBigEndianMatch(isLeaf: LeafTest): Match {
  return (head, complete) => {
    if (head.length < 5) return 0
    const length = new DataView(head.buffer, head.byteOffset, 4).getUint32(0)
    return isPrefixed(head, 4, length, complete, isLeaf) ? 1 : 0
  }
}

/** Varint length, then a request message (writeDelimitedTo). */
export function prefixedVarintMatch(isLeaf: LeafTest): Match {
  return (head, complete) => {
    try {
      const reader = new BinaryReader(head)
      const length = reader.uint32()
      return isPrefixed(head, reader.pos, length, complete, isLeaf) ? 1 : 0
    } catch {
      return 0
    }
  }
}

function isPrefixed(head: Uint8Array, start: number, length: number, complete: boolean, isLeaf: LeafTest): boolean {
  if (length === 0 || length > MAX_MESSAGE_BYTES) return false
  if (complete && start + length > head.length) return false
  return isRequest(head.subarray(start, start + length), isLeaf)
}

function isRequest(bytes: Uint8Array, isLeaf: LeafTest): boolean {
  let leaves = 0
  for (const resource of submessages(bytes, [1], [1])) {
    for (const scope of submessages(resource, [2, 1000], [1, 2, 3, 1000])) {
      for (const leaf of submessages(scope, [2], [1, 2, 3])) {
        if (isLeaf(leaf)) return true
        if (++leaves >= MAX_LEAVES_LOOKED_AT) return false
      }
    }
  }
  return false
}

/** Submessages in the `wanted` fields, the last one cut where the head ends; none after a field that is not `allowed`. */
export function* submessages(
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

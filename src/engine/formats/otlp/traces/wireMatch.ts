import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { isPlausibleTime } from '../wireMatch'

/** A span: ids of 16 and 8 bytes, and a start time in its fixed64 field. */
export function isWireSpan(bytes: Uint8Array): boolean {
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
        return traceId && spanId && isPlausibleTime(BigInt(reader.fixed64()))
      } else reader.skip(wireType, fieldNo)
    }
  } catch {
    return false
  }
  return false
}

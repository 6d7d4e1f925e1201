import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { isPlausibleTime, submessages } from '../wireMatch'
import { isKindField } from './wireMetric'

const wireName = /^[A-Za-z_][\w.\-/: ]{0,254}$/

/** A metric: a name, then the data of a kind with a point whose time field holds a plausible time. */
export function isWireMetric(bytes: Uint8Array): boolean {
  const reader = new BinaryReader(bytes)
  let named = false
  try {
    while (reader.pos < bytes.length) {
      const [fieldNo, wireType] = reader.tag()
      if (wireType !== WireType.LengthDelimited) return false
      if (named && isKindField(fieldNo)) {
        const length = reader.uint32()
        return hasPoint(bytes.subarray(reader.pos, reader.pos + length))
      }
      const text = reader.bytes()
      if (fieldNo === 1) named = wireName.test(Buffer.from(text).toString('latin1'))
      else if (fieldNo !== 2 && fieldNo !== 3) return false
    }
  } catch {
    return false
  }
  return false
}

function hasPoint(data: Uint8Array): boolean {
  for (const point of submessages(data, [1], [1])) return hasTime(point)
  return false
}

function hasTime(point: Uint8Array): boolean {
  const reader = new BinaryReader(point)
  try {
    while (reader.pos < point.length) {
      const [fieldNo, wireType] = reader.tag()
      if (fieldNo === 3) return wireType === WireType.Bit64 && isPlausibleTime(BigInt(reader.fixed64()))
      reader.skip(wireType, fieldNo)
    }
  } catch {
    return false
  }
  return false
}

/** Attribute values of OTLP in protobuf (common.proto: KeyValue, AnyValue, ArrayValue, KeyValueList). */
import { AttributeBuilder, type AttributeValue, integerValue, MAX_ATTRIBUTE_DEPTH, tooDeep } from '../spans/attributes'
import { readMessage, WireType } from './wire'

/** Adds one KeyValue message to the attributes. */
export function readKeyValue(bytes: Uint8Array, into: AttributeBuilder, depth = 1): void {
  let key = ''
  let value: AttributeValue = null
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (wireType !== WireType.LengthDelimited) return false
    if (fieldNo === 1) key = reader.string()
    else if (fieldNo === 2) value = anyValue(reader.bytes(), depth)
    else return false
    return true
  })
  into.set(key, value)
}

/** An AnyValue message by itself, such as the body of a log record. */
export function readAnyValue(bytes: Uint8Array): AttributeValue {
  return anyValue(bytes, 1)
}

function anyValue(bytes: Uint8Array, depth: number): AttributeValue {
  if (depth > MAX_ATTRIBUTE_DEPTH) throw tooDeep()
  let value: AttributeValue = null
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (wireType === WireType.LengthDelimited) {
      if (fieldNo === 1) value = reader.string()
      else if (fieldNo === 5) value = arrayValue(reader.bytes(), depth)
      else if (fieldNo === 6) value = keyValueList(reader.bytes(), depth)
      else if (fieldNo === 7) value = Buffer.from(reader.bytes()).toString('base64')
      else return false
    } else if (wireType === WireType.Varint) {
      if (fieldNo === 2) value = reader.bool()
      else if (fieldNo === 3) value = integerValue(BigInt(reader.int64()))
      else return false
    } else if (wireType === WireType.Bit64 && fieldNo === 4) value = reader.double()
    else return false
    return true
  })
  return value
}

function arrayValue(bytes: Uint8Array, depth: number): readonly AttributeValue[] {
  const values: AttributeValue[] = []
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (fieldNo !== 1 || wireType !== WireType.LengthDelimited) return false
    values.push(anyValue(reader.bytes(), depth + 1))
    return true
  })
  return values
}

function keyValueList(bytes: Uint8Array, depth: number): AttributeValue {
  const builder = new AttributeBuilder()
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (fieldNo !== 1 || wireType !== WireType.LengthDelimited) return false
    readKeyValue(reader.bytes(), builder, depth + 2)
    return true
  })
  return builder.finish()
}

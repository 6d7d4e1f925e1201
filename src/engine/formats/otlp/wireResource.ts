/** Resource and scope of OTLP in protobuf (resource.proto, common.proto): the same for all signals. */
import { AttributeBuilder, type Attributes } from '../spans/attributes'
import { readMessage, WireType } from './wire'
import { readKeyValue } from './wireValues'

export interface WireScope {
  readonly name: string
  readonly version: string
}

export function wireResource(bytes: Uint8Array): Attributes {
  const attributes = new AttributeBuilder()
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (fieldNo !== 1 || wireType !== WireType.LengthDelimited) return false
    readKeyValue(reader.bytes(), attributes)
    return true
  })
  return attributes.finish()
}

export function wireScope(bytes: Uint8Array): WireScope {
  let name = ''
  let version = ''
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (wireType !== WireType.LengthDelimited) return false
    if (fieldNo === 1) name = reader.string()
    else if (fieldNo === 2) version = reader.string()
    else return false
    return true
  })
  return { name, version }
}

/** Attribute values of OTLP/JSON (`AnyValue`), read to the same values as their protobuf rendering gives. */
import { isObject, type JsonObject, type JsonValue, list } from '../../../common/json'
import {
  AttributeBuilder,
  type Attributes,
  type AttributeValue,
  integerValue,
  MAX_ATTRIBUTE_DEPTH,
  noAttributes,
  plainAttributes,
  plainValue,
  tooDeep,
} from '../spans/attributes'
import { Malformed } from '../spans/malformed'
import { bigintOf } from '../spans/numbers'

/** A list of `{key, value}`; a plain object (flattened exports) is taken as it is. */
export function jsonAttributes(value: JsonValue | undefined, depth = 0): Attributes {
  if (value === undefined || value === null) return noAttributes
  if (isObject(value)) return plainAttributes(value, depth)
  if (!Array.isArray(value)) throw new Malformed('The attributes are no list.')
  if (value.length === 0) return noAttributes
  const builder = new AttributeBuilder()
  for (const item of list(value)) {
    if (!isObject(item)) throw new Malformed('An attribute is no pair of key and value.')
    builder.set(typeof item.key === 'string' ? item.key : '', anyValue(item.value, depth + 1))
  }
  return builder.finish()
}

export function anyValue(value: JsonValue | undefined, depth: number): AttributeValue {
  if (depth > MAX_ATTRIBUTE_DEPTH) throw tooDeep()
  if (value === undefined || value === null) return null
  if (!isObject(value)) return plainValue(value, depth)
  for (const name of Object.keys(value)) {
    const read = readers.get(name)
    if (read !== undefined) return read(value[name] ?? null, depth)
  }
  return null
}

type Reader = (value: JsonValue, depth: number) => AttributeValue

const readers = new Map<string, Reader>()
function reader(camel: string, snake: string, read: Reader): void {
  readers.set(camel, read)
  readers.set(snake, read)
}

reader('stringValue', 'string_value', (value) => (typeof value === 'string' ? value : plainValue(value)))
reader('boolValue', 'bool_value', (value) => (value === 'true' ? true : value === 'false' ? false : plainValue(value)))
reader('intValue', 'int_value', (value) => {
  const integer = bigintOf(value)
  return integer === undefined ? plainValue(value) : integerValue(integer)
})
reader('doubleValue', 'double_value', doubleValue)
reader('bytesValue', 'bytes_value', (value) => plainValue(value))
reader('arrayValue', 'array_value', (value, depth) =>
  list(isObject(value) ? own(value, 'values') : value).map((item) => anyValue(item, depth + 1)),
)
reader('kvlistValue', 'kvlist_value', (value, depth) =>
  jsonAttributes(isObject(value) ? own(value, 'values') : value, depth + 1),
)

function doubleValue(value: JsonValue): AttributeValue {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return plainValue(value)
  const number = Number(value)
  return value.trim() === '' || Number.isNaN(number) ? value : number
}

function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** The context hands the same object to every span of a resource. */
const resources = new WeakMap<JsonObject, Attributes>()

/** Attributes of a `resource` object. */
export function resourceOf(resource: JsonValue | undefined): Attributes {
  if (!isObject(resource)) return noAttributes
  const known = resources.get(resource)
  if (known !== undefined) return known
  const attributes = jsonAttributes(own(resource, 'attributes'))
  resources.set(resource, attributes)
  return attributes
}

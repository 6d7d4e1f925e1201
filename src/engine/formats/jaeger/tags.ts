/** Jaeger's typed tags: `{key, type, value}`; Elasticsearch dumps hold every value as text beside its type. */
import { isObject, type JsonValue, list } from '../../../common/json'
import { type AttributeBuilder, type AttributeValue, integerValue, plainValue } from '../spans/attributes'
import { Malformed } from '../spans/malformed'
import { bigintOf } from '../spans/numbers'

export function addTags(tags: JsonValue | undefined, into: AttributeBuilder): void {
  for (const tag of list(tags)) {
    if (!isObject(tag)) throw new Malformed('A tag is no object.')
    const key = Object.hasOwn(tag, 'key') ? tag.key : undefined
    if (typeof key !== 'string') throw new Malformed('A tag has no key.')
    into.set(key, tagValue(tag.value ?? null, Object.hasOwn(tag, 'type') ? tag.type : undefined))
  }
}

/** Tags as one object (Elasticsearch dumps with "tags as fields"), where `@` stands for the dots of the key. */
export function addTagFields(tags: JsonValue | undefined, into: AttributeBuilder): void {
  if (!isObject(tags)) return
  for (const [key, value] of Object.entries(tags)) into.set(key.replaceAll('@', '.'), plainValue(value))
}

function tagValue(value: JsonValue, type: JsonValue | undefined): AttributeValue {
  if (type === 'int64') {
    const integer = bigintOf(value)
    if (integer !== undefined) return integerValue(integer)
  }
  if (type === 'bool' && (value === 'true' || value === 'false')) return value === 'true'
  if (type === 'float64' && typeof value === 'string' && value.trim() !== '') {
    const number = Number(value)
    if (!Number.isNaN(number)) return number
  }
  return plainValue(value)
}

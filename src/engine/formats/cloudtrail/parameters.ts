import { get, isObject, type JsonObject } from '../../../common/json'
import { objectIn } from '../shared/embeddedJson'

/** `requestParameters`; exports by column carry it as JSON text. */
export function parameters(record: JsonObject): JsonObject | undefined {
  return objectField(record, 'requestParameters')
}

/** A field that is an object, or JSON text of one. */
export function objectField(record: JsonObject, key: string): JsonObject | undefined {
  const value = get(record, key)
  return isObject(value) ? value : objectIn(value)
}

/**
 * Attributes of spans, resources, events and links in one form for all trace formats: a Map, so that any key is data,
 * in the order of the source. Integers beyond 2^53 are kept as text.
 */
import type { JsonValue } from '../../../common/json'
import { isObject } from '../../../common/json'
import { Malformed } from './malformed'

export type AttributeValue = string | number | boolean | null | readonly AttributeValue[] | Attributes
export type Attributes = ReadonlyMap<string, AttributeValue>

/** Values nest at most this deep, as protobuf messages do (the limit of the import for protobuf). */
export const MAX_ATTRIBUTE_DEPTH = 100

export const noAttributes: Attributes = new Map()

/** Collects attributes; a key that comes again with another value turns into the array of its values. */
export class AttributeBuilder {
  readonly #values = new Map<string, AttributeValue>()
  #repeated: Map<string, AttributeValue[]> | undefined

  set(key: string, value: AttributeValue): void {
    const known = this.#values.get(key)
    if (known === undefined) {
      this.#values.set(key, value)
      return
    }
    const repeats = this.#repeated?.get(key)
    if ((repeats === undefined ? known : repeats.at(-1)) === value) return
    if (repeats !== undefined) {
      repeats.push(value)
      return
    }
    const values = [known, value]
    this.#repeated ??= new Map()
    this.#repeated.set(key, values)
    this.#values.set(key, values)
  }

  has(key: string): boolean {
    return this.#values.has(key)
  }

  finish(): Attributes {
    return this.#values
  }
}

/** JSON text of a flat object; numbers that JSON cannot write become `"NaN"`, `"Infinity"`, `"-Infinity"`. */
export function attributesText(attributes: Attributes): string {
  if (attributes.size === 0) return '{}'
  let text = '{'
  for (const [key, value] of attributes) {
    if (text.length > 1) text += ','
    text += `${JSON.stringify(key)}:${valueText(value)}`
  }
  return `${text}}`
}

/** JSON text of one value, as it stands in `attributesText`. */
export function valueText(value: AttributeValue): string {
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`
  if (value instanceof Map) return attributesText(value)
  if (Array.isArray(value)) return `[${value.map(valueText).join(',')}]`
  return JSON.stringify(value)
}

/** A JSON number where the integer is exact in one, else its digits. */
export function integerValue(value: bigint): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

/** A plain JSON value as an attribute value. */
export function plainValue(value: JsonValue, depth = 0): AttributeValue {
  if (depth > MAX_ATTRIBUTE_DEPTH) throw tooDeep()
  if (isObject(value)) return plainAttributes(value, depth)
  if (Array.isArray(value)) return value.map((item: JsonValue) => plainValue(item, depth + 1))
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return BigInt(value).toString()
  }
  return typeof value === 'object' ? null : value
}

export function plainAttributes(value: JsonValue | undefined, depth = 0): Attributes {
  const builder = new AttributeBuilder()
  if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) builder.set(key, plainValue(item, depth + 1))
  }
  return builder.finish()
}

export function tooDeep(): Malformed {
  return new Malformed(`An attribute nests deeper than ${MAX_ATTRIBUTE_DEPTH} levels.`)
}

/** The first scalar of a value, as text: headers come as arrays of values. Empty text counts as absent. */
export function scalarText(value: AttributeValue | undefined): string | undefined {
  if (Array.isArray(value)) {
    for (const item of value) {
      const text = Array.isArray(item) ? undefined : scalarText(item)
      if (text !== undefined) return text
    }
    return undefined
  }
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/**
 * One record under its three shapes: API objects (camel case at the top), diagnostic exports (`properties.*`) and
 * tables (Pascal case, nested JSON in strings). Names are asked for in lower case; what `properties` states goes before
 * the top, since the top repeats it in coarser form.
 */
import { get, isObject, type JsonObject, type JsonValue, text } from '../../../common/json'
import { objectIn } from '../shared/embeddedJson'
import { memo } from '../shared/memo'

/** More keys than this are not looked through; no record of these sources has nearly as many. */
const MAX_KEYS = 2_000

type Folded = ReadonlyMap<string, JsonValue>

export interface Fields {
  readonly top: Folded
  readonly inner: Folded
}

let last: { readonly value: JsonObject; readonly fields: Fields } | undefined

/** The fields of a record. The last one is remembered: matching and mapping ask for the same record in turn. */
export function fieldsOf(value: JsonObject): Fields {
  if (last?.value === value) return last.fields
  const top = fold(value)
  const properties = top.get('properties') ?? top.get('properties_d')
  const nested = isObject(properties) ? properties : objectIn(properties)
  const fields = { top, inner: nested === undefined ? none : fold(nested) }
  last = { value, fields }
  return fields
}

const none: Folded = new Map()

/** Columns of mixed tables carry their type as a suffix (`httpStatusCode_d`, `identity_claim_oid_g`). */
const typeSuffix = /_(?:s|d|g|b|t)$/

/** The keys of a source repeat in every record. */
const namesOf = memo((key): { readonly name: string; readonly bare: string } => {
  const name = key.toLowerCase()
  return { name, bare: name.replace(typeSuffix, '') }
})

function fold(value: JsonObject): Folded {
  const keys = Object.keys(value)
  if (keys.length > MAX_KEYS) return none
  const folded = new Map<string, JsonValue>()
  for (const key of keys) {
    const found = value[key]
    if (found === undefined || found === null || found === '') continue
    const { name, bare } = namesOf(key)
    if (!folded.has(name)) folded.set(name, found)
    if (bare !== name && !folded.has(bare)) folded.set(bare, found)
  }
  return folded
}

/** The first of the names that has a value, in `properties` before the top. Empty text and null count as absent. */
export function field(fields: Fields, ...names: readonly string[]): JsonValue | undefined {
  for (const name of names) {
    const found = fields.inner.get(name) ?? fields.top.get(name)
    if (found !== undefined) return found
  }
  return undefined
}

export function fieldText(fields: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = text(fields.inner.get(name)) ?? text(fields.top.get(name))
    if (found !== undefined) return found
  }
  return undefined
}

/** Text of a field of the record's own level, where `properties` has a field of that name with another meaning. */
export function topText(fields: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = text(fields.top.get(name))
    if (found !== undefined) return found
  }
  return undefined
}

/** The first of the names that holds an object, or JSON text of one. */
export function fieldObject(fields: Fields, ...names: readonly string[]): JsonObject | undefined {
  for (const name of names) {
    for (const found of [fields.inner.get(name), fields.top.get(name)]) {
      const object = isObject(found) ? found : objectIn(found)
      if (object !== undefined) return object
    }
  }
  return undefined
}

/** The first of the names that holds a list, or JSON text of one. */
export function fieldList(fields: Fields, ...names: readonly string[]): readonly JsonValue[] {
  for (const name of names) {
    for (const found of [fields.inner.get(name), fields.top.get(name)]) {
      const items = listIn(found)
      if (items !== undefined) return items
    }
  }
  return []
}

export function listIn(value: unknown): readonly JsonValue[] | undefined {
  if (Array.isArray(value)) return value
  if (typeof value !== 'string' || !/^\s*\[/.test(value)) return undefined
  try {
    const parsed: JsonValue = JSON.parse(value)
    return Array.isArray(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

/** True where the field says yes, false where it says no, in any of the spellings of the exports. */
export function truth(value: unknown): boolean | undefined {
  const word = text(value)?.toLowerCase()
  if (word === 'true' || word === 'yes' || word === '1') return true
  return word === 'false' || word === 'no' || word === '0' ? false : undefined
}

/** The own property of an object, or of the object in JSON text. */
export function within(value: unknown, key: string): JsonValue | undefined {
  return get(isObject(value) ? value : objectIn(value), key)
}

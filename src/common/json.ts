/**
 * JSON values of untrusted records. Records are plain objects made by JSON.parse, so a key such as
 * `__proto__` is an own property; always read them through these helpers, never through the prototype.
 */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The own property `key` of `value`, or undefined where there is none or `value` is no object. */
export function get(value: unknown, key: string): JsonValue | undefined {
  if (!isObject(value)) return undefined
  const found = value[key]
  // What the prototype has are functions, and `__proto__`; JSON has no functions. The look-up of own keys is slow.
  if (typeof found === 'function' || key === '__proto__') return Object.hasOwn(value, key) ? found : undefined
  return found
}

/** Follows own properties; array elements are reached by their index as text. */
export function at(value: unknown, ...path: readonly string[]): JsonValue | undefined {
  let current: unknown = value
  for (const key of path) {
    current = step(current, key)
    if (current === undefined) return undefined
  }
  return current as JsonValue | undefined
}

function step(value: unknown, key: string): JsonValue | undefined {
  return Array.isArray(value) ? value[Number(key)] : get(value, key)
}

/** Text of a scalar: strings as they are (empty strings count as absent), numbers and booleans in canonical text. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  return undefined
}

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const [key] = path
  return text(path.length === 1 && key !== undefined ? step(value, key) : at(value, ...path))
}

export function list(value: unknown): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}

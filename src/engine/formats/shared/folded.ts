/**
 * Own properties of untrusted objects by name, without regard to case: exports of one system differ in the case of
 * their keys (`UserPrincipalName`, `userPrincipalName`). The exact key wins over one that differs in case.
 */
import { isObject, type JsonValue, text } from '../../../common/json'

/** More keys than this are not looked through: a hostile object would cost much for each column asked of it. */
const MAX_KEYS = 2_000

/** The own property whose name is `key` in any case, or undefined. */
export function getFolded(value: unknown, key: string): JsonValue | undefined {
  if (!isObject(value)) return undefined
  if (Object.hasOwn(value, key)) return value[key]
  const wanted = key.toLowerCase()
  const keys = Object.keys(value)
  if (keys.length > MAX_KEYS) return undefined
  for (const name of keys)
    if (name.length === wanted.length && name !== key && name.toLowerCase() === wanted) return value[name]
  return undefined
}

/** Follows own properties in any case; array elements are reached by their index as text. */
export function atFolded(value: unknown, ...path: readonly string[]): JsonValue | undefined {
  let current: unknown = value
  for (const key of path) {
    current = Array.isArray(current) ? current[Number(key)] : getFolded(current, key)
    if (current === undefined) return undefined
  }
  return current as JsonValue | undefined
}

/** Text of the scalar at a path in any case; empty text counts as absent. */
export function textFolded(value: unknown, ...path: readonly string[]): string | undefined {
  return text(atFolded(value, ...path))
}

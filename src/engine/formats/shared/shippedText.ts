import { get, isObject, type JsonValue } from '../../../common/json'
import type { InnerRecord } from '../types'

/** Keys under which log shippers, collectors and index exports put the line that they carried. */
const textKeys: readonly (readonly string[])[] = [
  ['message'],
  ['_raw'],
  ['log'],
  ['@message'],
  ['raw'],
  ['result', '_raw'],
  ['event', 'original'],
]

/** The record inside a shipper's envelope, where a text of it looks like a record of the caller's; else undefined. */
export function shippedText(
  value: JsonValue,
  looksLike: (text: string) => boolean,
): readonly [InnerRecord] | undefined {
  if (!isObject(value)) return undefined
  for (const path of textKeys) {
    let found: JsonValue | undefined = value
    for (const key of path) found = get(found, key)
    if (typeof found === 'string' && /^[\s\uFEFF]*\{/.test(found) && looksLike(found)) return [{ text: found }]
  }
  return undefined
}

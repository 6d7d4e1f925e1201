/** Names of CSV columns. The query portal says in the name which zone a time is in. */
import type { JsonObject, JsonValue } from '../../../common/json'

export function bareName(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase()
}

/** Lower case, without a byte order mark and the mark of UTC; the mark of local time stays, since it matters. */
export function canonicalColumns(names: readonly string[]): readonly string[] {
  return names.map((name) =>
    name
      .replace(/^\uFEFF/, '')
      .trim()
      .toLowerCase()
      .replace(/\s*\[utc\]$/, '')
      .replace(/\s*\[local time\]$/, ' [local time]'),
  )
}

/** A row by its column names; of columns with the same name the first counts. */
export function rowObject(names: readonly string[], values: readonly string[]): JsonObject {
  const seen = new Map<string, JsonValue>()
  names.forEach((name, index) => {
    const value = values[index]
    if (value !== undefined && value !== '' && !seen.has(name)) seen.set(name, value)
  })
  return Object.fromEntries(seen)
}

import type { JsonValue } from '../../../common/json'
import { textFolded } from '../shared/folded'

/** The value of the first of the names in a list of `{key, value}` or `{Name, Value}`, whatever the case. */
export function listed(items: readonly JsonValue[], ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const wanted = name.toLowerCase()
    for (const item of items) {
      if ((textFolded(item, 'key') ?? textFolded(item, 'name'))?.toLowerCase() !== wanted) continue
      const value = textFolded(item, 'value')
      if (value !== undefined) return value
    }
  }
  return undefined
}

/**
 * Lists of named values come in several spellings: `[{"Name":…,"Value":…}]`, an object, a text of parameters
 * (`-Name "value" -Force "True"`), a list of bare names; each also as JSON in a string.
 */
import { isObject, type JsonValue, text } from '../../../common/json'
import { type Fields, field, fieldObject, listIn } from '../azure/fields'
import { objectIn } from '../shared/embeddedJson'
import { textFolded } from '../shared/folded'

const MAX_VALUES = 500
const MAX_TEXT = 100_000

/** Values by their name in lower case; of a changed property the new value, else the old one. */
export function valuesIn(fields: Fields, name: string): ReadonlyMap<string, string> {
  const found = field(fields, name)
  const values = new Map<string, string>()
  const set = (key: string | undefined, value: string | undefined) => {
    const lower = key?.toLowerCase()
    if (lower !== undefined && value !== undefined && !values.has(lower) && values.size < MAX_VALUES)
      values.set(lower, value)
  }
  const items = listIn(found)
  if (items !== undefined) {
    for (const item of items.slice(0, MAX_VALUES))
      set(textFolded(item, 'Name') ?? textFolded(item, 'Key'), listedValue(item))
    return values
  }
  const object = isObject(found) ? found : objectIn(found)
  if (object !== undefined) {
    for (const [key, value] of Object.entries(object).slice(0, MAX_VALUES)) set(key, text(value) ?? listedValue(value))
    return values
  }
  if (typeof found === 'string') for (const [key, value] of switches(found)) set(key, value)
  return values
}

function listedValue(item: JsonValue): string | undefined {
  return (
    textFolded(item, 'Value') ?? bare(textFolded(item, 'NewValue')) ?? bare(textFolded(item, 'OldValue')) ?? undefined
  )
}

/** Changed values are often JSON lists of one text: `[\r\n  "Global Administrator"\r\n]`. */
function bare(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const items = listIn(value)
  const only = items?.length === 1 ? text(items[0]) : undefined
  const plain = only ?? value.replace(/^"(.*)"$/s, '$1')
  return plain === '' || plain === '[]' ? undefined : plain
}

/** `-Name "foo" -Locations ("All") -Force "True"`: quotes inside values are not escaped, so the next switch ends them. */
function switches(written: string): readonly (readonly [string, string])[] {
  const source = written.slice(0, MAX_TEXT)
  if (!/^\s*-[A-Za-z]/.test(source)) return []
  const found: [string, string][] = []
  for (const part of source.split(/(?:^|\s)-(?=[A-Za-z]{2,60}(?:\s|$))/).slice(0, MAX_VALUES)) {
    const space = part.search(/\s/)
    if (space <= 0) continue
    const value = part
      .slice(space + 1)
      .trim()
      .replace(/^"(.*)"$/s, '$1')
    if (value !== '' && value !== '()') found.push([part.slice(0, space), value])
  }
  return found
}

/** A scalar inside an object of the record. */
export function member(fields: Fields, name: string, ...path: readonly string[]): string | undefined {
  return textFolded(fieldObject(fields, name), ...path)
}

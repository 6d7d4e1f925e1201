/**
 * The attributes of a log record by name; where they lack one, the body, which holds the fields of an event in older
 * conventions. `user.id` is also found as `user` with `id` in it.
 */
import { type Attributes, type AttributeValue, scalarText } from '../../spans/attributes'

interface Place {
  readonly values: Attributes
  /** Some value holds others: most records are flat, and need no look into parts of names. */
  readonly nested: boolean
}

export class Facts {
  readonly #places: readonly Place[]

  constructor(attributes: Attributes, body: AttributeValue) {
    this.#places = (isAttributes(body) ? [attributes, body] : [attributes]).map((values) => ({
      values,
      nested: [...values.values()].some(isAttributes),
    }))
  }

  /** Text of the first of these names that has one. */
  text(...names: readonly string[]): string | undefined {
    return this.named(...names)?.text
  }

  named(...names: readonly string[]): { readonly name: string; readonly text: string } | undefined {
    for (const place of this.#places)
      for (const name of names) {
        const text = scalarText(place.nested ? find(place.values, name) : place.values.get(name))
        if (text !== undefined) return { name, text }
      }
    return undefined
  }

  /** Every name at the top with its text. */
  *entries(): Generator<readonly [string, string], void> {
    for (const place of this.#places)
      for (const [name, value] of place.values) {
        const text = scalarText(value)
        if (text !== undefined) yield [name, text]
      }
  }
}

function find(place: Attributes, name: string): AttributeValue | undefined {
  const exact = place.get(name)
  if (exact !== undefined) return exact
  const dot = name.indexOf('.')
  if (dot === -1) return undefined
  const inner = place.get(name.slice(0, dot))
  return inner !== undefined && isAttributes(inner) ? find(inner, name.slice(dot + 1)) : undefined
}

function isAttributes(value: AttributeValue): value is Attributes {
  return value instanceof Map
}

/** Attributes as they are compared: the order of keys differs between renderings. */
import { type Attributes, attributesText } from '../spans/attributes'

/** Resources are shared by many records that come one after the other. */
const texts = new WeakMap<Attributes, string>()

/** The attributes' text whatever their order. */
export function sortedText(attributes: Attributes): string {
  const known = texts.get(attributes)
  if (known !== undefined) return known
  const text = attributesText(new Map([...attributes].sort(([a], [b]) => (a < b ? -1 : 1))))
  texts.set(attributes, text)
  return text
}

/**
 * The exact texts of many values inside one JSON text that JSON.parse accepts. Each container on the way is looked
 * through once, so that an envelope of many records costs its length and not its square.
 */
import { skipSpace, valueEnd } from './offsetAt'

export interface Slice {
  readonly start: number
  readonly end: number
}

export class SliceIndex {
  readonly #text: string
  readonly #children = new Map<number, ReadonlyMap<string, Slice>>()

  constructor(text: string) {
    this.#text = text
  }

  /** The last of equal keys wins, as in JSON.parse; array elements are named by their index. */
  find(path: readonly string[]): Slice | undefined {
    const start = skipSpace(this.#text, 0)
    let found: Slice = { start, end: this.#text.length }
    for (const step of path) {
      const next = this.#childrenOf(found.start).get(step)
      if (next === undefined) return undefined
      found = next
    }
    return path.length === 0 ? { start, end: valueEnd(this.#text, start) } : found
  }

  #childrenOf(open: number): ReadonlyMap<string, Slice> {
    const known = this.#children.get(open)
    if (known !== undefined) return known
    const found = this.#read(open)
    this.#children.set(open, found)
    return found
  }

  #read(open: number): ReadonlyMap<string, Slice> {
    const text = this.#text
    const children = new Map<string, Slice>()
    const isObject = text[open] === '{'
    if (!isObject && text[open] !== '[') return children
    let at = skipSpace(text, open + 1)
    for (let index = 0; at < text.length && text[at] !== '}' && text[at] !== ']'; index++) {
      let name = String(index)
      if (isObject) {
        const keyEnd = valueEnd(text, at)
        name = String(JSON.parse(text.slice(at, keyEnd)))
        at = skipSpace(text, skipSpace(text, keyEnd) + 1)
      }
      const end = valueEnd(text, at)
      children.set(name, { start: at, end })
      at = skipSpace(text, end)
      if (text[at] !== ',') break
      at = skipSpace(text, at + 1)
    }
    return children
  }
}

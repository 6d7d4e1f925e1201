/**
 * A binary heap, smallest key first. Equal keys come out by `tie`, which callers take from a random stream: the order
 * in which things were made must not show.
 *
 * @template T
 * @typedef {{ readonly key: number, readonly tie: number, readonly item: T }} Entry
 */

/** @template T */
export class Heap {
  /** @type {Entry<T>[]} */
  #entries = []

  get size() {
    return this.#entries.length
  }

  /** @returns {Entry<T> | undefined} */
  get first() {
    return this.#entries[0]
  }

  /** @param {number} key @param {number} tie @param {T} item */
  push(key, tie, item) {
    const entries = this.#entries
    const entry = { key, tie, item }
    let at = entries.length
    entries.push(entry)
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = entries[above]
      if (parent === undefined || !before(entry, parent)) break
      entries[at] = parent
      at = above
    }
    entries[at] = entry
  }

  /** @returns {Entry<T> | undefined} */
  pop() {
    const entries = this.#entries
    const top = entries[0]
    const last = entries.pop()
    if (top === undefined || last === undefined || entries.length === 0) return top
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      let child = entries[below]
      if (child === undefined) break
      const right = entries[below + 1]
      if (right !== undefined && before(right, child)) {
        child = right
        below++
      }
      if (!before(child, last)) break
      entries[at] = child
      at = below
    }
    entries[at] = last
    return top
  }
}

/** @param {Entry<unknown>} a @param {Entry<unknown>} b */
function before(a, b) {
  return a.key < b.key || (a.key === b.key && a.tie < b.tie)
}

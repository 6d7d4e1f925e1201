/** Ranges of bytes that lie beside one another. */
export class Ranges {
  /** Sorted by start. */
  readonly #starts: number[] = []
  readonly #ends: number[] = []

  /** Adds a range; false, and not added, where it shares a byte with one that is there. */
  add(start: number, end: number): boolean {
    const at = this.#after(start)
    if ((this.#ends[at - 1] ?? 0) > start || (this.#starts[at] ?? Number.POSITIVE_INFINITY) < end) return false
    this.#starts.splice(at, 0, start)
    this.#ends.splice(at, 0, end)
    return true
  }

  /** A range begins here. */
  startsAt(start: number): boolean {
    return this.#starts[this.#after(start) - 1] === start
  }

  /** Index of the first range that begins after `start`. */
  #after(start: number): number {
    let low = 0
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#starts[middle] ?? 0) <= start) low = middle + 1
      else high = middle
    }
    return low
  }
}

/**
 * How often each 64-bit content was seen, in flat memory outside the heap: a Map ends at 16.7 million keys, and a file
 * may have more records without an id.
 */
export class Occurrences {
  #keys = new BigUint64Array(1024)
  #counts = new Uint32Array(1024)
  #size = 0
  #zero = 0

  get(key: bigint): number {
    return key === 0n ? this.#zero : (this.#counts[this.#find(key)] ?? 0)
  }

  /** Counts one more and says how often it was seen now. */
  add(key: bigint): number {
    if (key === 0n) return ++this.#zero
    const at = this.#find(key)
    const count = (this.#counts[at] ?? 0) + 1
    this.#counts[at] = count
    if (count > 1) return count
    this.#keys[at] = key
    this.#size++
    if (this.#size * 2 > this.#keys.length) this.#grow()
    return 1
  }

  #find(key: bigint): number {
    const mask = this.#keys.length - 1
    // Keys are hashes already; the low bits are as good as any.
    let at = Number(key & 0x7fff_ffffn) & mask
    for (;;) {
      const slot = this.#keys[at]
      if (slot === 0n || slot === key) return at
      at = (at + 1) & mask
    }
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts]
    this.#keys = new BigUint64Array(keys.length * 2)
    this.#counts = new Uint32Array(keys.length * 2)
    keys.forEach((key, from) => {
      if (key === 0n) return
      const at = this.#find(key)
      this.#keys[at] = key
      this.#counts[at] = counts[from] ?? 0
    })
  }
}

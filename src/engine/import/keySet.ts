/**
 * A set of 64-bit keys in flat memory (open addressing, linear probing): 16 bytes a slot, tens of millions of keys.
 * With n keys the chance that any two different rows share one is about n² / 2⁶⁵: 3 in a million at ten million.
 */
export class KeySet {
  #slots: BigUint64Array
  #mask: number
  #size = 0
  #hasZero = false

  constructor(expected = 1024) {
    let capacity = 1024
    while (capacity < expected * 2) capacity *= 2
    this.#slots = new BigUint64Array(capacity)
    this.#mask = capacity - 1
  }

  get size(): number {
    return this.#size + (this.#hasZero ? 1 : 0)
  }

  has(key: bigint): boolean {
    if (key === 0n) return this.#hasZero
    return this.#slots[this.#find(key)] === key
  }

  /** True where the key was not there yet. */
  add(key: bigint): boolean {
    if (key === 0n) {
      const added = !this.#hasZero
      this.#hasZero = true
      return added
    }
    const at = this.#find(key)
    if (this.#slots[at] === key) return false
    this.#slots[at] = key
    this.#size++
    if (this.#size * 2 > this.#slots.length) this.#grow()
    return true
  }

  #find(key: bigint): number {
    // Keys are hashes already; the low bits are as good as any.
    let at = Number(key & 0x7fff_ffffn) & this.#mask
    for (;;) {
      const slot = this.#slots[at]
      if (slot === 0n || slot === key) return at
      at = (at + 1) & this.#mask
    }
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new BigUint64Array(old.length * 2)
    this.#mask = this.#slots.length - 1
    for (const key of old) if (key !== 0n) this.#slots[this.#find(key)] = key
  }
}

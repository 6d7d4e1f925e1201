/**
 * A set of 64-bit keys in flat memory, tens of millions of them: 8 bytes a slot, 11 to 15 bytes a key. Open addressing
 * with linear probing in segments; each grows by itself, so that growing never needs the memory of the whole set twice.
 * With n keys the chance that any two different rows share one is about n² / 2⁶⁵: 3 in a million at ten million.
 */
interface Segment {
  /** Two words a slot, low one first; both 0: free. */
  words: Uint32Array
  capacity: number
  size: number
}

const segmentBits = 8
const placeBits = 32 - segmentBits
const firstCapacity = 16
/** Fuller than this, a segment grows: probes get long, memory gets short. */
const fullest = 0.72
const growth = 1.35

export class KeySet {
  readonly #segments: Segment[]
  #hasZero = false

  constructor(expected = 0) {
    const capacity = Math.max(firstCapacity, Math.ceil(expected / fullest / 2 ** segmentBits) + 1)
    this.#segments = Array.from({ length: 2 ** segmentBits }, () => segment(capacity))
  }

  get size(): number {
    return this.#segments.reduce((sum, { size }) => sum + size, this.#hasZero ? 1 : 0)
  }

  /** Bytes of the slots. */
  get sizeBytes(): number {
    return this.#segments.reduce((sum, { words }) => sum + words.byteLength, 0)
  }

  has(key: bigint): boolean {
    if (key === 0n) return this.#hasZero
    const low = Number(key & 0xffff_ffffn)
    const high = Number(key >> 32n)
    const found = this.#segmentOf(low)
    const at = find(found, low, high)
    return found.words[at] !== 0 || found.words[at + 1] !== 0
  }

  /** True where the key was not there yet. */
  add(key: bigint): boolean {
    if (key === 0n) {
      const added = !this.#hasZero
      this.#hasZero = true
      return added
    }
    const low = Number(key & 0xffff_ffffn)
    const high = Number(key >> 32n)
    const found = this.#segmentOf(low)
    const at = find(found, low, high)
    if (found.words[at] !== 0 || found.words[at + 1] !== 0) return false
    found.words[at] = low
    found.words[at + 1] = high
    found.size++
    if (found.size > found.capacity * fullest) grow(found)
    return true
  }

  #segmentOf(low: number): Segment {
    const found = this.#segments[low >>> placeBits]
    if (found === undefined) throw new Error('A key has no segment.')
    return found
  }
}

function segment(capacity: number): Segment {
  return { words: new Uint32Array(capacity * 2), capacity, size: 0 }
}

/** Index of the word at which the key stands, or of the free slot where it would. Keys are hashes already. */
function find({ words, capacity }: Segment, low: number, high: number): number {
  // The bits that chose the segment are the same within it; the others, as a share of the capacity.
  let slot = Math.floor(((low & (2 ** placeBits - 1)) * capacity) / 2 ** placeBits)
  for (;;) {
    const at = slot * 2
    const first = words[at]
    const second = words[at + 1]
    if ((first === low && second === high) || (first === 0 && second === 0)) return at
    slot = slot + 1 === capacity ? 0 : slot + 1
  }
}

function grow(full: Segment): void {
  const { words } = full
  full.capacity = Math.ceil(full.capacity * growth)
  full.words = new Uint32Array(full.capacity * 2)
  for (let at = 0; at < words.length; at += 2) {
    const low = words[at] ?? 0
    const high = words[at + 1] ?? 0
    if (low === 0 && high === 0) continue
    const to = find(full, low, high)
    full.words[to] = low
    full.words[to + 1] = high
  }
}

/**
 * Where the characters of a UTF-16 text stand, asked by their offset in the same text as UTF-8. Each character is one
 * unit of two bytes, or two units where UTF-8 takes four bytes. Kept is one bit a byte of text, and none for plain ASCII.
 */
interface Segment {
  /** Offset of its first byte in the UTF-8 text. */
  readonly start: number
  readonly length: number
  /** Units before it, the byte order mark included. */
  readonly units: number
  /** A bit for each byte that begins a unit; undefined where every byte does. */
  readonly bits: Uint8Array | undefined
  /** Units before each block of `blockBytes`. */
  readonly blocks: Uint32Array | undefined
}

const blockBytes = 512

export class Utf16Places {
  readonly #segments: Segment[] = []
  #length = 0
  /** The byte order mark. */
  #units = 1
  #sizeBytes = 0

  /** Bytes of the source that were read. */
  read(bytes: number): void {
    this.#sizeBytes += bytes
  }

  /** The next piece of the text. */
  add(text: Uint8Array): void {
    if (text.length === 0) return
    const head = { start: this.#length, length: text.length, units: this.#units }
    this.#length += text.length
    if (text.every((byte) => byte < 0x80)) {
      this.#segments.push({ ...head, bits: undefined, blocks: undefined })
      this.#units += text.length
      return
    }
    const bits = new Uint8Array(Math.ceil(text.length / 8))
    const blocks = new Uint32Array(Math.ceil(text.length / blockBytes))
    let units = 0
    text.forEach((byte, at) => {
      if (at % blockBytes === 0) blocks[at / blockBytes] = units
      // The second byte of four stands for the second unit of the pair.
      if ((byte & 0xc0) === 0x80 && !((text[at - 1] ?? 0) >= 0xf0)) return
      bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7))
      units++
    })
    this.#segments.push({ ...head, bits, blocks })
    this.#units += units
  }

  source(textOffset: number): number {
    return Math.min(this.#unitsBefore(textOffset) * 2, this.#sizeBytes)
  }

  #unitsBefore(offset: number): number {
    const segment = this.#find(offset)
    if (segment === undefined) return this.#units
    const within = offset - segment.start
    if (segment.bits === undefined || segment.blocks === undefined) return segment.units + within
    const block = Math.floor(within / blockBytes)
    let units = segment.units + (segment.blocks[block] ?? 0)
    for (let at = block * blockBytes; at < within; at++)
      if (((segment.bits[at >> 3] ?? 0) & (1 << (at & 7))) !== 0) units++
    return units
  }

  /** The segment that holds the offset; undefined at the end of the text. */
  #find(offset: number): Segment | undefined {
    let [low, high] = [0, this.#segments.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const segment = this.#segments[middle]
      if (segment === undefined) return undefined
      if (offset < segment.start) high = middle
      else if (offset >= segment.start + segment.length) low = middle + 1
      else return segment
    }
    return undefined
  }
}

/** A slice of the member that is one record. `bytes` is valid only during the call that hands it over. */
export interface Frame {
  readonly bytes: Buffer
  readonly offset: number
  readonly line: number
}

export interface FrameFault {
  readonly offset: number
  readonly length: number
  readonly line: number
  readonly reason: string
}

/** Less is not worth giving back after a large record. */
const shrinkFrom = 1 << 22

/** The bytes that are not yet done with, and where they stand in the member. */
export class Window {
  bytes: Buffer = Buffer.alloc(0)
  /** Backs `bytes`; used again for every chunk, since memory outside the heap makes the collector run. */
  #room: Buffer = Buffer.alloc(0)
  /** Offset in the member of `bytes[0]`. */
  base = 0
  #line = 1
  /** The next line end, -1 while it is not known; none lies between the last one counted and `#searched`. */
  #lineEnd = -1
  #searched = 0

  /** Drops what lies before `keepFrom` (a member offset) and appends a chunk. */
  append(chunk: Uint8Array, keepFrom: number): void {
    this.lineOf(keepFrom)
    const rest = this.bytes.subarray(keepFrom - this.base)
    const size = rest.length + chunk.length
    const wasteful = this.#room.length > shrinkFrom && size * 8 < this.#room.length
    if (size > this.#room.length || wasteful) {
      const room = Buffer.allocUnsafeSlow(size + (size >> 1))
      room.set(rest)
      this.#room = room
    } else {
      const from = rest.byteOffset - this.#room.byteOffset
      this.#room.copyWithin(0, from, from + rest.length)
    }
    this.#room.set(chunk, rest.length)
    this.bytes = this.#room.subarray(0, size)
    this.base = keepFrom
  }

  get end(): number {
    return this.base + this.bytes.length
  }

  slice(from: number, to: number): Buffer {
    return this.bytes.subarray(from - this.base, to - this.base)
  }

  /** 1-based line of a member offset. Offsets are asked in rising order; bytes are searched once. */
  lineOf(offset: number): number {
    for (;;) {
      if (this.#lineEnd < 0) {
        const found = this.bytes.indexOf(0x0a, Math.max(this.#searched, this.base) - this.base)
        if (found === -1) {
          this.#searched = this.end
          return this.#line
        }
        this.#lineEnd = found + this.base
      }
      if (this.#lineEnd >= offset) return this.#line
      this.#line++
      this.#searched = this.#lineEnd + 1
      this.#lineEnd = -1
    }
  }
}

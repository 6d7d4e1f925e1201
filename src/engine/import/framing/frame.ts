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

/** The bytes that are not yet done with, and where they stand in the member. */
export class Window {
  bytes: Buffer = Buffer.alloc(0)
  /** Offset in the member of `bytes[0]`. */
  base = 0
  #line = 1
  #lineAt = 0

  /** Drops what lies before `keepFrom` (a member offset) and appends a chunk. */
  append(chunk: Uint8Array, keepFrom: number): void {
    this.lineOf(keepFrom)
    const rest = this.bytes.subarray(keepFrom - this.base)
    this.bytes =
      rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : Buffer.concat([rest, chunk])
    this.base = keepFrom
  }

  get end(): number {
    return this.base + this.bytes.length
  }

  slice(from: number, to: number): Buffer {
    return this.bytes.subarray(from - this.base, to - this.base)
  }

  /** 1-based line of a member offset. Offsets are asked in rising order. */
  lineOf(offset: number): number {
    let at = Math.max(this.#lineAt, this.base)
    for (;;) {
      const found = this.bytes.indexOf(0x0a, at - this.base)
      if (found === -1 || found + this.base >= offset) break
      this.#line++
      at = found + this.base + 1
    }
    this.#lineAt = Math.max(at, offset)
    return this.#line
  }
}

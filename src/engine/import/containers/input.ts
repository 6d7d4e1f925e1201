/** Bytes from an iterator, with the choice to look ahead and to put back. */
export class Input {
  readonly #iterator: AsyncIterator<Uint8Array>
  #buffer: Buffer = Buffer.alloc(0)
  #ended = false
  /** Bytes taken for good. */
  taken = 0

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#iterator = chunks[Symbol.asyncIterator]()
  }

  async peek(bytes: number): Promise<Buffer> {
    while (this.#buffer.length < bytes && !this.#ended) {
      const next = await this.#iterator.next()
      if (next.done === true) this.#ended = true
      else
        this.#buffer = this.#buffer.length === 0 ? Buffer.from(next.value) : Buffer.concat([this.#buffer, next.value])
    }
    return this.#buffer.subarray(0, bytes)
  }

  async take(bytes: number): Promise<Buffer> {
    const taken = await this.peek(bytes)
    this.#buffer = this.#buffer.subarray(taken.length)
    this.taken += taken.length
    return taken
  }

  /** Up to and including the next zero byte; false where the input ends first. */
  async skipText(): Promise<boolean> {
    for (;;) {
      const byte = await this.take(1)
      if (byte.length === 0) return false
      if (byte[0] === 0) return true
    }
  }

  /** What is at hand, at most `max` bytes, at least one where there is any. */
  async some(max: number): Promise<Buffer> {
    await this.peek(1)
    return this.take(Math.min(max, this.#buffer.length))
  }

  putBack(bytes: Buffer): void {
    this.#buffer = Buffer.concat([bytes, this.#buffer])
    this.taken -= bytes.length
  }

  async countRest(): Promise<number> {
    let count = 0
    for (let part = await this.some(1 << 20); part.length > 0; part = await this.some(1 << 20)) count += part.length
    return count
  }

  async close(): Promise<void> {
    await this.#iterator.return?.()
  }
}

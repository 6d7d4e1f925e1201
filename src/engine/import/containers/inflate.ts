import { createInflateRaw, type InflateRaw } from 'node:zlib'
import type { Input } from './input'

const outChunkBytes = 1 << 18
const queueBytes = 1 << 20

/** One deflate stream through zlib, with every byte that came out before an error. */
export class Inflater {
  readonly #zlib: InflateRaw = createInflateRaw({ chunkSize: outChunkBytes })
  readonly #queue: Buffer[] = []
  #queued = 0
  #wake: () => void = () => undefined
  #ended = false
  #failed = false
  outcome: 'whole' | 'cut' | 'damaged' = 'whole'

  constructor() {
    this.#zlib.on('data', (chunk: Buffer) => {
      this.#queue.push(chunk)
      this.#queued += chunk.length
      if (this.#queued > queueBytes) this.#zlib.pause()
      this.#wake()
    })
    this.#zlib.on('end', () => {
      this.#ended = true
      this.#wake()
    })
    this.#zlib.on('error', () => {
      this.#failed = true
      this.#wake()
    })
  }

  async *run(input: Input): AsyncGenerator<Buffer> {
    let fed = 0
    let last: Buffer = Buffer.alloc(0)
    let idle = true
    while (!this.#ended && !this.#failed) {
      if (idle) {
        last = await input.some(outChunkBytes)
        if (last.length === 0) break
        fed += last.length
        idle = false
        this.#zlib.write(last, () => {
          idle = true
          this.#wake()
        })
      }
      yield* this.#drain()
      if (!idle && !this.#ended && !this.#failed && this.#queue.length === 0)
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
    }
    if (!this.#ended && !this.#failed) {
      // No more is coming: zlib says whether the stream is whole, and hands out what it still holds.
      this.#zlib.end()
      while (!this.#ended && !this.#failed) {
        yield* this.#drain()
        await new Promise<void>((resolve) => {
          this.#wake = resolve
          if (this.#ended || this.#failed || this.#queue.length > 0) resolve()
        })
      }
      if (this.#failed) this.outcome = 'cut'
    } else if (this.#failed) this.outcome = 'damaged'
    yield* this.#drain()
    if (this.#ended) input.putBack(last.subarray(last.length - (fed - this.#zlib.bytesWritten)))
  }

  *#drain(): Generator<Buffer> {
    for (let chunk = this.#queue.shift(); chunk !== undefined; chunk = this.#queue.shift()) {
      this.#queued -= chunk.length
      yield chunk
    }
    this.#zlib.resume()
  }

  close(): void {
    this.#zlib.destroy()
  }
}

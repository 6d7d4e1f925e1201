import { crc32 } from 'node:zlib'
import { Inflater } from './inflate'
import type { Input } from './input'

const chunkBytes = 1 << 18
const stored = 0
const deflated = 8

export function isReadable(method: number): boolean {
  return method === stored || method === deflated
}

/** The bytes of one entry of a zip, counted and summed as they come: what the zip says about them is not believed. */
export class ZipData {
  readonly #input: Input
  readonly #method: number
  readonly #packedBytes: number
  outcome: 'open' | 'whole' | 'cut' | 'damaged' = 'open'
  checksum = 0
  sizeBytes = 0

  /** `packedBytes` matters for entries without compression only; the others know their end. */
  constructor(input: Input, method: number, packedBytes: number) {
    this.#input = input
    this.#method = method
    this.#packedBytes = packedBytes
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#method === deflated ? this.#inflated() : this.#stored()) {
      this.checksum = crc32(chunk, this.checksum)
      this.sizeBytes += chunk.length
      yield chunk
    }
  }

  async *#stored(): AsyncGenerator<Uint8Array> {
    for (let left = this.#packedBytes; left > 0; ) {
      const chunk = await this.#input.some(Math.min(left, chunkBytes))
      if (chunk.length === 0) {
        this.outcome = 'cut'
        return
      }
      left -= chunk.length
      yield chunk
    }
    this.outcome = 'whole'
  }

  async *#inflated(): AsyncGenerator<Uint8Array> {
    const inflate = new Inflater()
    try {
      yield* inflate.run(this.#input)
    } finally {
      inflate.close()
    }
    this.outcome = inflate.outcome
  }

  /** What is wrong with the entry, now that it was read; undefined where it is what its head says. */
  wrong(crc: number, sizeBytes: number): string | undefined {
    const before = `the ${this.sizeBytes} bytes before`
    if (this.outcome === 'cut') return `the entry is cut off; ${before} the cut were read`
    if (this.outcome === 'damaged') return `the entry is damaged; ${before} were read`
    if (this.checksum !== crc) return 'the entry is damaged: its checksum does not match its data'
    if (this.sizeBytes !== sizeBytes) return `the entry holds ${this.sizeBytes} bytes, not ${sizeBytes} as the zip says`
    return undefined
  }
}

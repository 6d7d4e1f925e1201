/**
 * Bzip2 as a stream, block by block: a block holds at most 900,000 bytes before run lengths, so memory stays small. What
 * stands before a cut or damage is kept, and bytes after the end are noticed.
 */
import { BitReader, type Block, bytesOf, CutShort, Damaged, readBlock } from './bzip2Block'
import { expansionLimit } from './gzip'
import type { ContainerFault } from './member'

const pieceBytes = 1 << 18
/** More than the longest packed block: 900,000 symbols of 20 bits, and its tables. */
const blockBytes = 3 << 20
const headerBytes = 4

/** What a bzip2 file holds (all streams in it), then, where it is not whole, a fault that says where it breaks. */
export async function* bunzip2(
  chunks: AsyncIterable<Uint8Array>,
  member: string | null,
  onFault: (fault: ContainerFault) => void,
): AsyncGenerator<Uint8Array> {
  const input = new Input(chunks)
  let outBytes = 0
  const fault = (reason: string, limit?: string) =>
    onFault({ member, offset: outBytes, length: 0, reason, ...(limit === undefined ? {} : { limit }) })
  try {
    for (let first = true; ; first = false) {
      await input.fill(headerBytes)
      if (!first && input.left === 0) return
      const size = levelOf(input.take(headerBytes))
      if (size === undefined) {
        fault(`${await input.countRest()} bytes after the end of the bzip2 stream are no bzip2 data`)
        return
      }
      for (;;) {
        await input.fill(blockBytes)
        const block = input.block(size)
        if (block === 'end') break
        for (const piece of bytesOf(block, pieceBytes)) {
          outBytes += piece.length
          const limit = expansionLimit(input.taken, outBytes)
          if (limit !== undefined) {
            fault(`Unpacking stopped: ${limit}.`, limit)
            return
          }
          yield piece
        }
      }
    }
  } catch (error) {
    const before = `the ${outBytes} bytes before`
    if (error instanceof CutShort) fault(`the bzip2 stream is cut off after ${input.total} bytes; ${before} were read`)
    else if (error instanceof Damaged)
      fault(`the bzip2 stream is damaged near packed byte ${input.taken}; ${before} were read`)
    else throw error
  } finally {
    await input.close()
  }
}

function levelOf(header: Uint8Array): number | undefined {
  const [b, z, h, level = 0] = header
  const digit = level - 0x30
  return b === 0x42 && z === 0x5a && h === 0x68 && digit >= 1 && digit <= 9 ? digit * 100_000 : undefined
}

/** Bytes from an iterator, and the bits of the stream that stand in them. */
class Input {
  readonly #iterator: AsyncIterator<Uint8Array>
  #buffer: Buffer = Buffer.alloc(0)
  /** Bits of the first byte of the buffer that are used up. */
  #usedBits = 0
  #ended = false
  taken = 0

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#iterator = chunks[Symbol.asyncIterator]()
  }

  get left(): number {
    return this.#buffer.length
  }

  get total(): number {
    return this.taken + this.#buffer.length
  }

  async fill(bytes: number): Promise<void> {
    const parts = [this.#buffer]
    let length = this.#buffer.length
    while (length < bytes && !this.#ended) {
      const next = await this.#iterator.next()
      if (next.done === true) this.#ended = true
      else {
        parts.push(Buffer.from(next.value))
        length += next.value.length
      }
    }
    if (parts.length > 1) this.#buffer = Buffer.concat(parts)
  }

  take(bytes: number): Uint8Array {
    const taken = this.#buffer.subarray(0, bytes)
    this.#buffer = this.#buffer.subarray(taken.length)
    this.taken += taken.length
    return taken
  }

  /** The next block, or the end of the stream, after which the next byte begins anew. */
  block(size: number): Block | 'end' {
    const bits = new BitReader(this.#buffer)
    bits.at = this.#usedBits
    const magic = bits.read(24) * 2 ** 24 + bits.read(24)
    if (magic === 0x177245385090) {
      bits.read(16)
      bits.read(16)
      this.take((bits.at + 7) >>> 3)
      this.#usedBits = 0
      return 'end'
    }
    if (magic !== 0x314159265359) throw new Damaged()
    const block = readBlock(bits, size)
    this.take(bits.at >>> 3)
    this.#usedBits = bits.at & 7
    return block
  }

  async countRest(): Promise<number> {
    let count = this.#buffer.length + headerBytes
    for (let next = await this.#iterator.next(); next.done !== true; next = await this.#iterator.next())
      count += next.value.length
    return count
  }

  async close(): Promise<void> {
    await this.#iterator.return?.()
  }
}

/**
 * Gzip (RFC 1952) as a stream. Header and trailer are read here and only the deflate body is left to zlib, so that a
 * wrong checksum costs no data, a cut stream keeps all that came before the cut, and bytes after the end are noticed.
 */
import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib'
import { limits } from '../limits'
import type { ContainerFault } from './member'

const outChunkBytes = 1 << 18
const queueBytes = 1 << 20
const trailerBytes = 8

/** What a gzip stream holds (all its members), then, where it is not whole, a fault that says where it breaks. */
export async function* gunzip(
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
      if (!first && (await input.peek(1)).length === 0) return
      const header = await readHeader(input)
      if (header !== 'ok') {
        if (header === 'cut') fault(`the gzip stream is cut off after ${input.taken} bytes`)
        else fault(`${await input.countRest()} bytes after the end of the gzip stream are no gzip data`)
        return
      }
      let checksum = 0
      let size = 0
      const inflate = new Inflater()
      try {
        for await (const chunk of inflate.run(input)) {
          outBytes += chunk.length
          const limit = expansionLimit(input.taken, outBytes)
          if (limit !== undefined) {
            fault(`Unpacking stopped: ${limit}.`, limit)
            return
          }
          checksum = crc32(chunk, checksum)
          size = (size + chunk.length) % 2 ** 32
          yield chunk
        }
      } finally {
        inflate.close()
      }
      if (inflate.outcome === 'cut') {
        fault(`the gzip stream is cut off after ${input.taken} bytes; the ${outBytes} bytes before the cut were read`)
        return
      }
      if (inflate.outcome === 'damaged') {
        fault(`the gzip stream is damaged near packed byte ${input.taken}; the ${outBytes} bytes before were read`)
        return
      }
      const trailer = await input.take(trailerBytes)
      if (trailer.length < trailerBytes) {
        fault(`the gzip stream is cut off in its last ${trailerBytes} bytes; its checksum cannot be proved`)
        return
      }
      if (trailer.readUInt32LE(0) !== checksum || trailer.readUInt32LE(4) !== size)
        fault('the gzip stream is damaged: its checksum or length does not match what it holds')
    }
  } finally {
    await input.close()
  }
}

/** Bytes from an iterator, with the choice to look ahead and to put back. */
class Input {
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

async function readHeader(input: Input): Promise<'ok' | 'cut' | 'foreign'> {
  const fixed = await input.peek(10)
  if (fixed[0] !== 0x1f || (fixed.length > 1 && fixed[1] !== 0x8b) || (fixed.length > 2 && fixed[2] !== 8))
    return 'foreign'
  if (fixed.length < 10) return 'cut'
  await input.take(10)
  const flags = fixed[3] ?? 0
  if ((flags & 4) !== 0) {
    const size = await input.take(2)
    if (size.length < 2 || (await input.take(size.readUInt16LE(0))).length < size.readUInt16LE(0)) return 'cut'
  }
  if ((flags & 8) !== 0 && !(await input.skipText())) return 'cut'
  if ((flags & 16) !== 0 && !(await input.skipText())) return 'cut'
  if ((flags & 2) !== 0 && (await input.take(2)).length < 2) return 'cut'
  return 'ok'
}

/** One deflate stream through zlib, with every byte that came out before an error. */
class Inflater {
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
        if (last.length === 0) {
          this.outcome = 'cut'
          break
        }
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
    // A cut stream still holds what zlib has not handed out yet.
    if (this.outcome === 'cut') await this.#flush()
    yield* this.#drain()
    if (this.#failed && this.outcome === 'whole') this.outcome = 'damaged'
    if (this.#ended) input.putBack(last.subarray(last.length - (fed - this.#zlib.bytesWritten)))
  }

  *#drain(): Generator<Buffer> {
    for (let chunk = this.#queue.shift(); chunk !== undefined; chunk = this.#queue.shift()) {
      this.#queued -= chunk.length
      yield chunk
    }
    this.#zlib.resume()
  }

  async #flush(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      this.#zlib.once('close', resolve)
      this.#zlib.end(resolve)
    })
  }

  close(): void {
    this.#zlib.destroy()
  }
}

/** The expansion limit that these sizes break, in words; undefined where they break none. */
export function expansionLimit(packedBytes: number, outBytes: number): string | undefined {
  if (outBytes > limits.totalBytes) return `more than ${limits.totalBytes} bytes unpacked`
  if (outBytes > limits.expansionFreeBytes && outBytes > packedBytes * limits.expansionRatio)
    return `more than ${limits.expansionRatio} times the packed size`
  return undefined
}

/**
 * Gzip (RFC 1952) as a stream. Header and trailer are read here and only the deflate body is left to zlib, so that a
 * wrong checksum costs no data, a cut stream keeps all that came before the cut, and bytes after the end are noticed.
 */
import { crc32 } from 'node:zlib'
import { limits } from '../limits'
import { Inflater } from './inflate'
import { Input } from './input'
import type { ContainerFault } from './member'

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

/** The expansion limit that these sizes break, in words; undefined where they break none. */
export function expansionLimit(packedBytes: number, outBytes: number): string | undefined {
  if (outBytes > limits.totalBytes) return `more than ${limits.totalBytes} bytes unpacked`
  if (outBytes > limits.expansionFreeBytes && outBytes > packedBytes * limits.expansionRatio)
    return `more than ${limits.expansionRatio} times the packed size`
  return undefined
}

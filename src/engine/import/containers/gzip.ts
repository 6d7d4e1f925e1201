import { PassThrough, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { limits } from '../limits'
import type { ContainerFault } from './member'

/**
 * What a gzip stream holds (all its members), as long as it is whole; then, where it is not, a fault that says at which
 * byte it breaks. A checksum that does not match and bytes after the end are faults too: DuckDB and many tools pass
 * over both.
 */
export async function* gunzip(
  chunks: AsyncIterable<Uint8Array>,
  member: string | null,
  onFault: (fault: ContainerFault) => void,
): AsyncGenerator<Uint8Array> {
  const input = new PassThrough({ highWaterMark: 1 << 20 })
  const inflate = createGunzip({ chunkSize: 1 << 18 })
  let compressedBytes = 0
  let outBytes = 0
  const source = Readable.from(counted(chunks, (size) => (compressedBytes += size)))
  source.on('error', (error) => input.destroy(error))
  source.pipe(input).pipe(inflate)
  try {
    for await (const chunk of inflate) {
      outBytes += chunk.length
      const limit = expansionLimit(compressedBytes, outBytes)
      if (limit !== undefined) {
        onFault({ member, offset: outBytes, length: 0, reason: `Unpacking stopped: ${limit}.`, limit })
        return
      }
      yield chunk
    }
    if (inflate.bytesWritten < compressedBytes) {
      const extra = compressedBytes - inflate.bytesWritten
      onFault({
        member,
        offset: outBytes,
        length: 0,
        reason: `${extra} bytes after the end of the gzip stream are no gzip data`,
      })
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!code.startsWith('Z_')) throw error
    const reason =
      code === 'Z_BUF_ERROR'
        ? `the gzip stream is cut off after ${compressedBytes} bytes; the ${outBytes} bytes before the cut were read`
        : `the gzip stream is damaged near compressed byte ${inflate.bytesWritten}; the ${outBytes} bytes before were read`
    onFault({ member, offset: outBytes, length: 0, reason })
  } finally {
    source.destroy()
    input.destroy()
    inflate.destroy()
  }
}

async function* counted(chunks: AsyncIterable<Uint8Array>, add: (size: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    add(chunk.length)
    yield chunk
  }
}

/** The expansion limit that these sizes break, in words; undefined where they break none. */
export function expansionLimit(compressedBytes: number, outBytes: number): string | undefined {
  if (outBytes > limits.totalBytes) return `more than ${limits.totalBytes} bytes unpacked`
  if (outBytes > limits.expansionFreeBytes && outBytes > compressedBytes * limits.expansionRatio)
    return `more than ${limits.expansionRatio} times the packed size`
  return undefined
}

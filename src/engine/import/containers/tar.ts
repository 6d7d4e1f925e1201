import { Readable } from 'node:stream'
import { extract } from 'tar-stream'
import { limits } from '../limits'
import type { ContainerEvents } from './member'

const blockBytes = 512

/** Reads the files of a tar one after another. Links and devices are listed and skipped. */
export async function readTar(
  chunks: AsyncIterable<Uint8Array>,
  label: string | null,
  events: ContainerEvents,
): Promise<void> {
  const archive = extract()
  const source = Readable.from(chunks)
  source.on('error', (error) => archive.destroy(error))
  source.pipe(archive)
  let members = 0
  let offset = 0
  let broken: unknown
  const fault = (member: string | null, at: number, reason: string, limit?: string) =>
    events.onFault({ member, offset: at, length: 0, reason, ...(limit === undefined ? {} : { limit }) })
  try {
    for await (const entry of archive) {
      const { name, type, size = 0 } = entry.header
      const path = label === null ? name : `${label}/${name}`
      if (++members > limits.archiveMembers)
        return fault(
          label,
          offset,
          `the tar has more than ${limits.archiveMembers} entries`,
          `archive members: ${limits.archiveMembers}`,
        )
      if (type === 'file' || type === 'contiguous-file') {
        // A cut inside an entry must not take the records before it with it.
        const onCut = (error: unknown, readBytes: number) => {
          broken = error
          fault(path, readBytes, `the entry is cut off; the ${readBytes} bytes before the cut were read`)
        }
        await events.onMember({ name: path, chunks: bytesOf(entry, onCut) })
        if (broken !== undefined) return
      } else if (type !== 'directory') events.onSkipped(path, `a ${type ?? 'special'} entry`)
      entry.resume()
      offset += blockBytes + Math.ceil(size / blockBytes) * blockBytes
    }
  } catch (error) {
    if (error === broken) return
    const why = error instanceof Error ? error.message : String(error)
    fault(label, offset, `the tar is damaged or cut off: ${why}`)
  } finally {
    source.destroy()
    archive.destroy()
  }
}

async function* bytesOf(
  entry: AsyncIterable<unknown>,
  onCut: (error: unknown, readBytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let readBytes = 0
  const iterator = entry[Symbol.asyncIterator]()
  for (;;) {
    let next: IteratorResult<unknown>
    try {
      next = await iterator.next()
    } catch (error) {
      onCut(error, readBytes)
      return
    }
    if (next.done === true) return
    if (!(next.value instanceof Uint8Array)) continue
    readBytes += next.value.length
    yield next.value
  }
}

/** `ustar` at byte 257, as POSIX and GNU write it. */
export function isTar(head: Buffer): boolean {
  return head.length >= 262 && head.toString('latin1', 257, 262) === 'ustar'
}

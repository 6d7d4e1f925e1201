import { Readable } from 'node:stream'
import { extract } from 'tar-stream'
import { limits } from '../limits'
import type { ContainerEvents } from './member'

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
  try {
    for await (const entry of archive) {
      const { name, type, size = 0 } = entry.header
      const path = label === null ? name : `${label}/${name}`
      if (++members > limits.archiveMembers) {
        events.onFault({
          member: label,
          offset,
          length: 0,
          reason: `the tar has more than ${limits.archiveMembers} entries`,
          limit: `archive members: ${limits.archiveMembers}`,
        })
        return
      }
      if (type === 'file' || type === 'contiguous-file') await events.onMember({ name: path, chunks: bytesOf(entry) })
      else if (type !== 'directory') events.onSkipped(path, `a ${type ?? 'special'} entry`)
      entry.resume()
      offset += 512 + Math.ceil(size / 512) * 512
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    events.onFault({ member: label, offset, length: 0, reason: `the tar is damaged or cut off: ${why}` })
  } finally {
    source.destroy()
    archive.destroy()
  }
}

async function* bytesOf(entry: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of entry) if (chunk instanceof Uint8Array) yield chunk
}

/** `ustar` at byte 257, as POSIX and GNU write it. */
export function isTar(head: Buffer): boolean {
  return head.length >= 262 && head.toString('latin1', 257, 262) === 'ustar'
}

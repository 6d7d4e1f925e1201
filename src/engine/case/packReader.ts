/** Named members of a package's zip, read one at a time and never beyond the size that was announced. */
import type { Hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Entry, fromFd as FromFd, ZipFile } from 'yauzl'
import { AppError } from '../../common/errors'

export interface MemberReader {
  readonly names: readonly string[]
  text(name: string, maxBytes: number): Promise<string>
  /** Exactly `sizeBytes` bytes, fed to `hash` on the way; anything else throws `input.refused`. */
  stream(name: string, sizeBytes: number, hash: Hash): AsyncGenerator<Buffer>
}

const maxEntries = 100_001

export async function readMembers<T>(
  fd: number,
  fromFd: typeof FromFd,
  use: (reader: MemberReader) => Promise<T>,
): Promise<T> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromFd(fd, { lazyEntries: false, autoClose: false }, (error, opened) =>
      error === null ? resolve(opened) : reject(error),
    )
  })
  if (zip.entryCount > maxEntries) throw new AppError('input.refused', 'The package holds too many files.')
  const entries = new Map<string, Entry>()
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => entries.set(entry.fileName, entry))
    zip.on('end', resolve)
    zip.on('error', reject)
  })
  const open = (name: string): Promise<Readable> => {
    const entry = entries.get(name)
    if (entry === undefined) throw new AppError('input.refused', `The package lacks ${name}.`)
    return new Promise((resolve, reject) => {
      zip.openReadStream(entry, (error, stream) => (error === null ? resolve(stream) : reject(error)))
    })
  }
  return use({
    names: [...entries.keys()],
    async text(name, maxBytes) {
      const parts: Buffer[] = []
      let size = 0
      for await (const chunk of await open(name)) {
        if (!Buffer.isBuffer(chunk)) continue
        size += chunk.length
        if (size > maxBytes) throw new AppError('input.refused', `${name} in the package is too large.`)
        parts.push(chunk)
      }
      return Buffer.concat(parts).toString('utf8')
    },
    async *stream(name, sizeBytes, hash) {
      let size = 0
      for await (const chunk of await open(name)) {
        if (!Buffer.isBuffer(chunk)) continue
        size += chunk.length
        if (size > sizeBytes) break
        hash.update(chunk)
        yield chunk
      }
      if (size !== sizeBytes)
        throw new AppError('input.refused', `${name} in the package has another size than its manifest says.`)
    },
  })
}

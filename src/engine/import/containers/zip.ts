import { crc32 } from 'node:zlib'
import { type Entry, fromBuffer, fromFd, type ZipFile } from 'yauzl'
import { limits } from '../limits'
import { expansionLimit } from './gzip'
import type { ContainerEvents } from './member'

const options = {
  lazyEntries: true,
  autoClose: false,
  strictFileNames: false,
  validateEntrySize: true,
  decodeStrings: true,
} as const
const encryptedFlag = 1
const linkMode = 0o120000
const typeMask = 0o170000

/** Reads the entries of a zip one after another; a file descriptor stays the caller's to close. Names are labels only; sizes are counted, not believed. */
export async function readZip(source: number | Buffer, label: string | null, events: ContainerEvents): Promise<void> {
  const fault = (member: string | null, reason: string, limit?: string) =>
    events.onFault({ member, offset: 0, length: 0, reason, ...(limit === undefined ? {} : { limit }) })
  let zip: ZipFile
  try {
    zip = await open(source)
  } catch (error) {
    return fault(label, `the zip cannot be read: ${messageOf(error)}`)
  }
  if (zip.entryCount > limits.archiveMembers)
    return fault(
      label,
      `the zip has more than ${limits.archiveMembers} entries`,
      `archive members: ${limits.archiveMembers}`,
    )
  const seen = new Set<number>()
  let packed = 0
  let unpacked = 0
  try {
    for (let entry = await nextEntry(zip); entry !== undefined; entry = await nextEntry(zip)) {
      const name = join(label, entry.fileName)
      if (entry.fileName.endsWith('/')) continue
      if (((entry.externalFileAttributes >>> 16) & typeMask) === linkMode) {
        events.onSkipped(name, 'a link')
        continue
      }
      if ((entry.generalPurposeBitFlag & encryptedFlag) !== 0) {
        fault(name, 'the entry is encrypted')
        continue
      }
      if (seen.has(entry.relativeOffsetOfLocalHeader)) {
        fault(name, 'the entry shares its data with another entry', 'overlapping archive entries')
        continue
      }
      seen.add(entry.relativeOffsetOfLocalHeader)
      packed += entry.compressedSize
      const state = { stop: false }
      await events.onMember({
        name,
        chunks: entryChunks(
          zip,
          entry,
          (reason, limit) => fault(name, reason, limit),
          (size) => {
            unpacked += size
            const limit = expansionLimit(packed, unpacked)
            if (limit !== undefined) state.stop = true
            return limit
          },
        ),
      })
      if (state.stop) return
    }
  } catch (error) {
    fault(label, `the zip is damaged: ${messageOf(error)}`)
  }
}

async function* entryChunks(
  zip: ZipFile,
  entry: Entry,
  onFault: (reason: string, limit?: string) => void,
  count: (size: number) => string | undefined,
): AsyncGenerator<Uint8Array> {
  let checksum = 0
  try {
    const stream = await openStream(zip, entry)
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) continue
      const limit = count(chunk.length)
      if (limit !== undefined) {
        onFault(`Unpacking stopped: ${limit}.`, limit)
        stream.destroy()
        return
      }
      checksum = crc32(chunk, checksum)
      yield chunk
    }
    if (checksum !== entry.crc32) onFault('the checksum of the entry does not match its data')
  } catch (error) {
    onFault(`the entry is damaged: ${messageOf(error)}`)
  }
}

function open(source: number | Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, zip?: ZipFile) => (zip === undefined ? reject(error) : resolve(zip))
    if (typeof source === 'number') fromFd(source, options, done)
    else fromBuffer(source, options, done)
  })
}

function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const clear = () => {
      zip.removeListener('entry', onEntry)
      zip.removeListener('end', onEnd)
      zip.removeListener('error', onError)
    }
    const onEntry = (entry: Entry) => {
      clear()
      resolve(entry)
    }
    const onEnd = () => {
      clear()
      resolve(undefined)
    }
    const onError = (error: Error) => {
      clear()
      reject(error)
    }
    zip.on('entry', onEntry)
    zip.on('end', onEnd)
    zip.on('error', onError)
    zip.readEntry()
  })
}

function openStream(zip: ZipFile, entry: Entry): Promise<NodeJS.ReadableStream & { destroy(): void }> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error === null ? resolve(stream) : reject(error)))
  })
}

function join(label: string | null, name: string): string {
  return label === null ? name : `${label}/${name}`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

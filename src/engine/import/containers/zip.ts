/**
 * Reads the entries of a zip one after another by the list at its end; where that is missing or damaged, the entries are
 * looked for from the front. Names are labels only; sizes are counted, not believed.
 */
import { type Entry, fromBuffer, fromFd, type ZipFile } from 'yauzl'
import { limits } from '../limits'
import { expansionLimit } from './gzip'
import { Input } from './input'
import type { ContainerEvents } from './member'
import { Ranges } from './ranges'
import { isReadable, ZipData } from './zipData'
import { readZipFromFront } from './zipFront'

const options = {
  lazyEntries: true,
  autoClose: false,
  strictFileNames: false,
  validateEntrySize: false,
  decodeStrings: true,
} as const
const encryptedFlag = 1
const linkMode = 0o120000
const typeMask = 0o170000
const localHeaderBytes = 30

/** A file descriptor stays the caller's to close. */
export async function readZip(source: number | Buffer, label: string | null, events: ContainerEvents): Promise<void> {
  const fault = (member: string | null, offset: number, reason: string, limit?: string) =>
    events.onFault({ member, offset, length: 0, reason, ...(limit === undefined ? {} : { limit }) })
  const seen = new Ranges()
  let zip: ZipFile
  try {
    zip = await open(source)
  } catch (error) {
    fault(label, 0, `the list of the zip's entries cannot be read: ${messageOf(error)}`)
    return readZipFromFront(source, label, events, seen)
  }
  if (zip.entryCount > limits.archiveMembers)
    return fault(
      label,
      0,
      `the zip has more than ${limits.archiveMembers} entries`,
      `archive members: ${limits.archiveMembers}`,
    )
  let packed = 0
  let unpacked = 0
  try {
    for (let entry = await nextEntry(zip); entry !== undefined; entry = await nextEntry(zip)) {
      const name = join(label, entry.fileName)
      const start = entry.relativeOffsetOfLocalHeader
      if (!seen.add(start, start + localHeaderBytes + entry.compressedSize)) {
        fault(name, 0, 'the entry shares its data with another entry', 'overlapping archive entries')
        continue
      }
      if (entry.fileName.endsWith('/')) continue
      if (((entry.externalFileAttributes >>> 16) & typeMask) === linkMode) {
        events.onSkipped(name, 'a link')
        continue
      }
      if ((entry.generalPurposeBitFlag & encryptedFlag) !== 0) {
        fault(name, 0, 'the entry is encrypted')
        continue
      }
      if (!isReadable(entry.compressionMethod)) {
        fault(name, 0, `the entry is packed in a way that is not read (${entry.compressionMethod})`)
        continue
      }
      packed += entry.compressedSize
      let stop = false
      const input = new Input(rawChunks(zip, entry, (reason) => fault(name, 0, reason)))
      const data = new ZipData(input, entry.compressionMethod, entry.compressedSize)
      async function* chunks(this: void): AsyncGenerator<Uint8Array> {
        for await (const chunk of data.chunks()) {
          unpacked += chunk.length
          const limit = expansionLimit(packed, unpacked)
          if (limit !== undefined) {
            stop = true
            fault(name, data.sizeBytes, `Unpacking stopped: ${limit}.`, limit)
            return
          }
          yield chunk
        }
        const wrong = data.wrong(entry?.crc32 ?? 0, entry?.uncompressedSize ?? 0)
        if (wrong !== undefined) fault(name, data.sizeBytes, wrong)
      }
      await events.onMember({ name, chunks: chunks() })
      await input.close()
      if (stop) return
    }
  } catch (error) {
    fault(label, 0, `the list of the zip's entries is damaged: ${messageOf(error)}`)
    return readZipFromFront(source, label, events, seen)
  }
}

/** The packed bytes of an entry. What cannot be read is told, and ends them. */
async function* rawChunks(zip: ZipFile, entry: Entry, onFault: (reason: string) => void): AsyncGenerator<Uint8Array> {
  try {
    const stream = await openStream(zip, entry)
    for await (const chunk of stream) if (chunk instanceof Uint8Array) yield chunk
  } catch (error) {
    onFault(`the entry cannot be read: ${messageOf(error)}`)
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

function openStream(zip: ZipFile, entry: Entry): Promise<NodeJS.ReadableStream> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, { decodeFileData: false }, (error, stream) =>
      error === null ? resolve(stream) : reject(error),
    )
  })
}

function join(label: string | null, name: string): string {
  return label === null ? name : `${label}/${name}`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

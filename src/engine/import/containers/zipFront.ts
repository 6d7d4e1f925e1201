/**
 * A zip whose list of entries is missing or damaged, as a broken download leaves it: entry by entry from the front, by the
 * header that stands before each. What is whole is read, and of the entry at the cut what comes before it.
 */
import { read } from 'node:fs'
import { promisify } from 'node:util'
import { limits } from '../limits'
import { expansionLimit } from './gzip'
import { Input } from './input'
import type { ContainerEvents } from './member'
import type { Ranges } from './ranges'
import { isReadable, ZipData } from './zipData'

const readAt = promisify(read)
const readBytes = 1 << 18
const localSignature = 0x04034b50
const headerBytes = 30
const encryptedFlag = 1
/** Sizes and checksum follow the data. */
const descriptorFlag = 8
const utf8Flag = 1 << 11
/** Stands for a size that a 64-bit field gives. */
const largeSize = 0xffffffff

interface LocalHeader {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packedBytes: number
  readonly sizeBytes: number
}

/** `seen`: where entries begin that were read already. */
export async function readZipFromFront(
  source: number | Buffer,
  label: string | null,
  events: ContainerEvents,
  seen: Ranges,
): Promise<void> {
  const input = new Input(typeof source === 'number' ? fileChunks(source) : bufferChunks(source))
  const fault = (member: string | null, offset: number, reason: string, limit?: string) =>
    events.onFault({ member, offset, length: 0, reason, ...(limit === undefined ? {} : { limit }) })
  let unpacked = 0
  let stop = false
  try {
    for (let count = 0; !stop; count++) {
      const start = input.taken
      const signature = await input.peek(4)
      if (signature.length < 4) return
      if (signature.readUInt32LE(0) !== localSignature) {
        if (signature.toString('latin1', 0, 2) !== 'PK')
          fault(label, start, `the zip is damaged at byte ${start}: no entry begins there`)
        return
      }
      if (count >= limits.archiveMembers)
        return fault(
          label,
          start,
          `the zip has more than ${limits.archiveMembers} entries`,
          `archive members: ${limits.archiveMembers}`,
        )
      const header = await readHeader(input)
      if (header === undefined)
        return fault(label, start, `the zip is cut off in the head of an entry at byte ${start}`)
      const name = label === null ? header.name : `${label}/${header.name}`
      const ends = (header.flags & descriptorFlag) === 0 || header.packedBytes > 0
      const readable = isReadable(header.method) && (header.flags & encryptedFlag) === 0
      if (!readable || (header.method === 0 && !ends)) {
        fault(name, 0, 'the entry is encrypted, or packed in a way that is not read')
        if (!ends) return
        await skip(input, header.packedBytes)
        continue
      }
      const data = new ZipData(input, header.method, header.packedBytes)
      const told = seen.startsAt(start)
      async function* chunks(this: void): AsyncGenerator<Uint8Array> {
        for await (const chunk of data.chunks()) {
          unpacked += chunk.length
          const limit = expansionLimit(input.taken, unpacked)
          if (limit !== undefined) {
            stop = true
            if (!told) fault(name, data.sizeBytes, `Unpacking stopped: ${limit}.`, limit)
            return
          }
          yield chunk
        }
      }
      const content = chunks()
      if (!told && !header.name.endsWith('/')) await events.onMember({ name, chunks: kept(content) })
      // Whoever took it may have stopped early: the next entry begins behind all of it.
      for (let next = await content.next(); next.done !== true; next = await content.next());
      if (stop) return
      const sums =
        (header.flags & descriptorFlag) === 0 || data.outcome !== 'whole' ? header : await readDescriptor(input, data)
      const wrong = data.wrong(sums.crc, sums.sizeBytes)
      if (wrong !== undefined && !told) fault(name, data.sizeBytes, wrong)
      if (data.outcome === 'damaged') return
    }
  } finally {
    await input.close()
  }
}

/** The same, but ending early does not end what it reads from. */
async function* kept(content: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let next = await content.next(); next.done !== true; next = await content.next()) yield next.value
}

async function readHeader(input: Input): Promise<LocalHeader | undefined> {
  const fixed = Buffer.from(await input.take(headerBytes))
  if (fixed.length < headerBytes) return undefined
  const [nameBytes, extraBytes] = [fixed.readUInt16LE(26), fixed.readUInt16LE(28)]
  const name = Buffer.from(await input.take(nameBytes))
  const extra = Buffer.from(await input.take(extraBytes))
  if (name.length < nameBytes || extra.length < extraBytes) return undefined
  const flags = fixed.readUInt16LE(6)
  const sizes = largeSizes(extra)
  const [packed, size] = [fixed.readUInt32LE(18), fixed.readUInt32LE(22)]
  return {
    name: name.toString((flags & utf8Flag) === 0 ? 'latin1' : 'utf8'),
    flags,
    method: fixed.readUInt16LE(8),
    crc: fixed.readUInt32LE(14),
    packedBytes: packed === largeSize ? (sizes?.packedBytes ?? packed) : packed,
    sizeBytes: size === largeSize ? (sizes?.sizeBytes ?? size) : size,
  }
}

/** Sizes of 64 bits from the extra fields. */
function largeSizes(extra: Buffer): { readonly packedBytes: number; readonly sizeBytes: number } | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === 1 && length >= 16 && at + 20 <= extra.length)
      return {
        sizeBytes: Number(extra.readBigUInt64LE(at + 4)),
        packedBytes: Number(extra.readBigUInt64LE(at + 12)),
      }
    at += 4 + length
  }
  return undefined
}

/** The sums behind the data: with or without a signature, with sizes of 32 or 64 bits, told by what follows them. */
async function readDescriptor(input: Input, data: ZipData): Promise<{ crc: number; sizeBytes: number }> {
  const bytes = Buffer.from(await input.peek(28))
  for (const length of [16, 12, 24, 20]) {
    const signed = length === 16 || length === 24
    if (bytes.length < length || (signed && bytes.toString('latin1', 0, 4) !== 'PK\u0007\u0008')) continue
    const follows = bytes.toString('latin1', length, length + 2)
    if (follows !== 'PK' && follows !== '') continue
    await input.take(length)
    const at = signed ? 4 : 0
    const sizeAt = at + (length >= 20 ? 12 : 8)
    return { crc: bytes.readUInt32LE(at), sizeBytes: bytes.readUInt32LE(sizeAt) }
  }
  // Cut inside: nothing contradicts the data.
  await input.take(bytes.length < 16 ? bytes.length : 0)
  return { crc: data.checksum, sizeBytes: data.sizeBytes }
}

async function skip(input: Input, bytes: number): Promise<void> {
  for (let left = bytes; left > 0; ) {
    const { length } = await input.some(Math.min(left, readBytes))
    if (length === 0) return
    left -= length
  }
}

async function* fileChunks(fd: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; ; ) {
    const buffer = Buffer.allocUnsafe(readBytes)
    const { bytesRead } = await readAt(fd, buffer, 0, readBytes, at)
    if (bytesRead === 0) return
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

async function* bufferChunks(buffer: Buffer): AsyncGenerator<Uint8Array> {
  yield buffer
}

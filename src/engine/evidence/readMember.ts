/** Bytes of a file or of what a container in it holds, at the offsets that events and rejects name. */
import { open } from 'node:fs/promises'
import { AppError, throwIfAborted } from '../../common/errors'
import type { Member } from '../import/containers/member'
import { containerKind } from '../import/containers/walk'
import { type Encoding, encodingOf } from '../import/utf'
import { asIoError } from '../io'
import { eachMember } from './eachMember'

export interface MemberRange {
  /** Null for the file itself or what it holds when only compressed. */
  readonly member: string | null
  readonly offset: number
  readonly length: number
}

export interface MemberBytes {
  readonly offset: number
  readonly bytes: Buffer
  /** The member ends with them. */
  readonly atEnd: boolean
  readonly encoding: Encoding
}

const headBytes = 512

/** Errors: `not-found` where the file holds no such member, `cancelled`, `io.*`. */
export async function readMember(path: string, range: MemberRange, signal?: AbortSignal): Promise<MemberBytes> {
  if (range.member === null) {
    const direct = await readPlain(path, range)
    if (direct !== undefined) return direct
  }
  let found: MemberBytes | undefined
  await eachMember(path, signal, async (member, stop) => {
    if (member.name !== range.member) return
    found = await readChunks(member, range, signal)
    stop()
  })
  // What is told of an archive as a whole stands in the archive's own bytes.
  if (found === undefined && range.member === null) return readFile(path, range)
  if (found === undefined) throw new AppError('not-found', 'The file holds no such member.')
  return found
}

/** Undefined where the file is a container: then its bytes are not the member's. */
async function readPlain(path: string, range: MemberRange): Promise<MemberBytes | undefined> {
  const { bytes: head } = await readFile(path, { offset: 0, length: headBytes })
  return containerKind(head) === undefined ? readFile(path, range) : undefined
}

/** The file's own bytes. */
async function readFile(path: string, { offset, length }: Omit<MemberRange, 'member'>): Promise<MemberBytes> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw asIoError(error, 'The file cannot be read.')
  })
  try {
    const { size } = await file.stat()
    const head = Buffer.alloc(2)
    await file.read(head, 0, 2, 0)
    const wanted = Math.max(0, Math.min(length, size - offset))
    const bytes = Buffer.alloc(wanted)
    let read = 0
    while (read < wanted) {
      const part = await file.read(bytes, read, wanted - read, offset + read)
      if (part.bytesRead === 0) break
      read += part.bytesRead
    }
    return { offset, bytes: bytes.subarray(0, read), atEnd: offset + read >= size, encoding: encodingOf(head) }
  } finally {
    await file.close()
  }
}

async function readChunks(
  member: Member,
  { offset, length }: MemberRange,
  signal: AbortSignal | undefined,
): Promise<MemberBytes> {
  const parts: Uint8Array[] = []
  let head = Buffer.alloc(0)
  let at = 0
  let atEnd = true
  for await (const chunk of member.chunks) {
    throwIfAborted(signal)
    if (head.length < 2) head = Buffer.concat([head, chunk.subarray(0, 2)])
    if (at >= offset + length && chunk.length > 0) {
      atEnd = false
      break
    }
    const part = chunk.subarray(Math.max(0, offset - at), Math.max(0, offset + length - at))
    if (part.length > 0) parts.push(part)
    if (at + chunk.length > offset + length) {
      atEnd = false
      break
    }
    at += chunk.length
  }
  return { offset, bytes: Buffer.concat(parts), atEnd, encoding: encodingOf(head) }
}

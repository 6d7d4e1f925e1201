/** Goes through what a file holds, down to the members that are logs: gzip, zip and tar, nested once. */

import { limits } from '../limits'
import { gunzip } from './gzip'
import { type ContainerEvents, type Member, peek } from './member'
import { isTar, readTar } from './tar'
import { readZip } from './zip'

const headBytes = 512

/** `fd` allows random access for a zip that is the file itself. */
export async function walk(member: Member, events: ContainerEvents, fd: number | undefined): Promise<void> {
  await step(member, events, fd, 0)
}

async function step(member: Member, events: ContainerEvents, fd: number | undefined, depth: number): Promise<void> {
  const { head, rest } = await peek(member.chunks, headBytes)
  const kind = kindOf(head)
  if (kind === undefined) return events.onMember({ name: member.name, chunks: rest })
  const refuse = (reason: string, limit?: string) =>
    events.onFault({ member: member.name, offset: 0, length: 0, reason, ...(limit === undefined ? {} : { limit }) })
  if (kind.refused) return refuse(`${kind.name} is not read; unpack it first`)
  if (kind.name !== 'gzip' && depth >= limits.archiveDepth)
    return refuse(`archives are nested deeper than ${limits.archiveDepth}`, `archive depth: ${limits.archiveDepth}`)
  const inner: ContainerEvents = { ...events, onMember: (child) => step(child, events, undefined, depth + 1) }
  switch (kind.name) {
    case 'gzip':
      if (depth > limits.archiveDepth)
        return refuse(`gzip is nested deeper than ${limits.archiveDepth}`, `archive depth: ${limits.archiveDepth}`)
      return step(
        { name: member.name, chunks: gunzip(rest, member.name, events.onFault) },
        events,
        undefined,
        depth + 1,
      )
    case 'tar':
      return readTar(rest, member.name, inner)
    case 'zip': {
      if (fd !== undefined && depth === 0) return readZip(fd, member.name, inner)
      const bytes = await gather(rest, limits.nestedArchiveBytes)
      if (bytes === undefined)
        return refuse(
          `a zip inside an archive is larger than ${limits.nestedArchiveBytes} bytes`,
          `nested archive bytes: ${limits.nestedArchiveBytes}`,
        )
      return readZip(bytes, member.name, inner)
    }
    default:
      return refuse(`${kind.name} is not read; unpack it first`)
  }
}

function kindOf(head: Buffer): { readonly name: string; readonly refused: boolean } | undefined {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte)
  if (starts(0x1f, 0x8b, 0x08)) return { name: 'gzip', refused: false }
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return { name: 'zip', refused: false }
  if (isTar(head)) return { name: 'tar', refused: false }
  if (starts(0x42, 0x5a, 0x68)) return { name: 'bzip2', refused: true }
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a)) return { name: 'xz', refused: true }
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return { name: 'Zstandard', refused: true }
  if (starts(0x37, 0x7a, 0xbc, 0xaf)) return { name: '7-Zip', refused: true }
  if (starts(0x50, 0x41, 0x52, 0x31)) return { name: 'Parquet', refused: true }
  return undefined
}

async function gather(chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > limit) return undefined
    parts.push(chunk)
  }
  return Buffer.concat(parts)
}

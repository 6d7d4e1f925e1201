/** Goes through what a file holds, down to the members that are logs: gzip, bzip2, zip and tar, nested once. */

import { limits } from '../limits'
import { bunzip2 } from './bzip2'
import { gunzip } from './gzip'
import { type ContainerEvents, type Member, peek } from './member'
import { isTar, readTar } from './tar'
import { readZip } from './zip'

const headBytes = 512
/** They hold one member and no names, so they are opened one level deeper than archives. */
const streams: ReadonlySet<string> = new Set(['gzip', 'bzip2'])

/** `fd` allows random access for a zip that is the file itself. */
export async function walk(member: Member, events: ContainerEvents, fd: number | undefined): Promise<void> {
  const label = distinctLabels()
  const onMember = (found: Member) => events.onMember({ ...found, name: label(found.name) })
  await step(member, { ...events, onMember }, fd, 0)
}

/** An archive may hold two entries of one name; their records are different records, so each is told apart. */
function distinctLabels(): (name: string | null) => string | null {
  /** How often a label was asked for; counted on, so that many equal names cost no search. */
  const taken = new Map<string, number>()
  return (name) => {
    if (name === null) return null
    let label = name
    let times = taken.get(name) ?? 0
    while (taken.has(label)) label = `${name} (${++times})`
    taken.set(name, Math.max(times, 1))
    if (label !== name) taken.set(label, 1)
    return label
  }
}

async function step(member: Member, events: ContainerEvents, fd: number | undefined, depth: number): Promise<void> {
  const { head, rest } = await peek(member.chunks, headBytes)
  const kind = containerKind(head)
  if (kind === undefined) return events.onMember({ name: member.name, chunks: rest })
  const refuse = (reason: string, limit?: string) =>
    events.onFault({ member: member.name, offset: 0, length: 0, reason, ...(limit === undefined ? {} : { limit }) })
  if (kind.refused) return refuse(`${kind.name} is not read; unpack it first`)
  if (!streams.has(kind.name) && depth >= limits.archiveDepth)
    return refuse(`archives are nested deeper than ${limits.archiveDepth}`, `archive depth: ${limits.archiveDepth}`)
  const inner: ContainerEvents = { ...events, onMember: (child) => step(child, events, undefined, depth + 1) }
  switch (kind.name) {
    case 'gzip':
    case 'bzip2': {
      if (depth > limits.archiveDepth)
        return refuse(
          `${kind.name} is nested deeper than ${limits.archiveDepth}`,
          `archive depth: ${limits.archiveDepth}`,
        )
      const unpack = kind.name === 'gzip' ? gunzip : bunzip2
      const chunks = unpack(rest, member.name, events.onFault)
      return step({ name: member.name, chunks }, events, undefined, depth + 1)
    }
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

/** What the first bytes (512 are enough) say: a container, or undefined for anything else. */
export function containerKind(head: Buffer): { readonly name: string; readonly refused: boolean } | undefined {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte)
  if (starts(0x1f, 0x8b, 0x08)) return { name: 'gzip', refused: false }
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return { name: 'zip', refused: false }
  if (isTar(head)) return { name: 'tar', refused: false }
  if (isBzip2(head)) return { name: 'bzip2', refused: false }
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a)) return { name: 'xz', refused: true }
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return { name: 'Zstandard', refused: true }
  if (starts(0x37, 0x7a, 0xbc, 0xaf)) return { name: '7-Zip', refused: true }
  if (starts(0x50, 0x41, 0x52, 0x31)) return { name: 'Parquet', refused: true }
  return undefined
}

/** Three letters alone could begin a text: the level and a block or the end follow. */
function isBzip2(head: Buffer): boolean {
  const magic = head.subarray(4, 10).toString('hex')
  return /^BZh[1-9]$/.test(head.toString('latin1', 0, 4)) && (magic === '314159265359' || magic === '177245385090')
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

/** One file from its bytes to batches: hash, containers, members, formats, account. Runs in a worker thread. */
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { AppError, cancelled } from '../../common/errors'
import type { Format } from '../formats/types'
import { asIoError } from '../io'
import { AssumedZone } from '../zone/assumedZone'
import type { Member } from './containers/member'
import { walk } from './containers/walk'
import { loadHash64 } from './hash64'
import { formatsFor } from './mappings'
import { parseMember } from './parseMember'
import type { FileOutcome, FileTask, ParsePort } from './protocol'
import { RecordSink } from './recordSink'

const readBytes = 1 << 20

/** Undefined where the port said that the file is in the case already. Errors: `source.unreadable`, `cancelled`, `io.*`. */
export async function parseFile(
  task: FileTask,
  formats: readonly Format[],
  port: ParsePort,
): Promise<FileOutcome | undefined> {
  const file = await open(task.path, 'r').catch((error: unknown) => {
    throw asIoError(error, 'The file cannot be read.')
  })
  try {
    const before = await file.stat()
    if (!before.isFile()) throw new AppError('source.unreadable', 'This is no regular file.')
    const sizeBytes = before.size
    const sha256 = await hashFile(file, sizeBytes, port)
    if (!(await port.hashed(sha256, sizeBytes))) return undefined
    const outcome = await parse(file, sizeBytes, sha256, task, formats, port)
    const after = await file.stat()
    if (after.size < sizeBytes || (after.mtimeMs !== before.mtimeMs && after.size === sizeBytes))
      throw new AppError('source.unreadable', 'The file changed while it was read. Import it again when it is at rest.')
    return outcome
  } finally {
    await file.close()
  }
}

async function hashFile(file: FileHandle, sizeBytes: number, port: ParsePort): Promise<string> {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(readBytes)
  for (let at = 0; at < sizeBytes; ) {
    if (port.cancelled) throw cancelled()
    const { bytesRead } = await file.read(buffer, 0, Math.min(readBytes, sizeBytes - at), at)
    if (bytesRead === 0) throw new AppError('source.unreadable', 'The file became shorter while it was read.')
    hash.update(buffer.subarray(0, bytesRead))
    at += bytesRead
  }
  return hash.digest('hex')
}

async function parse(
  file: FileHandle,
  sizeBytes: number,
  sha256: string,
  task: FileTask,
  all: readonly Format[],
  port: ParsePort,
): Promise<FileOutcome> {
  const formats = formatsFor(task.options, all)
  const zone = new AssumedZone(task.options)
  const sink = new RecordSink(sha256, await loadHash64(), port, zone)
  const seen = new Set<string>()
  const refusals: { readonly member: string | null; readonly why: string }[] = []
  let membersRead = 0
  let bytesRead = 0
  let lastReport = 0

  async function* fileChunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < sizeBytes; ) {
      const buffer = Buffer.allocUnsafe(Math.min(readBytes, sizeBytes - at))
      const result = await file.read(buffer, 0, buffer.length, at)
      if (result.bytesRead === 0) throw new AppError('source.unreadable', 'The file became shorter while it was read.')
      at += result.bytesRead
      bytesRead = at
      yield buffer.subarray(0, result.bytesRead)
    }
  }

  const afterChunk = async () => {
    if (port.cancelled) throw cancelled()
    await sink.flush(false)
    const now = performance.now()
    if (now - lastReport < 100) return
    lastReport = now
    port.progress(bytesRead, sink.records)
    // Lets messages in (cancel, acknowledgements) while parsing has work for minutes.
    await new Promise<void>((resolve) => setImmediate(resolve))
  }

  const onMember = async (member: Member) => {
    const target = sink.member(member.name)
    const { refusal, empty } = await parseMember(
      member,
      {
        formats,
        sink: target,
        limits: sink.limits,
        sessionOptions: ({ id }) => ({ wallClock: zone.clock(id), memberName: member.name ?? task.name }),
        formatSeen: (format) => seen.add(format.id),
      },
      afterChunk,
    )
    target.end()
    if (!empty) membersRead++
    if (refusal !== undefined) refusals.push({ member: member.name, why: refusal })
    await afterChunk()
  }

  await walk(
    { name: null, chunks: fileChunks() },
    {
      onMember,
      onFault: ({ member, offset, length, reason, limit }) => {
        sink.reject({ member, line: 0, offset, length, reason })
        if (limit !== undefined) sink.limits.add(limit)
      },
      onSkipped: () => sink.skip(),
    },
    file.fd,
  )
  await sink.flush(true)
  const recognised = seen.size > 0 || sink.records > 0
  if (recognised) {
    for (const { member, why } of refusals)
      sink.reject({ member, line: 0, offset: 0, length: 0, reason: `not imported: ${why}` })
  }
  port.progress(sizeBytes, sink.records)
  return {
    formats: [...seen].sort(),
    merged: sink.merged,
    skipped: sink.skipped,
    rejected: sink.rejected,
    rejects: sink.rejects,
    limits: [...sink.limits].sort(),
    zones: zone.account(sink.assumed, sink.ambiguous),
    sizeBytes,
    ...(!recognised && membersRead > 0 ? { refusal: refusals[0]?.why ?? 'no known format' } : {}),
  }
}

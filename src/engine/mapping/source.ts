/** Opens the file of a question about mappings and goes through its members. */
import { open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError, throwIfAborted } from '../../common/errors'
import type { MappingSource } from '../../contract/mapping'
import { caseFiles } from '../case/folder'
import { readOrigins } from '../case/origins'
import { hashOf } from '../case/rebuild'
import type { CaseSession, EngineContext } from '../context'
import type { Member } from '../import/containers/member'
import { walk } from '../import/containers/walk'
import { asIoError } from '../io'

export interface FoundSource {
  readonly path: string
  readonly name: string
}

/** Errors: `usage` for a handle of another time, `input.refused` where the original is not at hand any more. */
export async function findSource(context: EngineContext, source: MappingSource): Promise<FoundSource> {
  if ('sha256' in source) return originalOf(context.session(), source.sha256)
  const path = context.host.resolveSource(source.ref)
  if (path === undefined) throw new AppError('usage', 'A file is not known to the program any more. Choose it again.')
  return { path, name: basename(path) }
}

/** Where a file of the case lies now; its bytes are checked, so that another file is never taken for it. */
async function originalOf({ folder }: CaseSession, sha256: string): Promise<FoundSource> {
  const origin = (await readOrigins(folder)).get(sha256)
  for (const path of [origin, join(folder, caseFiles.evidence, sha256)])
    if (path !== undefined && (await hashOf(path)) === sha256) return { path, name: basename(origin ?? path) }
  throw new AppError('input.refused', 'The original of this file is not where it was. Choose it again.')
}

const readBytes = 1 << 20
/** Ends the walk: what was wanted has been seen. */
const enough = Symbol('enough')

/** Hands over the members until `onMember` says that it has enough. Faults of containers go to `onFault`. */
export async function eachMember(
  path: string,
  signal: AbortSignal | undefined,
  onMember: (member: Member, stop: () => never) => Promise<void>,
  onFault: (member: string | null, reason: string) => void = () => {},
): Promise<void> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw asIoError(error, 'The file cannot be read.')
  })
  try {
    const info = await file.stat()
    if (!info.isFile()) throw new AppError('input.refused', 'This is no regular file; name one file.')
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < info.size; ) {
        throwIfAborted(signal)
        const buffer = Buffer.allocUnsafe(Math.min(readBytes, info.size - at))
        const { bytesRead } = await file.read(buffer, 0, buffer.length, at)
        if (bytesRead === 0) return
        at += bytesRead
        yield buffer.subarray(0, bytesRead)
      }
    }
    const stop = (): never => {
      throw enough
    }
    await walk(
      { name: null, chunks: chunks() },
      {
        onMember: (member) => onMember(member, stop),
        onFault: ({ member, reason }) => onFault(member, reason),
        onSkipped: () => {},
      },
      file.fd,
    )
  } catch (error) {
    if (error !== enough) throw error
  } finally {
    await file.close()
  }
}

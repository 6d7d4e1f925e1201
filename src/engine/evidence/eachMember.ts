/** Goes through the members of a file on disk, down to what its containers hold. */
import { open } from 'node:fs/promises'
import { AppError, throwIfAborted } from '../../common/errors'
import type { Member } from '../import/containers/member'
import { walk } from '../import/containers/walk'
import { asIoError } from '../io'

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

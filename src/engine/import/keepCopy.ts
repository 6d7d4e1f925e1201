import { createHash } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../common/errors'
import { caseFiles } from '../case/folder'
import { asIoError, syncFolder } from '../io'

const readBytes = 1 << 20

/**
 * A copy of the original inside the case, named by its hash; complete or not there. Copied are the bytes that were read,
 * not those that came to the file since. Errors: `source.unreadable` where the file is another now, `io.*`.
 */
export async function keepCopy(folder: string, path: string, sha256: string, sizeBytes: number): Promise<void> {
  const target = join(folder, caseFiles.evidence, sha256)
  const part = `${target}.part`
  try {
    if ((await stat(target).catch(() => undefined)) !== undefined) return
    await mkdir(join(folder, caseFiles.evidence), { recursive: true })
    if ((await copy(path, part, sizeBytes)) !== sha256)
      throw new AppError('source.unreadable', 'The file changed while it was read. Import it again when it is at rest.')
    await rename(part, target)
    await syncFolder(join(folder, caseFiles.evidence))
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    throw asIoError(error, 'The copy of the file cannot be kept with the case.')
  }
}

/** The hash of what was copied. */
async function copy(path: string, target: string, sizeBytes: number): Promise<string> {
  const hash = createHash('sha256')
  const from = await open(path, 'r')
  try {
    const to = await open(target, 'w')
    try {
      const buffer = Buffer.allocUnsafe(readBytes)
      for (let at = 0; at < sizeBytes; ) {
        const { bytesRead } = await from.read(buffer, 0, Math.min(readBytes, sizeBytes - at), at)
        if (bytesRead === 0) break
        const bytes = buffer.subarray(0, bytesRead)
        hash.update(bytes)
        await to.writeFile(bytes)
        at += bytesRead
      }
      await to.sync()
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
  return hash.digest('hex')
}

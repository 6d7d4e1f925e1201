import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError, isAppError } from '../common/errors'

/** A file system error in our terms: no path that the person did not type. */
export function asIoError(error: unknown, message: string): AppError {
  if (isAppError(error)) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('io.disk-full', `The disk is full. ${message}`, {}, { cause: error })
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new AppError('io.read-only', `No permission. ${message}`, {}, { cause: error })
    case 'ENOENT':
      return new AppError('not-found', `Not found. ${message}`, {}, { cause: error })
    default:
      return new AppError('io.failed', message, { reason: code }, { cause: error })
  }
}

/** Writes a file so that a reader sees the old or the new one, never half: temporary file, sync, rename, sync of the folder. */
export async function writeFileAtomic(path: string, data: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
  try {
    const file = await open(temporary, 'w')
    try {
      await file.writeFile(data)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    // On a full disk what was begun would keep the room that is missing.
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
  await syncFolder(dirname(path))
}

/** A file that was not there before; one that is there stays. Errors: `usage`, `io.*`. */
export async function writeNewFile(path: string, data: string, mode: number): Promise<void> {
  let file: FileHandle
  try {
    file = await open(path, 'wx', mode)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new AppError('usage', 'There is a file of this name already.', {}, { cause: error })
    throw asIoError(error, 'The file cannot be written there.')
  }
  try {
    await file.writeFile(data)
    await file.sync()
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined)
    throw asIoError(error, 'The file cannot be written there.')
  } finally {
    await file.close()
  }
}

/** Makes renames and creations in a folder durable; not every file system can, which is no failure. */
export async function syncFolder(path: string): Promise<void> {
  let folder: FileHandle | undefined
  try {
    folder = await open(path, 'r')
    await folder.sync()
  } catch {
    // Windows and some network file systems cannot sync a folder.
  } finally {
    await folder?.close()
  }
}

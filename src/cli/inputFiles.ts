/** Small text files that an option names. */
import { readFile, stat } from 'node:fs/promises'
import { AppError } from '../common/errors'

const maxBytes = 50_000_000

/** Errors: `usage`, naming the option. */
export async function readInput(path: string, option: string): Promise<string> {
  try {
    const info = await stat(path)
    if (info.isFile() && info.size <= maxBytes) return await readFile(path, 'utf8')
  } catch (error) {
    throw new AppError('usage', `The file of ${option} cannot be read.`, {}, { cause: error })
  }
  throw new AppError('usage', `${option} takes a file of at most 50 MB.`)
}

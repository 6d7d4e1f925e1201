import { readFile } from 'node:fs/promises'
import { AppError } from '../common/errors'
import type { Client } from '../contract'
import type { MappingFile } from '../contract/mappingFile'

const MAX_BYTES = 1_000_000

/** Mapping files by their paths. Errors: `usage`, with the name that was typed and the line of the fault. */
export async function readMappings(client: Client, paths: readonly string[]): Promise<MappingFile[]> {
  const mappings: MappingFile[] = []
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      throw new AppError('usage', `The mapping ${path} cannot be read.`, {}, { cause: error })
    })
    if (text.length > MAX_BYTES) throw new AppError('usage', `The mapping ${path} is larger than a mapping can be.`)
    try {
      mappings.push((await client.call('mapping.read', { text })).mapping)
    } catch (error) {
      if (error instanceof AppError) throw new AppError(error.code, `${path}: ${error.message}`, {}, { cause: error })
      throw error
    }
  }
  return mappings
}

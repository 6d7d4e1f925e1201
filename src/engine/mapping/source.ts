/** The file of a question about mappings. */
import { basename } from 'node:path'
import { AppError } from '../../common/errors'
import type { MappingSource } from '../../contract/mapping'
import type { EngineContext } from '../context'
import { findOriginal } from '../evidence/original'

export interface FoundSource {
  readonly path: string
  readonly name: string
}

/** Errors: `usage` for a handle of another time, `input.refused` where the original is not at hand any more. */
export async function findSource(context: EngineContext, source: MappingSource): Promise<FoundSource> {
  if ('sha256' in source) {
    return findOriginal(context.session().folder, source.sha256).catch((error: unknown) => {
      throw new AppError(
        'input.refused',
        'The original of this file is not where it was. Choose it again.',
        {},
        { cause: error },
      )
    })
  }
  const path = context.host.resolveSource(source.ref)
  if (path === undefined) throw new AppError('usage', 'A file is not known to the program any more. Choose it again.')
  return { path, name: basename(path) }
}

/** Where a file of the case lies now. Its bytes are proved by their hash, so that another file is never taken for it. */
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../common/errors'
import { caseFiles } from '../case/folder'
import { readOrigins } from '../case/origins'
import { hashOf } from '../case/rebuild'

export interface Original {
  readonly path: string
  readonly name: string
  /** The file where it stood when it was imported, or the copy that is kept with the case. */
  readonly kind: 'original' | 'copy'
}

/** Errors: `not-found` where it is not at hand, `source.unreadable` where what is there has other bytes. */
export async function findOriginal(folder: string, sha256: string): Promise<Original> {
  const origin = (await readOrigins(folder)).get(sha256)
  const copy = join(folder, caseFiles.evidence, sha256)
  let changed = false
  for (const [path, kind] of [
    [copy, 'copy'],
    [origin, 'original'],
  ] as const) {
    if (path === undefined) continue
    const proof = await prove(path, sha256)
    if (proof === 'same') return { path, name: basename(origin ?? path), kind }
    if (proof === 'other') changed = true
  }
  if (changed)
    throw new AppError(
      'source.unreadable',
      'The file has changed since it was imported: its SHA-256 is another one. Its bytes are not shown.',
    )
  throw new AppError(
    'not-found',
    'The original of this file is not where it was, and the case keeps no copy of it. Put it back, or import it again.',
  )
}

/** Hashes that were proved, as long as the file looks untouched; evidence can be large and is asked for often. */
const proved = new Map<string, string>()
const maxProved = 1_000

async function prove(path: string, sha256: string): Promise<'same' | 'other' | 'missing'> {
  const info = await stat(path, { bigint: true }).catch(() => undefined)
  if (info?.isFile() !== true) return 'missing'
  const state = `${info.dev}/${info.ino}/${info.size}/${info.mtimeNs}/${info.ctimeNs}/${path}`
  let hash = proved.get(state)
  if (hash === undefined) {
    hash = await hashOf(path)
    if (hash === undefined) return 'missing'
    if (proved.size >= maxProved) proved.clear()
    proved.set(state, hash)
  }
  return hash === sha256 ? 'same' : 'other'
}

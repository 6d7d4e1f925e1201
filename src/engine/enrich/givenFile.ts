/** The files that an analyst gives for places and ranges: read whole, hashed, recognised by content. */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../common/errors'
import type { EnrichFile } from '../../contract/enrich'
import { asIoError } from '../io'
import { looksLikeMmdb, Mmdb } from './mmdb'
import { MAX_RANGE_FILE_BYTES, readRangeFile } from './rangeFile'
import { RangeIndex } from './rangeIndex'

/** City databases have 60 to 250 MB; the largest that are sold about 1 GB. */
const MAX_MMDB_BYTES = 1.5 * 2 ** 30

export type GivenFile =
  | { readonly about: EnrichFile; readonly kind: 'places'; readonly mmdb: Mmdb }
  | { readonly about: EnrichFile; readonly kind: 'ranges'; readonly ranges: RangeIndex }

/** Errors: `input.refused` with the name of the file, `not-found`, `io.*`. */
export async function readGivenFile(path: string, wanted: 'any' | 'mmdb' | 'ranges'): Promise<GivenFile> {
  const name = basename(path)
  try {
    const bytes = await readBounded(path)
    const about = { name, sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length }
    if (wanted === 'mmdb' || (wanted === 'any' && looksLikeMmdb(bytes))) {
      const mmdb = new Mmdb(bytes)
      const { databaseType, builtAt } = mmdb.info
      return { about: { ...about, kind: 'mmdb', title: databaseType || null, builtAt }, kind: 'places', mmdb }
    }
    if (bytes.length > MAX_RANGE_FILE_BYTES)
      throw new AppError('input.refused', 'It is too large for a list of ranges, and no MMDB file.')
    if (bytes.includes(0)) throw new AppError('input.refused', 'It is neither an MMDB file nor a list of ranges.')
    const { kind, ranges } = readRangeFile(bytes.toString('utf8'), name)
    const title = ranges.length === 1 ? '1 range' : `${ranges.length} ranges`
    return { about: { ...about, kind, title, builtAt: null }, kind: 'ranges', ranges: new RangeIndex(ranges) }
  } catch (error) {
    const failure = asIoError(error, 'The file cannot be read.')
    throw new AppError(failure.code, `“${name}”: ${failure.message}`, failure.details, { cause: failure })
  }
}

async function readBounded(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const info = await file.stat()
    if (!info.isFile()) throw new AppError('input.refused', 'It is no file.')
    if (info.size > MAX_MMDB_BYTES) throw new AppError('input.refused', 'It is larger than 1.5 GiB.')
    return await file.readFile()
  } finally {
    await file.close()
  }
}

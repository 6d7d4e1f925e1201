/** Makes `evidence.duckdb` again from the originals (or their copies) and the journal: the same rows, the same ids. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AppError, throwIfAborted } from '../../common/errors'
import { changedContent } from '../content/compare'
import { takeContent } from '../content/take'
import { replayImport } from '../import/import'
import { computeLinks } from '../links/handlers'
import { mappingsByHash } from '../mapping/store'
import { caseFiles } from './folder'
import { type JournaledFile, journaledImports } from './imports'
import { record } from './open'
import { readOrigins } from './origins'
import { tellRefused } from './refused'
import type { CaseSlot } from './slot'

export interface RebuildOptions {
  readonly signal?: AbortSignal
  readonly onStep?: (progress: { step: string; done: number; total: number }) => void
  /** A folder in which originals are looked for, by content. */
  readonly evidenceFolder?: string
}

/** Errors: `input.refused` where originals are missing (nothing is changed then), `io.*`, `cancelled`. */
export async function rebuildCase(slot: CaseSlot, options: RebuildOptions): Promise<void> {
  const { folder } = slot.require()
  const imports = journaledImports(slot.require().journal.records())
  const wanted = imports.flatMap(({ files }) => files)
  const places = await findOriginals(folder, wanted, options)
  // Of a refused file nothing is in the case, and no copy is kept: its account can be told without it.
  const missing = wanted.filter(({ sha256, status }) => !places.has(sha256) && status !== 'refused')
  if (missing.length > 0)
    throw new AppError(
      'input.refused',
      `${missing.length} of ${wanted.length} originals cannot be found, first “${missing[0]?.name}”. Put them back or name their folder with --evidence.`,
    )
  const present = (files: readonly JournaledFile[]) => files.filter(({ sha256 }) => places.has(sha256))
  const absent = (files: readonly JournaledFile[]) => files.filter(({ sha256 }) => !places.has(sha256))
  await slot.close()
  const database = join(folder, caseFiles.database)
  const aside = `${database}.before-rebuild`
  await rm(aside, { force: true })
  if (existsSync(database)) await rename(database, aside)
  await rm(`${database}.wal`, { force: true })
  try {
    await slot.openForRebuild(folder)
    const session = slot.require()
    let done = 0
    for (const { batchNo, format, timeZone, zoneNames, formatZones, pgPrefix, mappings, files } of imports) {
      throwIfAborted(options.signal)
      options.onStep?.({ step: 'reading originals', done, total: wanted.length })
      await replayImport(session, {
        batchNo,
        files: present(files).map(({ name, sha256, sizeBytes }) => ({
          path: places.get(sha256) ?? '',
          name,
          sizeBytes,
        })),
        ...(format === null ? {} : { format }),
        ...(timeZone === null ? {} : { timeZone }),
        ...(Object.keys(zoneNames).length === 0 ? {} : { zoneNames }),
        ...(Object.keys(formatZones).length === 0 ? {} : { formatZones }),
        ...(pgPrefix === null ? {} : { pgPrefix }),
        ...(mappings.length === 0 ? {} : { mappings: mappingsByHash(session.journal.records(), mappings) }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      })
      await tellRefused(session.db, batchNo, absent(files))
      done += files.length
    }
    options.onStep?.({ step: 'linking', done, total: wanted.length })
    await computeLinks(session.db)
    const changed = await changedContent(session.db, session.journal.records())
    await record(session, 'case.rebuild', { files: wanted.length, ...(changed.length === 0 ? {} : { changed }) })
    await record(session, 'content.digest', await takeContent(session.db, session.journal.records(), 'all'))
  } catch (error) {
    await slot.close()
    await rm(database, { force: true })
    await rm(`${database}.wal`, { force: true })
    if (existsSync(aside)) await rename(aside, database)
    await slot.open(folder).catch(() => undefined)
    throw error
  }
  await rm(aside, { force: true })
}

/** Path by SHA-256; each candidate is hashed, so that a changed original is never taken. */
async function findOriginals(
  folder: string,
  wanted: readonly { readonly sha256: string; readonly sizeBytes: number }[],
  options: RebuildOptions,
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const origins = await readOrigins(folder)
  let done = 0
  for (const { sha256 } of wanted) {
    throwIfAborted(options.signal)
    options.onStep?.({ step: 'checking originals', done: done++, total: wanted.length })
    if (found.has(sha256)) continue
    const candidates = [join(folder, caseFiles.evidence, sha256), origins.get(sha256)]
    for (const path of candidates) if (path !== undefined && (await hashOf(path)) === sha256) found.set(sha256, path)
  }
  const open = new Set(wanted.map(({ sha256 }) => sha256).filter((sha256) => !found.has(sha256)))
  if (options.evidenceFolder === undefined || open.size === 0) return found
  const sizes = new Set(wanted.map(({ sizeBytes }) => sizeBytes))
  for (const name of await readdir(options.evidenceFolder, { recursive: true })) {
    throwIfAborted(options.signal)
    const path = join(options.evidenceFolder, name)
    const info = await stat(path).catch(() => undefined)
    if (info?.isFile() !== true || !sizes.has(info.size)) continue
    const hash = await hashOf(path)
    if (hash !== undefined && open.delete(hash)) found.set(hash, path)
  }
  return found
}

/** SHA-256 of a regular file; undefined where there is none or it cannot be read. */
export async function hashOf(path: string): Promise<string | undefined> {
  try {
    if (!(await stat(path)).isFile()) return undefined
    const hash = createHash('sha256')
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
    return hash.digest('hex')
  } catch {
    return undefined
  }
}

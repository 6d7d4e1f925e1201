/**
 * A case as one file and back. The package is a zip of known names with a manifest of sizes and hashes; nothing local
 * (lock, spill files, places of originals) goes in, nothing unknown comes out.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fromFd } from 'yauzl'
import { ZipFile } from 'yazl'
import { z } from 'zod'
import { AppError, isAppError } from '../../common/errors'
import type { CaseMeta, CaseSession } from '../context'
import { sql } from '../db/sql'
import { keptName } from '../enrich/kept'
import { asIoError, syncFolder } from '../io'
import { caseFiles, readCaseMeta } from './folder'
import { record } from './open'
import { type MemberReader, readMembers } from './packReader'
import { hashOf } from './rebuild'

const manifestName = 'manifest.json'
const Manifest = z.strictObject({
  format: z.literal(1),
  caseId: z.string(),
  files: z
    .array(z.strictObject({ name: z.string(), sizeBytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .max(100_000),
})

/** Names that a package may hold; everything else is refused. */
const packedName =
  /^(case\.json|journal\.jsonl|evidence\.duckdb|evidence\/[0-9a-f]{64}|enrichment\/[0-9a-f]{64}\.jsonl)$/

export interface Packed {
  readonly files: number
  readonly sizeBytes: number
  readonly sha256: string
}

/** Writes the package beside its final name first. Errors: `io.*`, `usage` where the file exists. */
export async function packCase(session: CaseSession, path: string): Promise<Packed> {
  if ((await stat(path).catch(() => undefined)) !== undefined)
    throw new AppError('usage', 'There is a file of this name already.')
  await record(session, 'case.pack', {})
  await session.db.write((writer) => writer.run(sql`CHECKPOINT`))
  return packFolder(session.folder, session.meta, path)
}

/** Packs a folder whose database is closed or was just written to disk. Errors: `io.*`. */
export async function packFolder(folder: string, meta: CaseMeta, path: string): Promise<Packed> {
  const names: string[] = [caseFiles.meta, caseFiles.journal, caseFiles.database]
  for (const name of await readdir(join(folder, caseFiles.evidence)).catch(() => []))
    if (/^[0-9a-f]{64}$/.test(name)) names.push(`${caseFiles.evidence}/${name}`)
  for (const name of await readdir(join(folder, caseFiles.enrichment)).catch(() => []))
    if (keptName.test(name)) names.push(`${caseFiles.enrichment}/${name}`)
  const temporary = `${path}.part`
  try {
    const zip = new ZipFile()
    const files: z.infer<typeof Manifest>['files'] = []
    const at = new Date(meta.created)
    for (const name of names) {
      const full = join(folder, name)
      const sha256 = await hashOf(full)
      if (sha256 === undefined) throw new AppError('io.failed', `${name} cannot be read.`)
      files.push({ name, sizeBytes: (await stat(full)).size, sha256 })
      zip.addReadStream(createReadStream(full), name, {
        mtime: at,
        mode: 0o100600,
        compress: name !== caseFiles.database,
      })
    }
    const manifest = { format: 1, caseId: meta.id, files } satisfies z.infer<typeof Manifest>
    zip.addBuffer(Buffer.from(JSON.stringify(manifest)), manifestName, { mtime: at, mode: 0o100600 })
    zip.end()
    await pipeline(zip.outputStream, createWriteStream(temporary))
    const handle = await open(temporary, 'r+')
    await handle.sync()
    await handle.close()
    await rename(temporary, path)
    await syncFolder(join(path, '..'))
    return { files: files.length, sizeBytes: (await stat(path)).size, sha256: (await hashOf(path)) ?? '' }
  } catch (error) {
    await rm(temporary, { force: true })
    throw asIoError(error, 'The package cannot be written.')
  }
}

/** Makes the folder from a package; nothing is left behind when a check fails. Errors: `input.refused`, `case.exists`, `io.*`. */
export async function unpackCase(path: string, folder: string): Promise<{ files: number; id: string; title: string }> {
  if ((await stat(folder).catch(() => undefined)) !== undefined)
    throw new AppError('case.exists', 'There is something at this place already.')
  const temporary = `${folder}.unpacking`
  await rm(temporary, { recursive: true, force: true })
  const file = await open(path, 'r').catch((error: unknown) => {
    throw asIoError(error, 'The package cannot be read.')
  })
  try {
    await mkdir(join(temporary, caseFiles.evidence), { recursive: true })
    await mkdir(join(temporary, caseFiles.enrichment))
    const manifest = await readMembers(file.fd, fromFd, async (reader) => extract(reader, temporary))
    const meta = await readCaseMeta(temporary)
    if (meta.id !== manifest.caseId)
      throw new AppError('input.refused', 'The package names another case than it holds.')
    await rename(temporary, folder)
    return { files: manifest.files.length, id: meta.id, title: meta.title }
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    if (isAppError(error)) throw error
    throw new AppError('input.refused', 'This is no package of a case, or it is damaged.', {}, { cause: error })
  } finally {
    await file.close().catch(() => undefined)
  }
}

async function extract(reader: MemberReader, folder: string): Promise<z.infer<typeof Manifest>> {
  const text = await reader.text(manifestName, 64 * 2 ** 20)
  const parsed = Manifest.safeParse(JSON.parse(text))
  if (!parsed.success) throw new AppError('input.refused', 'The manifest of the package is not ours.')
  const manifest = parsed.data
  const listed = new Map(manifest.files.map((file) => [file.name, file]))
  for (const name of reader.names)
    if (name !== manifestName && !listed.has(name))
      throw new AppError('input.refused', 'The package holds a file that its manifest does not name.')
  for (const { name, sizeBytes, sha256 } of manifest.files) {
    if (!packedName.test(name))
      throw new AppError('input.refused', 'The package holds a file that a case does not have.')
    const hash = createHash('sha256')
    const target = createWriteStream(join(folder, name), { flags: 'wx', mode: 0o600 })
    await pipeline(reader.stream(name, sizeBytes, hash), target)
    if (hash.digest('hex') !== sha256)
      throw new AppError('input.refused', `${name} in the package does not match its hash.`)
  }
  return manifest
}

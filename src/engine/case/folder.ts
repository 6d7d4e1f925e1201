import { randomUUID } from 'node:crypto'
import { mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../common/errors'
import type { CaseMeta } from '../context'
import { asIoError, writeFileAtomic } from '../io'

/** Names inside a case folder. `local.json` holds what is true on this machine only (where originals were) and is never packed. */
export const caseFiles = {
  meta: 'case.json',
  journal: 'journal.jsonl',
  database: 'evidence.duckdb',
  evidence: 'evidence',
  enrichment: 'enrichment',
  temp: '.duckdb-temp',
  local: 'local.json',
} as const

const MetaSchema = z.object({
  format: z.literal(1),
  id: z.uuid(),
  title: z.string().max(1000),
  created: z.iso.datetime(),
  tool: z.string().max(100),
})

/** Reads and checks `case.json`. Errors: `case.missing`, `case.invalid`. */
export async function readCaseMeta(folder: string): Promise<CaseMeta> {
  let text: string
  try {
    text = await readFile(join(folder, caseFiles.meta), 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new AppError('case.missing', 'There is no case at this place.', {}, { cause: error })
    throw asIoError(error, 'The case cannot be read.')
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new AppError('case.invalid', 'The case.json of this case is not JSON.', {}, { cause: error })
  }
  const parsed = MetaSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined
  if (typeof format === 'number' && format > 1)
    throw new AppError('case.invalid', 'The case was written by a newer version of Crosstrail.', { format })
  throw new AppError(
    'case.invalid',
    `The case.json of this case is not ours (${parsed.error.issues[0]?.path.join('.')}).`,
  )
}

/** Makes the folder and its `case.json`. An existing folder must be empty. Errors: `case.exists`, `io.*`. */
export async function createCaseFolder(folder: string, title: string, tool: string, now: Date): Promise<CaseMeta> {
  const meta: CaseMeta = { format: 1, id: randomUUID(), title, created: now.toISOString(), tool }
  try {
    await makeFolder(folder)
    const existing = await stat(join(folder, caseFiles.meta)).catch(() => undefined)
    if (existing !== undefined) throw new AppError('case.exists', 'There is a case at this place already.')
    await writeFileAtomic(join(folder, caseFiles.meta), `${JSON.stringify(meta)}\n`)
  } catch (error) {
    throw asIoError(error, 'The case folder cannot be made.')
  }
  return meta
}

/** A recursive mkdir says of a read-only disk that nothing is there; one that makes a single folder says what it is. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') await mkdir(folder, { recursive: true })
    else if (code !== 'EEXIST') throw error
  }
}

export async function isCaseFolder(path: string): Promise<boolean> {
  return (await stat(join(path, caseFiles.meta)).catch(() => undefined))?.isFile() === true
}

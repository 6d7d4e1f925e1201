/** Rejects as a file to take away: CSV that a spreadsheet opens as data, or JSON. */
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { csvLine } from '../../common/csv'
import { throwIfAborted } from '../../common/errors'
import { printableJson } from '../../common/printable'
import type { Download } from '../../contract/shared'
import type { EngineContext } from '../context'
import type { Database } from '../db/database'
import { listRejects } from '../import/accounts'
import { asIoError } from '../io'

const page = 10_000
export const rejectColumns = ['file', 'sha256', 'member', 'line', 'offset', 'length', 'reason'] as const
type Listed = Awaited<ReturnType<typeof listRejects>>['rejects'][number]

export async function offerRejects(
  context: EngineContext,
  sha256: string | undefined,
  format: 'csv' | 'json',
  signal?: AbortSignal,
): Promise<Download> {
  const { db, meta } = context.session()
  const of = sha256?.slice(0, 12) ?? meta.id.slice(0, 8)
  const fileName = `rejects-${of}.${format}`
  const folder = await mkdtemp(join(tmpdir(), 'crosstrail-rejects-')).catch((error: unknown) => {
    throw asIoError(error, 'There is no room for temporary files.')
  })
  const path = join(folder, fileName)
  try {
    const file = await open(path, 'wx')
    try {
      await writeRejects(file, format, eachPage(db, sha256, signal))
    } finally {
      await file.close()
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw asIoError(error, 'The rejects cannot be written.')
  }
  const mediaType = format === 'csv' ? 'text/csv' : 'application/json'
  return context.host.offerDownload({ path, fileName, mediaType })
}

export const rejectLine = (reject: Listed): string => csvLine(rejectColumns.map((column) => reject[column]))

/** Pages of all rejects, of one file or of the case. */
export async function* eachPage(
  db: Database,
  sha256: string | undefined,
  signal?: AbortSignal,
): AsyncGenerator<readonly Listed[]> {
  for (let offset = 0; ; ) {
    throwIfAborted(signal)
    const { rejects, total } = await listRejects(db, {
      offset,
      limit: page,
      ...(sha256 === undefined ? {} : { sha256 }),
    })
    if (rejects.length > 0) yield rejects
    offset += rejects.length
    if (rejects.length === 0 || offset >= total) return
  }
}

async function writeRejects(
  file: FileHandle,
  format: 'csv' | 'json',
  pages: AsyncGenerator<readonly Listed[]>,
): Promise<void> {
  if (format === 'csv') {
    await file.writeFile(csvLine(rejectColumns))
    for await (const rejects of pages) await file.writeFile(rejects.map(rejectLine).join(''))
    return
  }
  let before = '['
  for await (const rejects of pages) {
    await file.writeFile(`${before}\n${rejects.map(printableJson).join(',\n')}`)
    before = ','
  }
  await file.writeFile(before === '[' ? '[]\n' : '\n]\n')
}

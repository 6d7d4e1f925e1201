import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallContext, Params, Result } from '../../contract'
import type { EngineContext } from '../context'
import { exportRows } from '../db/exportRows'
import { asIoError } from '../io'

const mediaTypes = {
  csv: 'text/csv',
  json: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
} as const
const endings = { csv: 'csv', json: 'jsonl', parquet: 'parquet' } as const

/** The rows of a typed query as a file that the person takes away. */
export async function offerRows(
  context: EngineContext,
  { sql, format }: Params<'sql.export'>,
  { signal, report }: CallContext<'sql.export'>,
): Promise<Result<'sql.export'>> {
  const folder = await mkdtemp(join(tmpdir(), 'crosstrail-rows-')).catch((error: unknown) => {
    throw asIoError(error, 'There is no room for temporary files.')
  })
  const fileName = `rows.${endings[format]}`
  const path = join(folder, fileName)
  try {
    const rows = await exportRows(context.session().db, sql, {
      format,
      path,
      signal,
      onRows: (n) => report({ rows: n }),
    })
    return { download: await context.host.offerDownload({ path, fileName, mediaType: mediaTypes[format] }), rows }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

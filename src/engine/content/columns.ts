/** What of each table is evidence and what is made from it: which columns a digest covers. Read from the catalogue, so that a new table or column is covered without being named here. */
import { z } from 'zod'
import type { Database } from '../db/database'
import { sql } from '../db/sql'

/** Tables whose rows belong to a file, with how a row names it. */
export const fileTables = [
  'source_file',
  'import_reject',
  'access_event',
  'span',
  'span_event',
  'span_link',
  'log_record',
  'metric_point',
] as const
export type FileTable = (typeof fileTables)[number]

/** The order of rows is `seq`; what stands in it depends on what else came in the same batch, so its rank is covered instead. */
const notCovered: Readonly<Record<string, readonly string[]>> = {
  source_file: ['import_id', 'import_batch', 'tool'],
  import_reject: ['import_id'],
  access_event: ['import_id', 'seq'],
  span: ['import_id', 'seq'],
  log_record: ['import_id', 'seq'],
  metric_point: ['import_id', 'seq'],
}

/** Bookkeeping, and what is loaded from a kept file whose hash the journal names: verify loads that again. */
const elsewhere: ReadonlySet<string> = new Set(['schema_version', 'journal_state', 'enrichment', 'address_info'])

/** Covered columns by table, in the order of the table. */
export type Columns = Readonly<Record<string, readonly string[]>>

/** `projected`: tables that verify compares with a replay of the journal. */
export async function coveredColumns(db: Database, projected: ReadonlySet<string>): Promise<Columns> {
  const rows = await db.all(
    z.object({ table_name: z.string(), column_name: z.string() }),
    sql`
      SELECT table_name, column_name FROM system.main.duckdb_columns()
      WHERE NOT internal AND database_name NOT IN ('system', 'temp')
      ORDER BY table_name, column_index`,
  )
  const covered: Record<string, string[]> = {}
  for (const { table_name: table, column_name: column } of rows) {
    if (projected.has(table) || elsewhere.has(table) || notCovered[table]?.includes(column) === true) continue
    covered[table] ??= []
    covered[table].push(column)
  }
  return covered
}

export function isFileTable(table: string): table is FileTable {
  return fileTables.some((name) => name === table)
}

/** The database's content against the digests that the journal holds. */
import { z } from 'zod'
import type { JournalRecord } from '../case/journal'
import type { Database } from '../db/database'
import { sql } from '../db/sql'
import type { Columns } from './columns'
import { contentOf, hashProbe } from './digest'
import { statedContent } from './journaled'

export interface ContentChange {
  /** Name of the file; undefined for a table that belongs to no file. */
  readonly file: string | undefined
  readonly table: string
  readonly what: 'rows' | 'content' | 'order' | 'incomparable'
  readonly was: number
  readonly is: number
  /** The record that states what it was. */
  readonly seq: number
}

/** Files and tables whose rows are not those that the journal states. What an unfinished act may have changed is left out. */
export async function contentChanges(
  db: Database,
  records: readonly JournalRecord[],
  signal?: AbortSignal,
): Promise<ContentChange[]> {
  const stated = statedContent(records)
  const probe = await hashProbe(db)
  const present = await presentColumns(db)
  const names = new Map(
    (await db.all(z.object({ sha256: z.string(), name: z.string() }), sql`SELECT sha256, name FROM source_file`)).map(
      ({ sha256, name }) => [sha256, name],
    ),
  )
  const changes: ContentChange[] = []
  for (const columns of distinct([...stated.files.values(), ...stated.tables.values()].map((item) => item.columns))) {
    const missing = Object.entries(columns).find(([table, list]) =>
      list.some((name) => !present.has(`${table}.${name}`)),
    )
    const now = missing === undefined ? await contentOf(db, columns, {}, signal) : { files: {}, tables: {} }
    const known = missing === undefined
    const add = (
      file: string | undefined,
      table: string,
      was: string,
      is: string,
      of: { probe: string; seq: number },
    ) => {
      const change = difference(was, is)
      const what = known && of.probe === probe ? change : 'incomparable'
      if (what !== undefined) changes.push({ file, table, what, was: rowsOf(was), is: rowsOf(is), seq: of.seq })
    }
    if (!stated.filesDue)
      for (const [sha256, item] of stated.files) {
        const name = names.get(sha256)
        // That a file is not there at all is told by the counts; one that was refused and came again has another account.
        if (item.columns !== columns || name === undefined) continue
        const held = now.files[sha256] ?? {}
        for (const table of new Set([...Object.keys(item.digest), ...Object.keys(held)]))
          add(name, table, item.digest[table] ?? '0.0', held[table] ?? '0.0', item)
      }
    if (!stated.tablesDue)
      for (const [table, item] of stated.tables)
        if (item.columns === columns) add(undefined, table, item.digest, now.tables[table] ?? '0.0', item)
  }
  return changes
}

/** Names of files whose rows a rebuild made otherwise than they were: another version may read a file otherwise. */
export async function changedContent(db: Database, records: readonly JournalRecord[]): Promise<string[]> {
  const changes = await contentChanges(db, records)
  return [
    ...new Set(changes.flatMap(({ file, what }) => (file === undefined || what === 'incomparable' ? [] : [file]))),
  ].sort()
}

export function describeChange({ file, table, what, was, is, seq }: ContentChange): string {
  const where = file === undefined ? `The table ${table}` : `“${file}”: its rows in ${table}`
  switch (what) {
    case 'rows':
      return `${where} had ${was} rows when record ${seq} of the journal was written; there are ${is} now.`
    case 'content':
      return `${where} ${file === undefined ? 'is not what it was' : 'are not what they were'} when record ${seq} of the journal was written: a value was changed in the database.`
    case 'order':
      return `${where} stand in another order than when record ${seq} of the journal was written.`
    case 'incomparable':
      return `${where} cannot be compared with record ${seq} of the journal: it was written with another version of the database. Rebuild makes the rows anew from the originals.`
  }
}

function difference(was: string, is: string): ContentChange['what'] | undefined {
  if (was === is) return undefined
  const [rows, hash] = was.split('.')
  const [rowsNow, hashNow] = is.split('.')
  return rows !== rowsNow ? 'rows' : hash !== hashNow ? 'content' : 'order'
}

function rowsOf(digest: string): number {
  return Number(digest.split('.')[0])
}

function distinct(items: readonly Columns[]): readonly Columns[] {
  return [...new Set(items)]
}

async function presentColumns(db: Database): Promise<ReadonlySet<string>> {
  const rows = await db.all(
    z.object({ name: z.string() }),
    sql`SELECT table_name || '.' || column_name AS name FROM system.main.duckdb_columns() WHERE NOT internal`,
  )
  return new Set(rows.map(({ name }) => name))
}

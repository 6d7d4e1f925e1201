/**
 * Digests of what the database holds: for each file and table, and for tables that belong to no file. A digest is
 * `<rows>.<sum of the rows' hashes>.<order>`; sums do not depend on the order in which threads come to rows. They find
 * what was changed by mistake or by hand in the database. Somebody who knows how they are made can make a row that
 * fits; against that stand the hashes of the originals, from which `rebuild` makes the rows anew.
 */
import { z } from 'zod'
import type { Database } from '../db/database'
import { type Sql, sql } from '../db/sql'
import { type Columns, fileTables, isFileTable } from './columns'

export interface Content {
  /** By SHA-256 of the file, then by table; tables without rows of the file are left out. */
  readonly files: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** By table: what belongs to no file. */
  readonly tables: Readonly<Record<string, string>>
}

export interface ContentScope {
  /** Only files from this number on, and those named besides; all where left out. */
  readonly fromImport?: number
  readonly alsoFiles?: ReadonlySet<string>
  /** Left out: all. */
  readonly parts?: 'files' | 'tables' | 'all'
}

const FileRow = z.object({ sha256: z.string(), digest: z.string() })

export async function contentOf(
  db: Database,
  columns: Columns,
  scope: ContentScope = {},
  signal?: AbortSignal,
): Promise<Content> {
  const files: Record<string, Record<string, string>> = {}
  if (scope.parts !== 'tables')
    for (const table of fileTables) {
      const covered = columns[table]
      if (covered === undefined) continue
      const condition = await chosen(db, scope)
      for (const { sha256, digest } of await db.all(FileRow, perFile(table, covered, condition), signal)) {
        files[sha256] ??= {}
        files[sha256][table] = digest
      }
    }
  const tables: Record<string, string> = {}
  for (const [table, covered] of Object.entries(columns)) {
    if (scope.parts === 'files' || isFileTable(table)) continue
    const row = await db.get(
      z.object({ digest: z.string() }),
      sql`SELECT ${digestOf(hashed('t', covered))} AS digest FROM ${sql.ident(table)} t`,
      signal,
    )
    tables[table] = row?.digest ?? ''
  }
  return { files, tables }
}

/** A value that changes when the database's hash function does: digests of two such versions cannot be compared. */
export async function hashProbe(db: Database): Promise<string> {
  const row = await db.get(
    z.object({ probe: z.string() }),
    sql`SELECT hash('crosstrail', 1::BIGINT, NULL::VARCHAR, ['a'], 0.5::DOUBLE)::VARCHAR AS probe`,
  )
  return row?.probe ?? ''
}

/** The condition on `import_id`; plain comparisons let whole row groups be left out. */
async function chosen(db: Database, { fromImport, alsoFiles }: ContentScope): Promise<Sql> {
  if (fromImport === undefined) return sql`true`
  if (alsoFiles === undefined || alsoFiles.size === 0) return sql`import_id >= ${fromImport}`
  const others = await db.all(
    z.object({ id: z.number() }),
    sql`
      SELECT import_id AS id FROM source_file
      WHERE import_id < ${fromImport} AND list_contains(${sql.strings([...alsoFiles])}, sha256)`,
  )
  const ids = sql.join([...others.map(({ id }) => sql`import_id = ${id}`), sql`import_id >= ${fromImport}`], ' OR ')
  return sql`(${ids})`
}

function perFile(table: (typeof fileTables)[number], columns: readonly string[], condition: Sql): Sql {
  const name = sql.ident(table)
  switch (table) {
    case 'source_file':
      return sql`
        SELECT sha256, ${digestOf(hashed('t', columns))} AS digest FROM source_file t WHERE ${condition} GROUP BY sha256`
    case 'import_reject':
      return sql`
        SELECT f.sha256, ${digestOf(hashed('t', columns))} AS digest
        FROM (SELECT * FROM import_reject WHERE ${condition}) t JOIN source_file f USING (import_id) GROUP BY f.sha256`
    case 'span_event':
    case 'span_link':
      return sql`
        SELECT f.sha256, ${digestOf(hashed('t', columns))} AS digest
        FROM ${name} t JOIN (SELECT row_id, import_id FROM span WHERE ${condition}) s ON t.span_row_id = s.row_id
        JOIN source_file f USING (import_id) GROUP BY f.sha256`
    default:
      return sql`
        SELECT f.sha256, content.digest || '.' || sequence.place AS digest
        FROM (
          SELECT import_id, ${digestOf(hashed('t', columns))} AS digest FROM ${name} t WHERE ${condition} GROUP BY import_id) content
        JOIN (
          SELECT import_id, sum(place * (id >> 40))::VARCHAR AS place FROM (
            SELECT import_id, ${sql.ident(table === 'access_event' ? 'event_id' : 'row_id')} AS id,
              row_number() OVER (PARTITION BY import_id ORDER BY seq) AS place
            FROM ${name} WHERE ${condition})
          GROUP BY import_id) sequence USING (import_id)
        JOIN source_file f USING (import_id)`
  }
}

function hashed(alias: string, columns: readonly string[]): Sql {
  return sql`hash(${sql.join(
    columns.map((column) => sql`${sql.ident(alias)}.${sql.ident(column)}`),
    ', ',
  )})`
}

function digestOf(hash: Sql): Sql {
  return sql`count(*)::VARCHAR || '.' || coalesce(sum(${hash}), 0)::VARCHAR`
}

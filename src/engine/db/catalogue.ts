/**
 * What is in a database besides data. A case from elsewhere may carry views, macros, defaults or types that run when a
 * query touches them; so before anything else is asked, its catalogue must equal ours.
 */
import { createHash } from 'node:crypto'
import { AppError } from '../../common/errors'
import { ourCatalogueDigest } from './catalogueDigest'
import { Database } from './database'
import { migrate } from './migrate'
import { sql } from './sql'

/** One line per thing in the catalogue, sorted. Only plain columns of system functions named in full, no operators. */
async function describe(db: Database): Promise<string[]> {
  const lines: string[] = []
  const add = (kind: string, rows: readonly Record<string, unknown>[]) => {
    for (const row of rows) lines.push(`${kind} ${JSON.stringify(row)}`)
  }
  const ask = async (kind: string, columns: string, from: string) => {
    const rows = await db.rows(sql.trusted(`SELECT ${columns} FROM system.main.${from}()`))
    add(
      kind,
      rows
        .filter((row) => row.internal !== true && row.database_name !== 'system' && row.database_name !== 'temp')
        .map(({ internal: _, database_name: __, ...rest }) => rest),
    )
  }
  await ask('schema', 'database_name, schema_name, internal', 'duckdb_schemas')
  await ask('table', 'database_name, schema_name, table_name, internal', 'duckdb_tables')
  await ask(
    'column',
    'database_name, schema_name, table_name, column_name, column_index, data_type, is_nullable, column_default, internal',
    'duckdb_columns',
  )
  await ask('view', 'database_name, schema_name, view_name, internal', 'duckdb_views')
  await ask('function', 'database_name, schema_name, function_name, function_type, internal', 'duckdb_functions')
  await ask('type', 'database_name, schema_name, type_name, logical_type, internal', 'duckdb_types')
  await ask('sequence', 'database_name, schema_name, sequence_name', 'duckdb_sequences')
  await ask('index', 'database_name, schema_name, index_name', 'duckdb_indexes')
  await ask('constraint', 'database_name, schema_name, table_name, constraint_text', 'duckdb_constraints')
  return lines.sort()
}

let expected: Promise<ReadonlySet<string>> | undefined

async function ourCatalogue(): Promise<ReadonlySet<string>> {
  expected ??= (async () => {
    const db = await Database.open({ path: ':memory:' })
    try {
      await migrate(db, 'catalogue')
      return new Set(await describe(db))
    } finally {
      await db.close()
    }
  })()
  return expected
}

/** SHA-256 of everything in the catalogue, in hex. */
export async function catalogueDigest(db: Database): Promise<string> {
  return digestOf(await describe(db))
}

function digestOf(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}

/**
 * What differs from our catalogue, as sentences; empty where nothing does. A catalogue with the known digest needs no
 * reference: a database made to compare with costs as much as everything else at a start.
 */
export async function catalogueFaults(db: Database): Promise<string[]> {
  const theirs = await describe(db)
  if (digestOf(theirs) === ourCatalogueDigest) return []
  const ours = await ourCatalogue()
  const seen = new Set(theirs)
  return [
    ...theirs.filter((line) => !ours.has(line)).map((line) => `not ours: ${shorten(line)}`),
    ...[...ours].filter((line) => !seen.has(line)).map((line) => `missing: ${shorten(line)}`),
  ]
}

/** Throws `case.invalid` naming the first foreign thing. */
export async function checkCatalogue(db: Database): Promise<void> {
  const faults = await catalogueFaults(db)
  if (faults.length > 0)
    throw new AppError(
      'case.invalid',
      `The database of the case holds things that Crosstrail did not make (${faults[0]}). It was not opened.`,
      { faults: faults.length },
    )
}

function shorten(line: string): string {
  return line.length > 200 ? `${line.slice(0, 200)}…` : line
}

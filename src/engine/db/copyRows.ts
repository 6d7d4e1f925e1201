/** Rows of one database into an empty table of another, each value passed on or replaced; and every text of a table to look at. */
import {
  DuckDBDataChunk,
  DuckDBListValue,
  DuckDBStructValue,
  type DuckDBValue,
  listValue,
  structValue,
} from '@duckdb/node-api'
import { throwIfAborted } from '../../common/errors'
import type { Database } from './database'
import { sql } from './sql'

export interface RowChange {
  /** `column` is the name, with that of the member behind a dot in a structure. */
  text(column: string, value: string): string
  integer(column: string, value: bigint): bigint
  /** Columns that follow from another one of the same row, after it was changed. */
  readonly derived: Readonly<Record<string, { readonly from: string; of(value: string | null): bigint | null }>>
  readonly signal?: AbortSignal | undefined
}

/** In the order of the rows; both databases have the same tables. Returns the number of rows. */
export async function copyRows(from: Database, to: Database, table: string, change: RowChange): Promise<number> {
  let rows = 0
  await from.read(async (source) => {
    const result = await source.stream(sql`SELECT * FROM ${sql.ident(table)}`.text)
    const names = result.columnNames()
    const types = result.columnTypes()
    await to.write(async ({ connection }) => {
      const appender = await connection.createAppender(table)
      try {
        for (;;) {
          throwIfAborted(change.signal)
          const chunk = await result.fetchChunk()
          if (chunk === null || chunk.rowCount === 0) break
          const columns = chunk
            .getColumns()
            .map((column, at) => column.map((value) => changed(names[at] ?? '', value, change)))
          for (const [at, name] of names.entries()) {
            const rule = Object.hasOwn(change.derived, name) ? change.derived[name] : undefined
            if (rule === undefined) continue
            const base = columns[names.indexOf(rule.from)] ?? []
            columns[at] = base.map((value) => rule.of(typeof value === 'string' ? value : null))
          }
          const copy = DuckDBDataChunk.create(types, chunk.rowCount)
          copy.setColumns(columns)
          appender.appendDataChunk(copy)
          rows += chunk.rowCount
        }
      } finally {
        appender.closeSync()
      }
    })
  }, change.signal)
  return rows
}

function changed(column: string, value: DuckDBValue, change: RowChange): DuckDBValue {
  if (typeof value === 'string') return change.text(column, value)
  if (typeof value === 'bigint') return change.integer(column, value)
  if (value instanceof DuckDBListValue) return listValue(value.items.map((item) => changed(column, item, change)))
  if (value instanceof DuckDBStructValue)
    return structValue(
      Object.fromEntries(
        Object.entries(value.entries).map(([name, item]) => [name, changed(`${column}.${name}`, item, change)]),
      ),
    )
  return value
}

/** Every value that is text, or was turned into it where `numbers` asks for those too. */
export async function eachText(
  db: Database,
  table: string,
  visit: (column: string, text: string) => void,
  options: { readonly numbers?: boolean; readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const see = (column: string, value: DuckDBValue): void => {
    if (typeof value === 'string') visit(column, value)
    else if (value instanceof DuckDBListValue) for (const item of value.items) see(column, item)
    else if (value instanceof DuckDBStructValue)
      for (const [name, item] of Object.entries(value.entries)) see(`${column}.${name}`, item)
    else if (options.numbers === true && value !== null && value !== undefined) visit(column, String(value))
  }
  await db.read(async (connection) => {
    const result = await connection.stream(sql`SELECT * FROM ${sql.ident(table)}`.text)
    const names = result.columnNames()
    for (;;) {
      throwIfAborted(options.signal)
      const chunk = await result.fetchChunk()
      if (chunk === null || chunk.rowCount === 0) break
      for (const [at, column] of chunk.getColumns().entries()) for (const value of column) see(names[at] ?? '', value)
    }
  }, options.signal)
}

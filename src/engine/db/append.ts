/**
 * Column buffers into a table by data chunks, without a JS value per cell. Every vector of a chunk is written (an
 * unwritten text vector crashes on append). Rows go to the table itself, not to a staging table: casting and sorting
 * in SQL cost three times what the append does.
 */
import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  LIST,
  STRUCT,
  TIMESTAMP,
  UBIGINT,
  UINTEGER,
  USMALLINT,
  VARCHAR,
} from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'
import type { AppendColumn, AppendTarget, NullColumn, ScalarType } from './append/buffers'
import { writeList } from './append/list'
import { writeNumbers } from './append/numbers'
import { writeText, writeTextNulls } from './append/text'
import { writeNulls } from './append/validity'

const scalarTypes: Readonly<Record<ScalarType, DuckDBType>> = {
  VARCHAR,
  BIGINT,
  UBIGINT,
  UINTEGER,
  USMALLINT,
  DOUBLE,
  BOOLEAN,
  TIMESTAMP,
}

/** A column that is the same for all rows of an append, or counts on from a number. */
export type Filled = { readonly constant: number } | { readonly from: bigint }

const chunkRows = 2048

/**
 * Appends the rows named by `rows`, in that order. `columns` are in the order of the table and are all of its columns.
 */
export async function appendColumns(
  connection: DuckDBConnection,
  table: string,
  targets: readonly AppendTarget[],
  columns: readonly (AppendColumn | Filled)[],
  rows: Uint32Array,
): Promise<void> {
  const types = targets.map(typeOf)
  const appender = await connection.createAppender(table)
  try {
    for (let from = 0; from < rows.length; from += chunkRows) {
      const part = rows.subarray(from, from + chunkRows)
      const chunk = DuckDBDataChunk.create(types, part.length)
      targets.forEach((target, index) => {
        const vector = duckdb.data_chunk_get_vector(chunk.chunk, index)
        writeColumn(vector, target, columns[index] ?? nullColumn, part, from)
      })
      appender.appendDataChunk(chunk)
    }
  } finally {
    appender.closeSync()
  }
}

const nullColumn: NullColumn = { wire: 'null' }

function typeOf(target: AppendTarget): DuckDBType {
  if (target.type !== 'LIST') return scalarTypes[target.type]
  if (target.fields === undefined) return LIST(VARCHAR)
  return LIST(STRUCT(Object.fromEntries(target.fields.map((field) => [field, VARCHAR]))))
}

function writeColumn(
  vector: duckdb.Vector,
  target: AppendTarget,
  column: AppendColumn | Filled,
  rows: Uint32Array,
  from: number,
): void {
  if (!('wire' in column)) return writeFilled(vector, target, column, rows.length, from)
  switch (column.wire) {
    case 'null':
      if (target.type === 'VARCHAR') writeTextNulls(vector, rows.length)
      else if (target.type === 'LIST') writeList(vector, target.fields, undefined, rows)
      else writeNulls(vector, rows, undefined)
      return
    case 'text':
      return writeText(vector, column, rows)
    case 'list':
      return writeList(vector, target.type === 'LIST' ? target.fields : undefined, column, rows)
    default:
      return writeNumbers(vector, target.type === 'LIST' ? 'BIGINT' : target.type, column, rows)
  }
}

function writeFilled(vector: duckdb.Vector, { type }: AppendTarget, column: Filled, count: number, from: number): void {
  const data =
    'from' in column
      ? BigInt64Array.from({ length: count }, (_, index) => column.from + BigInt(from + index))
      : type === 'UINTEGER'
        ? new Uint32Array(count).fill(column.constant)
        : new BigInt64Array(count).fill(BigInt(column.constant))
  duckdb.copy_data_to_vector(vector, 0, data.buffer, 0, data.byteLength)
}

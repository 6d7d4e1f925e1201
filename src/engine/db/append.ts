/**
 * Column buffers into a table by data chunks, without a JS value per cell. Every vector of a chunk is written (an
 * unwritten text vector crashes on append). Rows go to the table itself, not to a staging table: casting and sorting
 * in SQL cost three times what the append does.
 */
import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBAppender,
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
/** So many rows wait in an appender before they go into the table: handing over costs milliseconds, however few they are. */
const flushRows = 4096

/**
 * The appenders of one transaction, one a table, all on one connection. Rows may wait in them: `close` before COMMIT,
 * `discard` before ROLLBACK.
 */
export class Appenders {
  readonly #connection: DuckDBConnection
  readonly #open = new Map<string, { readonly appender: DuckDBAppender; readonly types: readonly DuckDBType[] }>()
  readonly #waiting = new Map<string, number>()

  constructor(connection: DuckDBConnection) {
    this.#connection = connection
  }

  /** Appends the rows named by `rows`, in that order. `columns` are in the order of the table and are all of its columns. */
  async append(
    table: string,
    targets: readonly AppendTarget[],
    columns: readonly (AppendColumn | Filled)[],
    rows: Uint32Array,
  ): Promise<void> {
    const { appender, types } = await this.#appenderOf(table, targets)
    for (let from = 0; from < rows.length; from += chunkRows) {
      const part = rows.subarray(from, from + chunkRows)
      const chunk = DuckDBDataChunk.create(types, part.length)
      targets.forEach((target, index) => {
        const vector = duckdb.data_chunk_get_vector(chunk.chunk, index)
        writeColumn(vector, target, columns[index] ?? nullColumn, part, from)
      })
      appender.appendDataChunk(chunk)
    }
    const waiting = (this.#waiting.get(table) ?? 0) + rows.length
    if (waiting >= flushRows) appender.flushSync()
    this.#waiting.set(table, waiting >= flushRows ? 0 : waiting)
  }

  async #appenderOf(table: string, targets: readonly AppendTarget[]) {
    const known = this.#open.get(table)
    if (known !== undefined) return known
    const opened = { appender: await this.#connection.createAppender(table), types: targets.map(typeOf) }
    this.#open.set(table, opened)
    return opened
  }

  /** All rows that wait go into their tables. */
  close(): void {
    for (const { appender } of this.#take()) appender.closeSync()
  }

  /** The rows that wait go nowhere. */
  discard(): void {
    for (const { appender } of this.#take()) {
      appender.clear()
      appender.closeSync()
    }
  }

  #take() {
    const opened = [...this.#open.values()]
    this.#open.clear()
    this.#waiting.clear()
    return opened
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

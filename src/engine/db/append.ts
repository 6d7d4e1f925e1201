/**
 * Column buffers into a staging table by data chunks, without a JS value per cell. Every vector of a chunk is written
 * (an unwritten text vector crashes on append).
 */

import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  UBIGINT,
  VARCHAR,
} from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'

/** The buffers of one column: text by ends, numbers as they are, or nothing but nulls. */
export type AppendColumn =
  | { readonly wire: 'null' }
  | { readonly wire: 'text'; readonly bytes: Uint8Array; readonly ends: Uint32Array; readonly nulls: Uint8Array }
  | {
      readonly wire: 'i64' | 'u64' | 'f64' | 'bool'
      readonly values: BigInt64Array | BigUint64Array | Float64Array | Uint8Array
      readonly nulls: Uint8Array
    }

export type AppendWire = 'text' | 'i64' | 'u64' | 'f64' | 'bool'

const types: Readonly<Record<AppendWire, DuckDBType>> = {
  text: VARCHAR,
  i64: BIGINT,
  u64: UBIGINT,
  f64: DOUBLE,
  bool: BOOLEAN,
}
export const stageTypes: Readonly<Record<AppendWire, string>> = {
  text: 'VARCHAR',
  i64: 'BIGINT',
  u64: 'UBIGINT',
  f64: 'DOUBLE',
  bool: 'BOOLEAN',
}

const chunkRows = 2048
const stringBytes = 16

/** Appends the rows named by `rows`, in that order; the last staging column is a running number from `firstSeq`. */
export async function appendColumns(
  connection: DuckDBConnection,
  table: string,
  wires: readonly AppendWire[],
  columns: readonly AppendColumn[],
  rows: Uint32Array,
  firstSeq: bigint,
): Promise<void> {
  const appender = await connection.createAppender(table, null, 'temp')
  try {
    const chunkTypes = [...wires.map((wire) => types[wire]), BIGINT]
    for (let from = 0; from < rows.length; from += chunkRows) {
      const part = rows.subarray(from, from + chunkRows)
      const chunk = DuckDBDataChunk.create(chunkTypes, part.length)
      wires.forEach((wire, index) => {
        writeColumn(duckdb.data_chunk_get_vector(chunk.chunk, index), wire, columns[index] ?? { wire: 'null' }, part)
      })
      const seq = BigInt64Array.from(part, (_, index) => firstSeq + BigInt(from + index))
      duckdb.copy_data_to_vector(
        duckdb.data_chunk_get_vector(chunk.chunk, wires.length),
        0,
        seq.buffer,
        0,
        seq.byteLength,
      )
      appender.appendDataChunk(chunk)
    }
  } finally {
    appender.closeSync()
  }
}

function writeColumn(vector: duckdb.Vector, wire: AppendWire, column: AppendColumn, rows: Uint32Array): void {
  if (wire === 'text') duckdb.vector_get_data(vector, rows.length * stringBytes).fill(0)
  if (column.wire === 'null') return writeNulls(vector, rows, undefined)
  writeNulls(vector, rows, column.nulls)
  if (column.wire === 'text') {
    const { bytes, ends, nulls } = column
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] ?? 0
      if (nulls[row] === 0)
        duckdb.vector_assign_string_element_len(vector, index, bytes.subarray(ends[row], ends[row + 1]))
    }
    return
  }
  const picked = pick(column.values, rows)
  duckdb.copy_data_to_vector(vector, 0, picked, 0, picked.byteLength)
}

function pick(values: BigInt64Array | BigUint64Array | Float64Array | Uint8Array, rows: Uint32Array): ArrayBuffer {
  if (values instanceof Uint8Array) return Uint8Array.from(rows, (row) => values[row] ?? 0).buffer
  if (values instanceof Float64Array) return Float64Array.from(rows, (row) => values[row] ?? 0).buffer
  // Signed and unsigned cells are the same bits.
  const bits = new BigUint64Array(values.buffer, values.byteOffset, values.length)
  return BigUint64Array.from(rows, (row) => bits[row] ?? 0n).buffer
}

/** Marks nulls; without `nulls` every row is null. Bit i of the mask says that row i is valid. */
function writeNulls(vector: duckdb.Vector, rows: Uint32Array, nulls: Uint8Array | undefined): void {
  const words = Math.ceil(chunkRows / 64)
  const mask = new Uint8Array(words * 8).fill(0xff)
  let any = false
  for (let index = 0; index < rows.length; index++) {
    if (nulls !== undefined && nulls[rows[index] ?? 0] === 0) continue
    any = true
    const at = index >> 3
    mask[at] = (mask[at] ?? 0) & ~(1 << (index & 7))
  }
  if (!any) return
  duckdb.vector_ensure_validity_writable(vector)
  duckdb.copy_data_to_vector_validity(vector, 0, mask.buffer, 0, Math.ceil(rows.length / 64) * 8)
}

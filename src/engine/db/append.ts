/**
 * Column buffers into a staging table by data chunks, without a JS value per cell. Every vector of a chunk is written
 * (an unwritten text vector crashes on append). Texts up to 12 bytes are written into DuckDB's 16-byte string cells
 * directly; of longer ones each distinct text is handed over once per chunk and its cell is copied for the other rows.
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

/** The buffers of one column. Text: entry k is `bytes[ends[k] .. ends[k + 1]]`; code 0 is null, code k is entry k - 1. */
export type AppendColumn =
  | { readonly wire: 'null' }
  | { readonly wire: 'text'; readonly bytes: Uint8Array; readonly ends: Uint32Array; readonly codes: Uint32Array }
  | { readonly wire: 'i64' | 'u64'; readonly values: BigUint64Array; readonly nulls: Uint8Array }
  | { readonly wire: 'f64'; readonly values: Float64Array; readonly nulls: Uint8Array }
  | { readonly wire: 'bool'; readonly values: Uint8Array; readonly nulls: Uint8Array }

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
const cellBytes = 16
const inlineBytes = 12

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
      for (let index = 0; index < wires.length; index++) {
        const vector = duckdb.data_chunk_get_vector(chunk.chunk, index)
        writeColumn(vector, wires[index] === 'text', columns[index] ?? nullColumn, part)
      }
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

const emptyCells = new ArrayBuffer(chunkRows * cellBytes)
const nullColumn: AppendColumn = { wire: 'null' }

function writeColumn(vector: duckdb.Vector, isText: boolean, column: AppendColumn, rows: Uint32Array): void {
  if (column.wire === 'text') return writeText(vector, column.bytes, column.ends, column.codes, rows)
  if (isText) duckdb.copy_data_to_vector(vector, 0, emptyCells, 0, rows.length * cellBytes)
  if (column.wire === 'null') return writeNulls(vector, rows, undefined)
  writeNulls(vector, rows, column.nulls)
  const picked = pick(column, rows)
  duckdb.copy_data_to_vector(vector, 0, picked, 0, picked.byteLength)
}

/** Row of the chunk that holds a code's cell, plus one; 0 where the code has not come yet. Grown as needed. */
let cellOfCode = new Uint16Array(8192)

/**
 * Two passes: distinct long texts are handed to DuckDB, which keeps their bytes and writes their cells; then all cells
 * are read back, completed here and written at once. (Memory of a vector is only reached by copying.)
 */
function writeText(
  vector: duckdb.Vector,
  bytes: Uint8Array,
  ends: Uint32Array,
  codes: Uint32Array,
  rows: Uint32Array,
): void {
  if (cellOfCode.length <= ends.length) cellOfCode = new Uint16Array(ends.length * 2)
  const seen: number[] = []
  const mask = nullMask()
  let anyNull = false
  for (let index = 0; index < rows.length; index++) {
    const code = codes[rows[index] ?? 0] ?? 0
    if (code === 0) {
      setNull(mask, index)
      anyNull = true
    } else if (cellOfCode[code] === 0) {
      const start = ends[code - 1] ?? 0
      const end = ends[code] ?? 0
      if (end - start > inlineBytes) duckdb.vector_assign_string_element_len(vector, index, bytes.subarray(start, end))
      cellOfCode[code] = index + 1
      seen.push(code)
    }
  }
  const data = new Uint8Array(duckdb.vector_get_data(vector, rows.length * cellBytes))
  const words = new Uint32Array(data.buffer)
  for (let index = 0; index < rows.length; index++) {
    const code = codes[rows[index] ?? 0] ?? 0
    const at = index * 4
    const first = (cellOfCode[code] ?? 0) - 1
    if (code !== 0 && first < index) {
      const from = first * 4
      words[at] = words[from] ?? 0
      words[at + 1] = words[from + 1] ?? 0
      words[at + 2] = words[from + 2] ?? 0
      words[at + 3] = words[from + 3] ?? 0
      continue
    }
    const start = code === 0 ? 0 : (ends[code - 1] ?? 0)
    const length = code === 0 ? 0 : (ends[code] ?? 0) - start
    if (length > inlineBytes) continue
    words.fill(0, at, at + 4)
    words[at] = length
    const cell = index * cellBytes + 4
    for (let byte = 0; byte < length; byte++) data[cell + byte] = bytes[start + byte] ?? 0
  }
  for (const code of seen) cellOfCode[code] = 0
  duckdb.copy_data_to_vector(vector, 0, data.buffer, 0, data.byteLength)
  if (anyNull) applyNulls(vector, mask, rows.length)
}

function pick(column: Extract<AppendColumn, { values: unknown }>, rows: Uint32Array): ArrayBuffer {
  switch (column.wire) {
    case 'bool': {
      const picked = new Uint8Array(rows.length)
      for (let index = 0; index < rows.length; index++) picked[index] = column.values[rows[index] ?? 0] ?? 0
      return picked.buffer
    }
    case 'f64': {
      const picked = new Float64Array(rows.length)
      for (let index = 0; index < rows.length; index++) picked[index] = column.values[rows[index] ?? 0] ?? 0
      return picked.buffer
    }
    case 'i64':
    case 'u64': {
      // As pairs of words: no BigInt is made.
      const source = new Uint32Array(column.values.buffer, column.values.byteOffset, column.values.length * 2)
      const picked = new Uint32Array(rows.length * 2)
      for (let index = 0; index < rows.length; index++) {
        const from = (rows[index] ?? 0) * 2
        picked[index * 2] = source[from] ?? 0
        picked[index * 2 + 1] = source[from + 1] ?? 0
      }
      return picked.buffer
    }
  }
}

/** Marks nulls; without `nulls` every row is null. Bit i of the mask says that row i is valid. */
function writeNulls(vector: duckdb.Vector, rows: Uint32Array, nulls: Uint8Array | undefined): void {
  const mask = nullMask()
  let any = false
  for (let index = 0; index < rows.length; index++) {
    if (nulls !== undefined && nulls[rows[index] ?? 0] === 0) continue
    setNull(mask, index)
    any = true
  }
  if (any) applyNulls(vector, mask, rows.length)
}

function nullMask(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(chunkRows / 8).fill(0xff)
}

function setNull(mask: Uint8Array, index: number): void {
  mask[index >> 3] = (mask[index >> 3] ?? 0) & ~(1 << (index & 7))
}

function applyNulls(vector: duckdb.Vector, mask: Uint8Array<ArrayBuffer>, rows: number): void {
  duckdb.vector_ensure_validity_writable(vector)
  duckdb.copy_data_to_vector_validity(vector, 0, mask.buffer, 0, Math.ceil(rows / 64) * 8)
}

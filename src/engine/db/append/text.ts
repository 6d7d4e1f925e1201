/**
 * Texts up to 12 bytes are written into DuckDB's 16-byte string cells directly; of longer ones each distinct text is
 * handed over once per chunk and its cell is copied for the other rows.
 */
import duckdb from '@duckdb/node-bindings'
import type { TextColumn } from './buffers'
import { applyNulls, setNull, validityMask } from './validity'

const cellBytes = 16
const inlineBytes = 12

let emptyCells = new ArrayBuffer(2048 * cellBytes)

export function writeTextNulls(vector: duckdb.Vector, count: number): void {
  if (emptyCells.byteLength < count * cellBytes) emptyCells = new ArrayBuffer(count * cellBytes)
  duckdb.copy_data_to_vector(vector, 0, emptyCells, 0, count * cellBytes)
  applyNulls(vector, validityMask(count).fill(0))
}

/** Row of the chunk that holds a code's cell, plus one; 0 where the code has not come yet. Grown as needed. */
let cellOfCode = new Uint32Array(8192)

/**
 * Two passes: distinct long texts are handed to DuckDB, which keeps their bytes and writes their cells; then all cells
 * are read back, completed here and written at once. (Memory of a vector is only reached by copying.)
 */
export function writeText(vector: duckdb.Vector, { bytes, ends, codes }: TextColumn, rows: Uint32Array): void {
  const count = rows.length
  if (cellOfCode.length <= ends.length) cellOfCode = new Uint32Array(ends.length * 2)
  const seen: number[] = []
  const mask = validityMask(count)
  let anyNull = false
  let anyLong = false
  for (let index = 0; index < count; index++) {
    const code = codes[rows[index] ?? 0] ?? 0
    if (code === 0) {
      setNull(mask, index)
      anyNull = true
    } else if (cellOfCode[code] === 0) {
      const start = ends[code - 1] ?? 0
      const end = ends[code] ?? 0
      if (end - start > inlineBytes) {
        duckdb.vector_assign_string_element_len(vector, index, bytes.subarray(start, end))
        anyLong = true
      }
      cellOfCode[code] = index + 1
      seen.push(code)
    }
  }
  const data = anyLong
    ? new Uint8Array(duckdb.vector_get_data(vector, count * cellBytes))
    : new Uint8Array(count * cellBytes)
  const words = new Uint32Array(data.buffer)
  for (let index = 0; index < count; index++) {
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
    words[at] = length
    words[at + 1] = 0
    words[at + 2] = 0
    words[at + 3] = 0
    const cell = index * cellBytes + 4
    for (let byte = 0; byte < length; byte++) data[cell + byte] = bytes[start + byte] ?? 0
  }
  for (const code of seen) cellOfCode[code] = 0
  duckdb.copy_data_to_vector(vector, 0, data.buffer, 0, data.byteLength)
  if (anyNull) applyNulls(vector, mask)
}

import duckdb from '@duckdb/node-bindings'
import type { ListColumn } from './buffers'
import { writeText, writeTextNulls } from './text'
import { applyNulls, setNull, validityMask } from './validity'

/** Writes lists of texts, or of structs of texts: an offset and a length per row, and the items in child vectors. */
export function writeList(
  vector: duckdb.Vector,
  fields: readonly string[] | undefined,
  column: ListColumn | undefined,
  rows: Uint32Array,
): void {
  const mask = validityMask(rows.length)
  // Two 64-bit numbers a row: where the items begin, and how many they are.
  const entries = new Uint32Array(rows.length * 4)
  let anyNull = false
  let items = 0
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? 0
    const length = column === undefined ? 0 : (column.starts[row + 1] ?? 0) - (column.starts[row] ?? 0)
    if (length === 0) {
      setNull(mask, index)
      anyNull = true
    }
    entries[index * 4] = items
    entries[index * 4 + 2] = length
    items += length
  }
  duckdb.copy_data_to_vector(vector, 0, entries.buffer, 0, entries.byteLength)
  if (anyNull) applyNulls(vector, mask)
  if (column === undefined || items === 0) return
  duckdb.list_vector_reserve(vector, items)
  duckdb.list_vector_set_size(vector, items)
  const picked = new Uint32Array(items)
  let at = 0
  for (const row of rows) {
    const end = column.starts[row + 1] ?? 0
    for (let item = column.starts[row] ?? 0; item < end; item++) picked[at++] = item
  }
  const child = duckdb.list_vector_get_child(vector)
  column.children.forEach((texts, index) => {
    const target = fields === undefined ? child : duckdb.struct_vector_get_child(child, index)
    if (texts.wire === 'null') writeTextNulls(target, items)
    else writeText(target, texts, picked)
  })
}

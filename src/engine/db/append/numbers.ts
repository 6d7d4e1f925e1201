import duckdb from '@duckdb/node-bindings'
import type { NumberColumn, ScalarType } from './buffers'
import { writeNulls } from './validity'

const wordSize = 2 ** 32

/** Writes the picked rows as the column's own type. */
export function writeNumbers(vector: duckdb.Vector, type: ScalarType, column: NumberColumn, rows: Uint32Array): void {
  writeNulls(vector, rows, column.valid)
  const picked =
    column.values instanceof BigUint64Array ? words(column.values, rows) : numbers(type, column.values, rows)
  duckdb.copy_data_to_vector(vector, 0, picked, 0, picked.byteLength)
}

/** 64-bit values as pairs of words: no BigInt is made. */
function words(values: BigUint64Array, rows: Uint32Array): ArrayBuffer {
  const source = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
  const picked = new Uint32Array(rows.length * 2)
  for (let index = 0; index < rows.length; index++) {
    const from = (rows[index] ?? 0) * 2
    picked[index * 2] = source[from] ?? 0
    picked[index * 2 + 1] = source[from + 1] ?? 0
  }
  return picked.buffer
}

function numbers(type: ScalarType, values: Float64Array | Uint8Array, rows: Uint32Array): ArrayBuffer {
  switch (type) {
    case 'BIGINT':
    case 'UBIGINT':
    case 'TIMESTAMP': {
      const picked = new Uint32Array(rows.length * 2)
      for (let index = 0; index < rows.length; index++) {
        const value = values[rows[index] ?? 0] ?? 0
        picked[index * 2] = value >>> 0
        picked[index * 2 + 1] = Math.floor(value / wordSize)
      }
      return picked.buffer
    }
    case 'BOOLEAN':
      return gather(new Uint8Array(rows.length), values, rows)
    case 'USMALLINT':
      return gather(new Uint16Array(rows.length), values, rows)
    case 'UINTEGER':
      return gather(new Uint32Array(rows.length), values, rows)
    default:
      return gather(new Float64Array(rows.length), values, rows)
  }
}

function gather(
  picked: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>,
  values: Float64Array | Uint8Array,
  rows: Uint32Array,
): ArrayBuffer {
  for (let index = 0; index < rows.length; index++) picked[index] = values[rows[index] ?? 0] ?? 0
  return picked.buffer
}

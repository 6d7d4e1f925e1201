import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api'
import { formatInstant } from '../../common/time'

/** Values as queries give them to our code: JSON values; integers beyond 2^53 as decimal text. */
export type Cell = string | number | boolean | null | readonly Cell[] | { readonly [key: string]: Cell }

/**
 * DuckDB value to JSON value: 64-bit integers become numbers where they are safe and decimal text beyond; timestamps
 * become RFC 3339 with microseconds; NaN and infinities become text; blobs become hex.
 */
export function toCell(value: DuckDBValue): Cell {
  if (value === null || value === undefined) return null
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : String(value)
    case 'bigint':
      return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
        ? Number(value)
        : value.toString()
    default:
      break
  }
  if (value instanceof DuckDBTimestampValue) return formatInstant(value.micros, 'us')
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(toCell)
  if (value instanceof DuckDBStructValue)
    return Object.fromEntries(Object.entries(value.entries).map(([key, item]) => [key, toCell(item)]))
  if (value instanceof DuckDBMapValue)
    return value.entries.map((entry) => ({ key: toCell(entry.key), value: toCell(entry.value) }))
  if (value instanceof DuckDBDecimalValue) return value.toString()
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('hex')
  return String(value)
}

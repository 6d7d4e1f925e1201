/** Rows of events as JSON: columns that are not null, times in RFC 3339 with the precision of their source. */

import type { z } from 'zod'
import { formatInstant, type Precision } from '../../common/time'
import type { EventRow } from '../../contract/events'
import type { Cell } from '../db/values'

/**
 * One row of `outputs(...)`, where `ts` and `ts_end` are microseconds and `ts_precision` stands in the row or in
 * `precision`. Nulls and empty lists are left out.
 */
export function eventJson(
  row: Readonly<Record<string, Cell>>,
  precision: Cell | undefined = row.ts_precision,
): EventRow {
  const entries: [string, z.core.util.JSONType][] = []
  for (const [key, value] of Object.entries(row)) {
    if (value === null || key === precisionKey) continue
    if (Array.isArray(value) && value.length === 0) continue
    const shown = key === 'ts' || key === 'ts_end' ? instant(value, precision) : json(value)
    entries.push([key, shown])
  }
  return Object.fromEntries(entries)
}

/** Carries the precision where `ts_precision` itself was not asked for. */
export const precisionKey = '(precision)'

function instant(value: Cell, precision: Cell | undefined): string {
  const known: Precision = precision === 's' || precision === 'ms' ? precision : 'us'
  return formatInstant(typeof value === 'string' ? BigInt(value) : Number(value), known)
}

/** A row of any query, nulls kept. */
export function cellRow(row: Readonly<Record<string, Cell>>): Record<string, z.core.util.JSONType> {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, exact(value)]))
}

function exact(value: Cell): z.core.util.JSONType {
  if (value === null || typeof value !== 'object') return value
  return isList(value) ? value.map(exact) : cellRow(value)
}

/** Copies nested values, without the nulls of structs. */
export function json(value: Cell): z.core.util.JSONType {
  if (value === null || typeof value !== 'object') return value
  if (isList(value)) return value.map(json)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, json(item)]),
  )
}

function isList(value: Cell): value is readonly Cell[] {
  return Array.isArray(value)
}

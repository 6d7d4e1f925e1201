/** Rows of events as JSON: columns that are not null, times in RFC 3339 with the precision of their source. */

import type { z } from 'zod'
import { isObject, type JsonValue } from '../../common/json'
import { formatInstant, type Precision } from '../../common/time'
import type { EventRow } from '../../contract/events'
import type { Cell } from '../db/values'

/**
 * From the JSON text of one row of `outputs(...)`, where `ts` and `ts_end` are microseconds, to the row as it is shown.
 * Nulls and empty lists are left out.
 */
export function eventJson(text: string, precision: string | null): EventRow {
  const row: unknown = JSON.parse(text)
  if (!isObject(row)) throw new Error('unreachable: a row of json_object is an object')
  const entries: [string, z.core.util.JSONType][] = []
  for (const [key, value] of Object.entries(row)) {
    if (value === null || (Array.isArray(value) && value.length === 0)) continue
    entries.push([key, key === 'ts' || key === 'ts_end' ? instant(value, precision) : json(value)])
  }
  return Object.fromEntries(entries)
}

function instant(value: JsonValue, precision: string | null): string {
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
export function json(value: Cell | JsonValue): z.core.util.JSONType {
  if (value === null || typeof value !== 'object') return value
  if (isList(value)) return value.map(json)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, json(item)]),
  )
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value)
}

/** Spans as they leave the engine: names of the table's columns, 64-bit numbers and ids as text, attributes as records. */
import { z } from 'zod'
import { isObject, type JsonValue, list } from '../../common/json'
import type { SpanRow } from '../../contract/traces'
import { sql } from '../db/sql'

export const spanColumns = sql`row_id::VARCHAR AS row_id, trace_id, span_id, parent_span_id, name, kind, service,
  start_ns::VARCHAR AS start_ns, duration_ns::VARCHAR AS duration_ns, status, status_message, attributes, resource`

export const StoredSpan = z.object({
  row_id: z.string(),
  trace_id: z.string(),
  span_id: z.string(),
  parent_span_id: z.string().nullable(),
  name: z.string(),
  kind: z.string(),
  service: z.string().nullable(),
  start_ns: z.string(),
  duration_ns: z.string(),
  status: z.string(),
  status_message: z.string().nullable(),
  attributes: z.string().nullable(),
  resource: z.string().nullable(),
})
export type StoredSpan = z.output<typeof StoredSpan>

export function spanRow({ row_id: _, attributes, resource, ...rest }: StoredSpan): SpanRow {
  return { ...rest, attributes: record(attributes), resource: record(resource) }
}

type JsonRecord = SpanRow['attributes']

/** The record in `text`; empty where there is none. Integers that a double cannot hold stay text. */
export function record(text: string | null): JsonRecord {
  if (text === null || text === '') return {}
  let value: unknown
  try {
    value = JSON.parse(keepDigits(text))
  } catch {
    return { '(unreadable)': text }
  }
  return isObject(value) ? copy(value) : { '(value)': text }
}

function copy(value: Readonly<Record<string, JsonValue>>): JsonRecord {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]))
}

function toJson(value: JsonValue): z.core.util.JSONType {
  if (value === null || typeof value !== 'object') return value
  return isObject(value) ? copy(value) : list(value).map(toJson)
}

/** Puts integers of 16 digits and more, outside of strings, in quotes. */
function keepDigits(text: string): string {
  if (!/\d{16}/.test(text)) return text
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g, (found) =>
    found.startsWith('"') ? found : `"${found}"`,
  )
}

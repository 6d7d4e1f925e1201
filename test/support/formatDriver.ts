/**
 * Drives one session of a format without the import pipeline: JSON values, CSV records or text records go in, what
 * the format did with each comes out. The work of the pipeline that formats rely on (layouts, envelopes, framing of
 * JSON text) is done here in the plainest way, on whole documents in memory.
 */
import { isObject, type JsonValue } from '../../src/common/json'
import type { WallClock } from '../../src/common/time'
import type { AccessEventRow, SpanRow } from '../../src/engine/db/rows'
import type { EmittedRow, Format, InnerRecord, JsonContext, RecordAt, Sink } from '../../src/engine/formats/types'
import { AssumedZone } from '../../src/engine/zone/assumedZone'

export interface Driven {
  /** Every row in the order of emission. */
  readonly rows: EmittedRow[]
  /** Rows of `access_event` and `span`, for short assertions. */
  readonly events: AccessEventRow[]
  readonly spans: SpanRow[]
  readonly kept: number[]
  readonly skips: { readonly recordNo: number; readonly reason: string }[]
  readonly rejects: { readonly recordNo: number; readonly reason: string }[]
  /** How many records went in, and how often each of them was accounted: once, or the format is wrong. */
  readonly read: number
  readonly accounted: ReadonlyMap<number, number>
}

export interface DriveOptions {
  readonly memberName?: string
  readonly wallClock?: WallClock
  readonly context?: JsonContext
}

export function position(recordNo: number, raw = ''): RecordAt {
  return { recordNo, line: recordNo + 1, offset: recordNo * 100, length: raw.length, raw: () => raw }
}

/** Feeds values as records, after `unwrap`. A value that is no record still goes in: the session must account for it. */
export function driveJson(format: Format, values: readonly JsonValue[], options: DriveOptions = {}): Driven {
  const reader = format.json
  if (reader === undefined) throw new Error(`${format.id} reads no JSON`)
  const out = collector()
  const session = reader.open({ ...sessionOptions(options), sink: out.sink })
  let recordNo = 0
  for (const value of values.flatMap((item) => inner(reader.unwrap?.(item), item))) {
    session.record(value, options.context ?? {}, position(recordNo, JSON.stringify(value)))
    recordNo++
  }
  session.end()
  return out.finish(recordNo)
}

/** Finds the records of a whole JSON text (one document or JSON lines) by the format's layouts, then drives them. */
export function driveJsonText(format: Format, text: string, options: DriveOptions = {}): Driven {
  return driveJson(format, recordsOf(format, text), options)
}

export function driveCsv(
  format: Format,
  header: readonly string[] | undefined,
  records: readonly (readonly string[])[],
  options: DriveOptions = {},
): Driven {
  const reader = format.csv
  if (reader === undefined) throw new Error(`${format.id} reads no CSV`)
  const out = collector()
  const session = reader.open({ ...sessionOptions(options), sink: out.sink }, header)
  records.forEach((fields, recordNo) => {
    session.record(fields, position(recordNo, fields.join(',')))
  })
  session.end()
  return out.finish(records.length)
}

/** Groups physical lines by the format's own `begins`; lines before the first record are left to the caller. */
export function driveText(format: Format, text: string, options: DriveOptions = {}): Driven {
  const reader = format.text
  if (reader === undefined) throw new Error(`${format.id} reads no text`)
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  const sample = lines.slice(0, 200)
  const begins = reader.begins(sample)
  const records: string[] = []
  for (const line of lines) {
    const last = records.length - 1
    if (begins(line) || last < 0) records.push(line)
    else records[last] = `${records[last]}\n${line}`
  }
  const out = collector()
  const session = reader.open({ ...sessionOptions(options), sink: out.sink }, sample)
  records.forEach((record, recordNo) => {
    session.record(record, position(recordNo, record))
  })
  session.end()
  return out.finish(records.length)
}

/** The records that the format's layouts find in a text; root values and elements of root arrays where none does. */
export function recordsOf(format: Format, text: string): readonly JsonValue[] {
  return documentsOf(text).flatMap((document) => {
    for (const layout of format.json?.layouts ?? []) {
      const found = follow(document, layout.records)
      if (found.length > 0) return found
    }
    return Array.isArray(document) ? document : [document]
  })
}

function documentsOf(text: string): JsonValue[] {
  try {
    return [JSON.parse(text)]
  } catch {
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line))
  }
}

function follow(value: JsonValue, path: readonly string[]): readonly JsonValue[] {
  const [head, ...rest] = path
  if (head === undefined) return [value]
  if (head === '*') return Array.isArray(value) ? value.flatMap((item: JsonValue) => follow(item, rest)) : []
  if (!isObject(value) || !Object.hasOwn(value, head)) return []
  const next = value[head]
  return next === undefined ? [] : follow(next, rest)
}

function inner(records: readonly InnerRecord[] | undefined, value: JsonValue): readonly JsonValue[] {
  if (records === undefined) return [value]
  return records.map((record) => {
    if ('value' in record) return record.value
    try {
      const parsed: JsonValue = JSON.parse(record.text)
      return parsed
    } catch {
      return record.text
    }
  })
}

function sessionOptions(options: DriveOptions): { readonly memberName: string; readonly wallClock: WallClock } {
  return { memberName: options.memberName ?? 'test', wallClock: options.wallClock ?? new AssumedZone() }
}

function collector(): { readonly sink: Sink; finish(read: number): Driven } {
  const rows: EmittedRow[] = []
  const kept: number[] = []
  const skips: { recordNo: number; reason: string }[] = []
  const rejects: { recordNo: number; reason: string }[] = []
  const accounted = new Map<number, number>()
  const account = (at: RecordAt) => {
    accounted.set(at.recordNo, (accounted.get(at.recordNo) ?? 0) + 1)
  }
  return {
    sink: {
      emit(at, emitted) {
        account(at)
        kept.push(at.recordNo)
        rows.push(...emitted)
      },
      skip(at, reason) {
        account(at)
        skips.push({ recordNo: at.recordNo, reason })
      },
      reject(at, reason) {
        account(at)
        rejects.push({ recordNo: at.recordNo, reason })
      },
    },
    finish: (read) => ({
      rows,
      events: rows.flatMap((item) => (item.table === 'access_event' ? [item.row] : [])),
      spans: rows.flatMap((item) => (item.table === 'span' ? [item.row] : [])),
      kept,
      skips,
      rejects,
      read,
      accounted,
    }),
  }
}

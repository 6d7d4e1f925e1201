import { isObject, type JsonObject, type JsonValue, text } from '../../../common/json'
import type { CsvSession, EmittedRow, JsonSession, RecordAt, SessionOptions } from '../types'
import { fromColumns } from './columns'
import { fromEnvelope, isDigest, isRecord, recordsIn } from './envelope'
import { mapRecord } from './record'

const digestReason = 'A digest of delivered log files: it holds no event.'

export function openJson(options: SessionOptions): JsonSession {
  return {
    record(value, _context, at) {
      const inner = recordsIn(value)
      const rows = inner.flatMap((item) => {
        const row = rowOf(item, options)
        return row === undefined ? [] : [row]
      })
      if (rows.length > 0) options.sink.emit(at, rows)
      else if (inner.some((item) => isDigest(item))) options.sink.skip(at, digestReason)
      else options.sink.reject(at, whyNot(value))
    },
    end() {},
  }
}

function rowOf(value: JsonValue, options: SessionOptions): EmittedRow | undefined {
  if (isRecord(value)) return emitted(value, options)
  const completed = fromEnvelope(value)
  if (completed !== undefined) return emitted(completed, options)
  if (!isObject(value) || isDigest(value)) return undefined
  const columns = fromColumns(Object.entries(value))
  return columns !== undefined && isRecord(columns) ? byColumn(columns, options) : undefined
}

/** A whole record: the same id in a poorer rendering (by column) is the same row. */
function emitted(record: JsonObject, options: SessionOptions): EmittedRow {
  const row = mapRecord(record, options.wallClock)
  return {
    table: 'access_event',
    row,
    ...(row.source_event_id === undefined ? {} : { alternate: alternateOf(row.source_event_id) }),
  }
}

/** A poorer rendering has other bytes than the record it was made from, so only the id can say that it is the same. */
function byColumn(record: JsonObject, options: SessionOptions): EmittedRow {
  const row = mapRecord(record, options.wallClock)
  const id = row.source_event_id
  return { table: 'access_event', row, ...(id === undefined ? {} : { identity: null, alternate: alternateOf(id) }) }
}

function alternateOf(eventId: string): string {
  return `cloudtrail:${eventId.toLowerCase()}`
}

function whyNot(value: JsonValue): string {
  if (!isObject(value)) return 'Not a CloudTrail record: no JSON object.'
  if (text(value.eventSource)?.startsWith('aws:'))
    return 'A notification of a storage service, not a CloudTrail record.'
  return 'Not a CloudTrail record: it has no operation name with a source, identity or version.'
}

export function openCsv(options: SessionOptions, header: readonly string[] | undefined): CsvSession {
  return {
    record(fields, at: RecordAt) {
      if (header === undefined) {
        options.sink.reject(at, 'The file has no line of column names.')
        return
      }
      const columns = header.map((name, index): [string, JsonValue] => [name, fields[index] ?? ''])
      const record = fromColumns(columns)
      if (record === undefined) options.sink.reject(at, 'Neither an operation name nor an event id in this record.')
      else if (isDigest(record)) options.sink.skip(at, digestReason)
      else options.sink.emit(at, [byColumn(record, options)])
    },
    end() {},
  }
}

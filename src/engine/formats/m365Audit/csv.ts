import type { JsonObject, JsonValue } from '../../../common/json'
import { bareName, canonicalColumns, rowObject } from '../azure/columns'
import { fieldsOf } from '../azure/fields'
import { objectIn } from '../shared/embeddedJson'
import { type RecordFate, settle } from '../shared/recordSession'
import type { CsvReader, EmittedRow, SessionOptions } from '../types'
import { recordScore } from './recognise'
import { mapRecord } from './record'

/** Columns beside `AuditData`, under the names of the record; they serve where that text is cut or missing. */
const beside: readonly (readonly [string, string])[] = [
  ['recordid', 'Id'],
  ['identity', 'Id'],
  ['creationdate', 'CreationDate'],
  ['creationtime', 'CreationTime'],
  ['recordtype', 'RecordType'],
  ['operation', 'Operation'],
  ['operations', 'Operation'],
  ['userid', 'UserId'],
  ['userids', 'UserId'],
  ['workload', 'Workload'],
]

/** Downloads of the compliance portal and of searches, one record in the column `AuditData`; and tables by column. */
export const m365Csv: CsvReader = {
  match(first, second) {
    if (isTypeLine(first)) return { score: names(second ?? []).includes('auditdata') ? 0.97 : 0, header: true }
    const header = names(first)
    if (header.includes('auditdata'))
      return { score: beside.some(([name]) => header.includes(name)) ? 0.97 : 0.7, header: true }
    const score = second === undefined ? 0 : recordScore(rowObject(canonicalColumns(first), second))
    return { score, header: true }
  },
  open(options, header) {
    let columns = header === undefined || isTypeLine(header) ? undefined : header
    return {
      record(values, at) {
        if (columns !== undefined) {
          settle(options, at, fateOf(columns, values, options))
          return
        }
        columns = values
        options.sink.skip(at, 'The line of column names, below the line that names a type.')
      },
      end() {},
    }
  },
}

/** Shells print the type of the objects (`#TYPE Selected…`) above the names of the columns. */
function isTypeLine(values: readonly string[]): boolean {
  return /^\uFEFF?#TYPE /.test(values[0] ?? '')
}

function names(header: readonly string[]): readonly string[] {
  return header.map(bareName)
}

function fateOf(header: readonly string[], values: readonly string[], options: SessionOptions): RecordFate {
  const bare = names(header)
  return bare.includes('auditdata')
    ? auditData(bare, values, options)
    : byColumn(canonicalColumns(header), values, options)
}

function auditData(columns: readonly string[], values: readonly string[], options: SessionOptions): RecordFate {
  const cells = rowObject(columns, values)
  const whole = objectIn(cells.auditdata)
  const stated = named(cells)
  if (whole === undefined && stated.Operation === undefined && stated.UserId === undefined)
    return { reject: 'AuditData is no valid JSON, and no other column says what was done.' }
  // A record states its own time; the column is the same instant, and serves where the text is cut.
  const record = whole === undefined ? stated : recordScore(whole) > 0 ? whole : { ...stated, ...whole }
  return { rows: [emitted(record, options, whole === undefined && cells.auditdata !== undefined)] }
}

function named(cells: JsonObject): JsonObject {
  const found = new Map<string, JsonValue>()
  for (const [column, name] of beside) {
    const value = cells[column]
    if (value !== undefined && !found.has(name)) found.set(name, value)
  }
  return Object.fromEntries(found)
}

function byColumn(columns: readonly string[], values: readonly string[], options: SessionOptions): RecordFate {
  const record = rowObject(columns, values)
  if (recordScore(record) === 0)
    return { reject: 'Not a record of the unified audit log: it has no record type with a time.' }
  return { rows: [emitted(record, options, false)] }
}

/** The bytes are those of the CSV, so only the id can tell that it is a record that came otherwise. */
function emitted(record: JsonObject, options: SessionOptions, cut: boolean): EmittedRow {
  const row = mapRecord(fieldsOf(record), options.wallClock)
  if (cut) row.flags = [...(row.flags ?? []), 'truncated']
  const id = row.source_event_id
  return {
    table: 'access_event',
    row,
    ...(id === undefined ? {} : { identity: null, alternate: `m365:${id.toLowerCase()}` }),
  }
}

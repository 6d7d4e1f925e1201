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
    const names = new Set(first.map(bareName))
    const dated = ['creationdate', 'creationtime', 'operation', 'operations', 'userids', 'recordtype']
    if (names.has('auditdata')) return { score: dated.some((name) => names.has(name)) ? 0.97 : 0.7, header: true }
    const score = second === undefined ? 0 : recordScore(rowObject(canonicalColumns(first), second))
    return { score, header: true }
  },
  open(options, header) {
    const bare = (header ?? []).map(bareName)
    const names = canonicalColumns(header ?? [])
    const wraps = bare.includes('auditdata')
    return {
      record(values, at) {
        settle(options, at, wraps ? auditData(bare, values, options) : byColumn(names, values, options))
      },
      end() {},
    }
  },
}

function auditData(names: readonly string[], values: readonly string[], options: SessionOptions): RecordFate {
  const cells = rowObject(names, values)
  const whole = objectIn(cells.auditdata)
  const columns = named(cells)
  if (whole === undefined && columns.Operation === undefined && columns.UserId === undefined)
    return { reject: 'AuditData is no valid JSON, and no other column says what was done.' }
  // A record states its own time; the column is the same instant, and serves where the text is cut.
  const record = whole === undefined ? columns : recordScore(whole) > 0 ? whole : { ...columns, ...whole }
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

function byColumn(names: readonly string[], values: readonly string[], options: SessionOptions): RecordFate {
  const record = rowObject(names, values)
  if (recordScore(record) === 0)
    return { reject: 'Not a record of the unified audit log: it has no record type with a time.' }
  return { rows: [emitted(record, options, false)] }
}

/** The bytes are those of the CSV, so only the id can tell that it is a record that came otherwise. */
function emitted(record: JsonObject, options: SessionOptions, cut: boolean): EmittedRow {
  const row = mapRecord(fieldsOf(record), options.assumeOffsetMinutes)
  if (cut) row.flags = [...(row.flags ?? []), 'truncated']
  const id = row.source_event_id
  return {
    table: 'access_event',
    row,
    ...(id === undefined ? {} : { identity: null, alternate: `m365:${id.toLowerCase()}` }),
  }
}

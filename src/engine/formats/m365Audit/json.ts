import { get, isObject, type JsonValue, text } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import { SAMPLE } from '../azure/envelope'
import { fieldsOf } from '../azure/fields'
import { eachRecord, type RecordFate } from '../shared/recordSession'
import type { EmittedRow, JsonReader } from '../types'
import { family, recordScore } from './recognise'
import { mapRecord } from './record'

/** Records alone, in pages, in search results; `AuditData` is JSON in a string or an object. */
export const m365Json: JsonReader = {
  layouts: [],
  match(value) {
    const own = recordScore(value)
    if (own > 0) return own
    const inner = isObject(value) ? family.unwrap(value) : undefined
    if (inner === undefined) return 0
    return inner
      .slice(0, SAMPLE)
      .reduce((best, item) => Math.max(best, 'text' in item ? 0.95 : recordScore(item.value)), 0)
  },
  unwrap: family.unwrap,
  open: eachRecord((value, _context, options) => fateOf(value, options.wallClock)),
}

function fateOf(value: JsonValue, wallClock: WallClock): RecordFate {
  const rows = family.recordsIn(value).flatMap((item) => {
    if (!isObject(item) || recordScore(item) === 0) return []
    return [wholeRow(item, wallClock)]
  })
  if (rows.length > 0) return { rows }
  const audit = get(value, 'AuditData') ?? get(value, 'auditData')
  if (text(audit) !== undefined) return { reject: 'AuditData of this search result is no valid JSON.' }
  return { reject: 'Not a record of the unified audit log: it has no record type with a creation time.' }
}

/** A row of a table renders the record in other bytes: then only its id can tell that it is the same. */
export function wholeRow(record: Parameters<typeof fieldsOf>[0], wallClock: WallClock): EmittedRow {
  const fields = fieldsOf(record)
  const row = mapRecord(fields, wallClock)
  const id = row.source_event_id
  if (id === undefined) return { table: 'access_event', row }
  const alternate = `m365:${id.toLowerCase()}`
  return fields.top.has('timegenerated')
    ? { table: 'access_event', row, identity: null, alternate }
    : { table: 'access_event', row, alternate }
}

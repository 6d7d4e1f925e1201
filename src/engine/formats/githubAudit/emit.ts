import type { JsonObject } from '../../../common/json'
import type { EmittedRow, SessionOptions } from '../types'
import { mapEntry } from './entry'

/** A row that came by column has other bytes than the entry it was made from, so only the document's id says it is the same. */
export function emitted(entry: JsonObject, options: SessionOptions, rendering: 'whole' | 'columns'): EmittedRow {
  const row = mapEntry(entry, options.wallClock)
  const id = row.source_event_id
  if (id === undefined) return { table: 'access_event', row }
  const alternate = `github:${id}`
  return rendering === 'whole'
    ? { table: 'access_event', row, alternate }
    : { table: 'access_event', row, identity: null, alternate }
}

import type { JsonValue } from '../../../common/json'
import type { EmittedRow, JsonContext, JsonSession, RecordAt, SessionOptions } from '../types'

/** What becomes of one record: rows, or the reason why it is left out on purpose or cannot be used. */
export type RecordFate =
  | { readonly rows: readonly EmittedRow[] }
  | { readonly skip: string }
  | { readonly reject: string }

export type MapRecord = (value: JsonValue, context: JsonContext, options: SessionOptions, at: RecordAt) => RecordFate

/** A session for formats whose records stand alone: each is mapped when it comes, nothing is held. */
export function eachRecord(map: MapRecord): (options: SessionOptions) => JsonSession {
  return (options) => ({
    record(value, context, at) {
      settle(options, at, map(value, context, options, at))
    },
    end() {},
  })
}

/** Accounts a record by its fate. */
export function settle(options: SessionOptions, at: RecordAt, fate: RecordFate): void {
  if ('rows' in fate) options.sink.emit(at, fate.rows)
  else if ('skip' in fate) options.sink.skip(at, fate.skip)
  else options.sink.reject(at, fate.reject)
}

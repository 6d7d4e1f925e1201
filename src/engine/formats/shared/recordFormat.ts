/** The JSON side of a format whose records stand alone, by what a record is, how sure that is and what it becomes. */
import type { JsonObject } from '../../../common/json'
import { withExactIntegers } from '../spans/exact'
import type { EmittedRow, JsonLayout, JsonReader, RecordAt, SessionOptions } from '../types'
import { type EnvelopeRules, envelopes } from './envelopes'
import { eachRecord, type RecordFate } from './recordSession'

export interface RecordRules extends EnvelopeRules {
  readonly layouts: readonly JsonLayout[]
  readonly score: (record: JsonObject) => number
  /** Rows of one record; a text says why it is skipped on purpose. */
  readonly rows: (record: JsonObject, options: SessionOptions, at: RecordAt) => readonly EmittedRow[] | string
  /** Why a value that is no record of this format is rejected. */
  readonly why: string
}

export function recordReader(rules: RecordRules): JsonReader {
  const { unwrap, recordsIn, score } = envelopes(rules)
  return {
    layouts: rules.layouts,
    match: (value) => score(value, rules.score),
    unwrap,
    open: eachRecord((value, _context, options, at): RecordFate => {
      const rows: EmittedRow[] = []
      let skip: string | undefined
      for (const record of recordsIn(withExactIntegers(value, at))) {
        if (!rules.isRecord(record)) continue
        const made = rules.rows(record, options, at)
        if (typeof made === 'string') skip = made
        else rows.push(...made)
      }
      if (rows.length > 0) return { rows }
      return skip === undefined ? { reject: rules.why } : { skip }
    }),
  }
}

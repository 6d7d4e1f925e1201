/** Spans that match a filter over spans, by start. */
import { z } from 'zod'
import { throwIfAborted } from '../../common/errors'
import type { SpanRow } from '../../contract/traces'
import type { Database } from '../db/database'
import { type Sql, sql } from '../db/sql'
import { compileChecked } from '../query/filter/compile'
import { spanFields } from '../query/filter/spanFields'
import type { Asking } from '../query/scope'
import { StoredSpan, spanColumns, spanRow } from './spanRow'

/** The condition on `span`. Errors: `filter.invalid`. */
export async function spanWhere({ db, now, signal }: Asking, filter: string): Promise<Sql> {
  return (await compileChecked(db, filter, spanFields, BigInt(now.getTime()) * 1000n, signal)).where
}

const Keyed = StoredSpan.extend({ seq: z.coerce.number() })
const batchRows = 5_000

/** Spans in order of start, one batch in memory at a time. */
export async function* listSpans(
  db: Database,
  { where, limit = Number.POSITIVE_INFINITY }: { readonly where: Sql; readonly limit?: number },
  signal?: AbortSignal,
): AsyncGenerator<SpanRow> {
  let left = limit
  let after = sql`TRUE`
  while (left > 0) {
    throwIfAborted(signal)
    const wanted = Math.min(left, batchRows)
    const rows = await db.all(
      Keyed,
      sql`SELECT ${spanColumns}, seq FROM span
        WHERE rowid IN (SELECT rowid FROM span WHERE ${after} AND (${where}) ORDER BY start_ns, seq LIMIT ${wanted})
        ORDER BY span.start_ns, seq`,
      signal,
    )
    for (const { seq: _, ...row } of rows) yield spanRow(row)
    const last = rows.at(-1)
    if (last === undefined || rows.length < wanted) return
    const start = BigInt(last.start_ns)
    after = sql`span.start_ns >= ${start}::BIGINT AND (span.start_ns > ${start}::BIGINT OR seq > ${BigInt(last.seq)}::BIGINT)`
    left -= rows.length
  }
}

import type { Database } from '../../../../src/engine/db/database'
import { type Sql, type SqlValue, sql } from '../../../../src/engine/db/sql'
import { t0 } from '../query/support'

export type TestSpan = Readonly<Record<string, SqlValue | Sql>>

export const hex = (text: string, length: number) => text.padStart(length, '0')

/** Appends spans. `trace` and `span` are short hex texts that are padded; `at` and `ms` are milliseconds after `t0` and long. */
export async function addSpans(db: Database, spans: readonly TestSpan[]): Promise<void> {
  await db.transaction(async (writer) => {
    for (const [index, { trace = 'a', span, parent, at = index, ms = 10, ...given }] of spans.entries()) {
      const us = BigInt(t0 + Number(at) * 1000)
      const row: TestSpan = {
        row_id: BigInt(index + 1),
        seq: BigInt(index + 1),
        import_id: 1,
        record_no: BigInt(index),
        line: 1n,
        byte_offset: 0n,
        byte_length: 0n,
        trace_id: hex(String(trace), 32),
        span_id: hex(String(span ?? index + 1), 16),
        parent_span_id: parent === undefined ? null : hex(String(parent), 16),
        name: `op${index}`,
        kind: 'internal',
        service: 'api',
        start_ns: us * 1000n,
        duration_ns: BigInt(Math.round(Number(ms) * 1e6)),
        ts: sql`make_timestamp(${us}::BIGINT)`,
        status: 'unset',
        dup_key: BigInt(index),
        ...given,
      }
      const names = sql.join(Object.keys(row).map(sql.ident), ', ')
      const values = sql.join(
        Object.values(row).map((value) => sql`${value}`),
        ', ',
      )
      await writer.run(sql`INSERT INTO span (${names}) VALUES (${values})`)
    }
  })
}

import type { Database } from '../../../../src/engine/db/database'
import { type Sql, type SqlValue, sql } from '../../../../src/engine/db/sql'
import type { Asking } from '../../../../src/engine/query/scope'

export const t0 = Date.UTC(2023, 6, 10, 11, 0, 0) * 1000

export type TestEvent = Readonly<Record<string, SqlValue | Sql>>

/** Appends events; unnamed NOT NULL columns get plain values. `at` is seconds after `t0`, null for no time. */
export async function addEvents(db: Database, events: readonly TestEvent[]): Promise<void> {
  await db.transaction(async (writer) => {
    for (const [index, { at = index, ...given }] of events.entries()) {
      const us = typeof at === 'number' ? BigInt(t0 + Math.round(at * 1e6)) : null
      const row: TestEvent = {
        event_id: BigInt(index + 1),
        seq: BigInt(index + 1),
        import_id: 1,
        record_no: BigInt(index),
        line: 1n,
        byte_offset: 0n,
        byte_length: 0n,
        source: 'generic',
        outcome: 'success',
        dup_key: BigInt(index),
        raw: '{}',
        ts: us === null ? null : sql`make_timestamp(${us}::BIGINT)`,
        ...given,
      }
      const names = sql.join(Object.keys(row).map(sql.ident), ', ')
      const values = sql.join(
        Object.values(row).map((value) => sql`${value}`),
        ', ',
      )
      await writer.run(sql`INSERT INTO access_event (${names}) VALUES (${values})`)
    }
  })
}

export function asking(db: Database): Asking {
  return { db, now: new Date('2023-07-10T12:00:00Z') }
}

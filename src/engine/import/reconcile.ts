/**
 * What only shows once whole files are in: stages of one Kubernetes request in two files, the start of an Azure call
 * whose end came too, and a plain PostgreSQL log that renders what a csvlog or jsonlog renders better. The poorer row
 * goes, its record is counted where it belongs. Rows that carry a note stay.
 */
import { z } from 'zod'
import type { FileAccount } from '../../contract/import'
import type { Database, Writer } from '../db/database'
import { type Sql, sql } from '../db/sql'
import { reconcileStarts } from '../formats/azureActivity/reconcile'
import { reconcileStages } from '../formats/k8sAudit/reconcile'
import { listAccounts } from './accounts'
import { alternateMark } from './hash64'

/** Accounts that changed, by SHA-256. */
export async function reconcile(db: Database): Promise<ReadonlyMap<string, FileAccount>> {
  const changed = new Set<number>()
  await db.transaction(async (writer) => {
    for (const query of [reconcileStages(), reconcileStarts()])
      for (const id of await remove(writer, query, 'access_event', 'records_skipped')) changed.add(id)
    for (const table of ['access_event', 'log_record'] as const)
      for (const id of await remove(writer, poorerRenderings(table), table, 'records_duplicate')) changed.add(id)
  })
  if (changed.size === 0) return new Map()
  const accounts = await listAccounts(
    db,
    sql`WHERE list_contains(${sql.trusted(`[${[...changed].join(', ')}]`)}, import_id)`,
  )
  return new Map(accounts.map(({ importId: _, ...account }) => [account.sha256, account]))
}

/** Rows known only by their alternate identity for which a row with that alternate exists. */
function poorerRenderings(table: 'access_event' | 'log_record'): Sql {
  const id = table === 'access_event' ? sql`event_id` : sql`row_id`
  return sql`
    SELECT poor.${id} AS event_id, poor.import_id FROM ${sql.ident(table)} poor
    WHERE poor.dup_alt IS NULL
      AND EXISTS (
        SELECT 1 FROM (SELECT dup_alt FROM access_event UNION ALL SELECT dup_alt FROM log_record) rich
        WHERE rich.dup_alt = xor(poor.dup_key, ${alternateMark}::UBIGINT))`
}

async function remove(
  writer: Writer,
  query: Sql,
  table: 'access_event' | 'log_record',
  counter: 'records_skipped' | 'records_duplicate',
): Promise<number[]> {
  const id = table === 'access_event' ? sql`event_id` : sql`row_id`
  await writer.run(sql`
    CREATE OR REPLACE TEMP TABLE doomed AS
    SELECT event_id, import_id FROM (${query}) q
    WHERE NOT EXISTS (SELECT 1 FROM note WHERE target_kind = 'event' AND target_id = q.event_id::VARCHAR AND NOT deleted)`)
  const counts = await writer.all(
    z.object({ import_id: z.number(), n: z.number() }),
    sql`SELECT import_id, count(*) AS n FROM doomed GROUP BY import_id ORDER BY import_id`,
  )
  if (counts.length > 0) {
    await writer.run(sql`DELETE FROM ${sql.ident(table)} WHERE ${id} IN (SELECT event_id FROM doomed)`)
    for (const { import_id, n } of counts)
      await writer.run(sql`
        UPDATE source_file SET records_kept = records_kept - ${n}, ${sql.ident(counter)} = ${sql.ident(counter)} + ${n},
          ${sql.ident(`rows_${table}`)} = ${sql.ident(`rows_${table}`)} - ${n}
        WHERE import_id = ${import_id}`)
  }
  await writer.run(sql`DROP TABLE doomed`)
  return counts.map(({ import_id }) => import_id)
}

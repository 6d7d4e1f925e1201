/**
 * The journal's projection: tables that can be made again from the journal at any time. Writers: `project` only; `journal_state` says how far it has come.
 */
import { z } from 'zod'
import type { Database, Writer } from '../db/database'
import { sql } from '../db/sql'
import { applyView } from '../savedViews/project'
import { workTables, writeWork } from '../work/tables'
import { workOf } from '../work/workIndex'
import type { JournalRecord } from './journal'

const LinkArgs = z.object({
  event: z.string().regex(/^\d{1,20}$/),
  trace: z.string(),
  span: z.string().nullable(),
})
const ClockArgs = z.object({
  source: z.string(),
  service: z.string().nullable(),
  offsetUs: z.int(),
  enabled: z.boolean(),
})
const AliasArgs = z.object({ actorKey: z.string(), identity: z.string() })

const verdicts: Readonly<Record<string, string | undefined>> = {
  'link.confirm': 'confirmed',
  'link.reject': 'rejected',
  'link.clear': undefined,
}

async function apply(writer: Writer, record: JournalRecord): Promise<void> {
  switch (record.op) {
    case 'link.confirm':
    case 'link.reject':
    case 'link.clear': {
      const link = LinkArgs.safeParse(record.args)
      if (!link.success) return
      const { event, trace, span } = link.data
      await writer.run(sql`
        DELETE FROM link_verdict
        WHERE event_id = ${BigInt(event)} AND trace_id = ${trace} AND span_id IS NOT DISTINCT FROM ${span}`)
      const verdict = verdicts[record.op]
      if (verdict !== undefined)
        await writer.run(sql`
          INSERT INTO link_verdict VALUES (${BigInt(event)}, ${trace}, ${span}, ${verdict}, ${record.actor}, ${record.at})`)
      return
    }
    case 'clock.set': {
      const clock = ClockArgs.safeParse(record.args)
      if (!clock.success) return
      const { source, service, offsetUs, enabled } = clock.data
      await writer.run(sql`DELETE FROM clock WHERE source = ${source} AND service IS NOT DISTINCT FROM ${service}`)
      await writer.run(sql`
        INSERT INTO clock VALUES (${source}, ${service}, ${offsetUs}, ${enabled}, ${record.actor}, ${record.at})`)
      return
    }
    case 'identity.merge':
    case 'identity.split':
    case 'identity.clear': {
      const alias = AliasArgs.safeParse(record.args)
      if (!alias.success) return
      const { actorKey, identity } = alias.data
      await writer.run(sql`DELETE FROM identity_edit WHERE actor_key = ${actorKey} AND identity_id = ${identity}`)
      if (record.op === 'identity.clear') return
      await writer.run(sql`
        INSERT INTO identity_edit VALUES (${actorKey}, ${identity}, ${record.op === 'identity.merge'}, ${record.actor},
          ${record.at})`)
      return
    }
    case 'view.save':
    case 'view.delete':
      return applyView(writer, record)
    default:
      return
  }
}

/** Tables that hold nothing but what the journal says, with the order that makes their rows comparable. */
const projected = [
  ...workTables,
  ['link_verdict', 'event_id, trace_id, span_id'],
  ['clock', 'source, service'],
  ['saved_view', 'name'],
  ['identity_edit', 'actor_key, identity_id'],
] as const

export const projectedTables: ReadonlySet<string> = new Set(projected.map(([table]) => table))

/**
 * Applies the records from the place `from` on in one transaction and moves `journal_state` on. Case work is written
 * from the index of the whole journal, since an undo is about an act before.
 */
export async function project(db: Database, records: readonly JournalRecord[], from = 0): Promise<void> {
  const last = records.at(-1)
  if (last === undefined || from >= records.length) return
  const work = workOf(records)
  await db.transaction(async (writer) => {
    for (const record of records.slice(from)) await apply(writer, record)
    await writeWork(writer, work, work.touchedFrom(from))
    await writer.run(sql`DELETE FROM journal_state`)
    await writer.run(sql`INSERT INTO journal_state VALUES (${last.seq}, ${last.hash})`)
  })
}

/** Brings the projection to the journal's state; from nothing where it does not fit the chain. */
export async function catchUp(db: Database, records: readonly JournalRecord[]): Promise<void> {
  const state = await db.get(z.object({ seq: z.number(), head: z.string() }), sql`SELECT seq, head FROM journal_state`)
  const from =
    state === undefined ? 0 : records.findLastIndex((item) => item.seq === state.seq && item.hash === state.head) + 1
  if (state !== undefined && from === 0) {
    await db.transaction(async (writer) => {
      for (const [table] of projected) await writer.run(sql`DELETE FROM ${sql.ident(table)}`)
      await writer.run(sql`DELETE FROM journal_state`)
    })
  }
  await project(db, records, from)
}

/** The projection's rows as lines, in a total order: for comparing a replay with what is stored. */
export async function projectionLines(db: Database): Promise<string[]> {
  const lines: string[] = []
  for (const [table, order] of projected) {
    const rows = await db.rows(sql`SELECT * FROM ${sql.ident(table)} ORDER BY ${sql.trusted(order)}`)
    lines.push(...rows.map((row) => `${table} ${JSON.stringify(row)}`))
  }
  return lines
}

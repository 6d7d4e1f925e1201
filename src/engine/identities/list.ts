/** Reading identities, with what each of their keys did. */
import { z } from 'zod'
import type { Params, Result } from '../../contract'
import { IdentityMember, type IdentityRow, IdentityWord } from '../../contract/identities'
import type { Database } from '../db/database'
import { type Sql, sql } from '../db/sql'
import { labelOfKey } from './names'

const Head = z.object({
  identity_id: z.string(),
  label: z.string(),
  kind: z.string(),
  events: z.coerce.number(),
  total: z.number(),
})
const Member = IdentityMember.extend({ identity_id: z.string(), events: z.coerce.number() })
const Found = z.object({ actor_key: z.string(), label: z.string(), source: z.string(), events: z.coerce.number() })

export async function listIdentities(
  db: Database,
  { search, limit }: Params<'identities.list'>,
  signal?: AbortSignal,
): Promise<Result<'identities.list'>> {
  const wanted = search.trim().toLowerCase()
  const rows = await heads(
    db,
    wanted === ''
      ? sql`TRUE`
      : sql`(contains(lower(i.label), ${wanted}) OR i.identity_id IN (
          SELECT identity_id FROM identity_alias WHERE contains(lower(actor_key), ${wanted})))`,
    limit,
    signal,
  )
  const words = await db.all(
    IdentityWord,
    sql`
      SELECT actor_key, identity_id AS other_key, merged, author, decided_at AS "at" FROM identity_edit
      ORDER BY decided_at, actor_key, identity_id`,
    signal,
  )
  const total = rows[0]?.total ?? 0
  return { identities: await withMembers(db, rows, signal), total, truncated: rows.length < total, words }
}

/** Null where the key is the only one of its identity. */
export async function identityOf(db: Database, actorKey: string, signal?: AbortSignal): Promise<IdentityRow | null> {
  const rows = await heads(
    db,
    sql`i.identity_id IN (SELECT identity_id FROM identity_alias WHERE actor_key = ${actorKey})`,
    1,
    signal,
  )
  return (await withMembers(db, rows, signal))[0] ?? null
}

export async function findActors(
  db: Database,
  { search, limit }: Params<'identities.actors'>,
  signal?: AbortSignal,
): Promise<Result<'identities.actors'>> {
  const wanted = search.trim().toLowerCase()
  const actors = await db.all(
    Found,
    sql`
      SELECT actor_key, ${labelOfKey} AS label, min(source) AS source, count(*) AS events
      FROM access_event
      WHERE actor_key IS NOT NULL AND (contains(lower(actor_key), ${wanted}) OR contains(lower(actor_name), ${wanted}))
      GROUP BY actor_key ORDER BY events DESC, actor_key LIMIT ${limit}`,
    signal,
  )
  return { actors }
}

async function heads(db: Database, where: Sql, limit: number, signal?: AbortSignal) {
  return db.all(
    Head,
    sql`
      SELECT i.identity_id, i.label, i.kind, coalesce(sum(e.events), 0)::BIGINT AS events, count(*) OVER () AS total
      FROM identity i JOIN identity_alias a ON a.identity_id = i.identity_id
      LEFT JOIN (SELECT actor_key, count(*) AS events FROM access_event
        WHERE actor_key IN (SELECT actor_key FROM identity_alias) GROUP BY 1) e ON e.actor_key = a.actor_key
      WHERE ${where}
      GROUP BY ALL ORDER BY events DESC, i.identity_id LIMIT ${limit}`,
    signal,
  )
}

async function withMembers(
  db: Database,
  rows: readonly z.output<typeof Head>[],
  signal?: AbortSignal,
): Promise<IdentityRow[]> {
  if (rows.length === 0) return []
  const members = await db.all(
    Member,
    sql`
      WITH wanted AS (
        SELECT * FROM identity_alias WHERE identity_id IN (SELECT unnest(${sql.strings(rows.map(({ identity_id: id }) => id))}))
      ), did AS (
        SELECT actor_key, ${labelOfKey} AS label,
          coalesce(mode(actor_type), 'unknown') AS "type", list_sort(list_distinct(list(source))) AS sources,
          count(*) AS events, strftime(min(ts), '%Y-%m-%dT%H:%M:%S.%fZ') AS first_ts, strftime(max(ts), '%Y-%m-%dT%H:%M:%S.%fZ') AS last_ts
        FROM access_event WHERE actor_key IN (SELECT actor_key FROM wanted) GROUP BY actor_key
      )
      SELECT w.identity_id, w.actor_key, w.basis, w.confidence, w.via_key, w.event_id::VARCHAR AS event_id, w."text",
        d.label, d."type", d.sources, d.events, d.first_ts, d.last_ts
      FROM wanted w JOIN did d ON d.actor_key = w.actor_key
      ORDER BY w.confidence DESC, w.basis = 'primary' DESC, d.events DESC, w.actor_key`,
    signal,
  )
  return rows.map(({ total: _, ...row }) => ({
    ...row,
    members: members
      .filter((one) => one.identity_id === row.identity_id)
      .map(({ identity_id: __, ...member }) => member),
  }))
}

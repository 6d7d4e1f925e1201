/** How far the affected of an incident reached, by the records. */
import { z } from 'zod'
import { formatShortest, parseInstant } from '../../common/time'
import type { Result } from '../../contract'
import type { Affected } from '../../contract/incidents'
import type { Database } from '../db/database'
import { sql } from '../db/sql'

const columns: Readonly<Record<Affected['kind'], string>> = {
  actor: 'actor_key',
  resource: 'resource_key',
  address: 'src_ip',
}

const Row = z.object({
  id: z.string(),
  events: z.number(),
  denied: z.number(),
  actors: z.number(),
  resources: z.number(),
  addresses: z.number(),
  first: z.string().nullable(),
  last: z.string().nullable(),
})

/** One row for each of the affected, in their order; zeros where no record has them. */
export async function reachOf(
  db: Database,
  affected: readonly Affected[],
  signal?: AbortSignal,
): Promise<Result<'incidents.reach'>> {
  const found = new Map<string, z.output<typeof Row>>()
  for (const [kind, column] of Object.entries(columns)) {
    const ids = affected.filter((one) => one.kind === kind).map(({ id }) => id)
    if (ids.length === 0) continue
    const key = sql.ident(column)
    const rows = await db.all(
      Row,
      sql`
        SELECT ${key} AS id, count(*) AS events, count(*) FILTER (WHERE outcome = 'denied') AS denied,
          count(DISTINCT actor_key) AS actors, count(DISTINCT resource_key) AS resources,
          count(DISTINCT src_ip) AS addresses, min(ts) AS first, max(ts) AS last
        FROM access_event WHERE ${key} IN (SELECT unnest(${sql.strings(ids)})) GROUP BY 1`,
      signal,
    )
    for (const row of rows) found.set(`${kind} ${row.id}`, row)
  }
  return affected.map(({ kind, id }) => {
    const row = found.get(`${kind} ${id}`)
    return {
      kind,
      id,
      events: row?.events ?? 0,
      denied: row?.denied ?? 0,
      actors: row?.actors ?? 0,
      resources: row?.resources ?? 0,
      addresses: row?.addresses ?? 0,
      firstTs: short(row?.first ?? null),
      lastTs: short(row?.last ?? null),
    }
  })
}

/** The database gives microseconds always; no more digits than the value needs. */
export function short(ts: string | null): string | null {
  const parsed = ts === null ? undefined : parseInstant(ts)
  return parsed === undefined ? ts : formatShortest(parsed.us)
}

/** All refusals of a scope, in time order. */
import { z } from 'zod'
import type { Params, Result } from '../../contract'
import { DenialRow } from '../../contract/analyses'
import { sql } from '../db/sql'
import { type Asking, scopeWhere } from '../query/scope'
import { refused, stampOf } from './event'

const Row = DenialRow.extend({ total: z.number() })

export async function listDenials(asking: Asking, params: Params<'denial.list'>): Promise<Result<'denial.list'>> {
  const where = await scopeWhere(asking, params.scope)
  const rows = await asking.db.all(
    Row,
    sql`
      WITH allowed AS (
        SELECT actor_key AS who, action AS did, resource_key AS what, min(ts) AS first_ts, max(ts) AS last_ts
        FROM access_event
        WHERE outcome = 'success' AND actor_key IS NOT NULL AND action IS NOT NULL AND resource_key IS NOT NULL
          AND (actor_key, action, resource_key) IN (
            SELECT (actor_key, action, resource_key) FROM access_event WHERE ${refused} AND (${where}))
        GROUP BY ALL)
      SELECT event_id::VARCHAR AS event_id, ${stampOf} AS ts, source, coalesce(actor_name, actor_email, actor_id, actor_key) AS actor,
        action, coalesce(resource_name, resource_key) AS resource, outcome, policy_type, policy_effect,
        outcome_reason AS reason,
        event_id IN (SELECT event_id FROM link WHERE coalesce(verdict, '') <> 'rejected' AND "level" <> 'possible') AS linked,
        coalesce(first_ts < access_event.ts, FALSE) AS allowed_before, coalesce(last_ts > access_event.ts, FALSE) AS allowed_after,
        coalesce(actor_type = 'anonymous', actor_key IS NULL) AS anonymous, count(*) OVER () AS total
      FROM access_event LEFT JOIN allowed ON who = actor_key AND did = action AND what = resource_key
      WHERE ${refused} AND (${where})
      ORDER BY access_event.ts NULLS LAST, seq LIMIT ${params.limit}`,
    asking.signal,
  )
  const total = rows[0]?.total ?? 0
  return { denials: rows.map(({ total: _, ...row }) => row), total, truncated: rows.length < total }
}

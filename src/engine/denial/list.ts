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
      SELECT event_id::VARCHAR AS event_id, ${stampOf} AS ts, source, coalesce(actor_name, actor_email, actor_id, actor_key) AS actor,
        action, coalesce(resource_name, resource_key) AS resource, outcome, policy_type, policy_effect,
        outcome_reason AS reason,
        event_id IN (SELECT event_id FROM link WHERE coalesce(verdict, '') <> 'rejected' AND "level" <> 'possible') AS linked,
        count(*) OVER () AS total
      FROM access_event WHERE ${refused} AND (${where})
      ORDER BY access_event.ts NULLS LAST, seq LIMIT ${params.limit}`,
    asking.signal,
  )
  const total = rows[0]?.total ?? 0
  return { denials: rows.map(({ total: _, ...row }) => row), total, truncated: rows.length < total }
}

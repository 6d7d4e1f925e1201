/** The values that stand out: of several fields, with how many events failed and how many values there are. */
import { z } from 'zod'
import type { Params, Result } from '../../contract'
import { sql } from '../db/sql'
import { groupingOf } from './columns'
import { type Asking, scopeWhere } from './scope'

/** The server or a policy said no, or could not do it; `interrupted` and `unknown` say neither. */
export const failedSql = sql`outcome IN ('denied', 'auth_failed', 'throttled', 'failed')`

const Group = z.object({
  v: z.string().nullable(),
  n: z.number(),
  failed: z.number(),
  distinct: z.number(),
})

export async function topValues(asking: Asking, params: Params<'events.top'>): Promise<Result<'events.top'>> {
  const where = await scopeWhere(asking, params.scope)
  const rank = params.order === 'failed' ? sql`failed DESC, n DESC, v` : sql`n DESC, v`
  const result: Result<'events.top'> = []
  // One after the other: each reads two columns, and a cancelled question stops between them.
  for (const field of params.fields) {
    const grouping = groupingOf(field)
    const rows = await asking.db.all(
      Group,
      sql`
        WITH found AS (
          SELECT CAST(v AS VARCHAR) AS v, count(*) AS n, count(*) FILTER (WHERE failed) AS failed
          FROM (SELECT ${grouping.expression} AS v, ${failedSql} AS failed FROM access_event WHERE ${where})
          GROUP BY 1)
        SELECT v, n, failed, (SELECT count(v) FROM found) AS "distinct"
        FROM found
        WHERE ${params.order === 'failed' ? sql`v IS NULL OR failed > 0` : sql`TRUE`}
        QUALIFY v IS NULL OR row_number() OVER (PARTITION BY v IS NULL ORDER BY ${rank}) <= ${params.limit}
        ORDER BY v IS NULL, ${rank}`,
      asking.signal,
    )
    const absent = rows.find((row) => row.v === null)
    result.push({
      field,
      distinct: rows[0]?.distinct ?? 0,
      absent: absent?.n ?? 0,
      values: rows.flatMap(({ v, n, failed }) => (v === null ? [] : [{ value: v, count: n, failed }])),
    })
  }
  return result
}

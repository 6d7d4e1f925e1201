/**
 * Long silences of a source: stretches without any event that its own rhythm does not explain. Compared with the 95th
 * percentile of the distances between neighbouring events of the same source. What happened in one is not known: the
 * source may have had nothing to say, or a file of it is missing.
 */
import { z } from 'zod'
import type { Params, Result } from '../../contract'
import { sql } from '../db/sql'
import { type Asking, scopeWhere } from './scope'

/** Shorter ones are the ordinary breath of a log. */
const leastUs = 60_000_000
const leastTimes = 10

const Found = z.object({ source: z.string(), from: z.coerce.number(), to: z.coerce.number(), usual: z.coerce.number() })

export async function silences(asking: Asking, params: Params<'events.silences'>): Promise<Result<'events.silences'>> {
  const where = await scopeWhere(asking, params.scope)
  const rows = await asking.db.all(
    Found,
    sql`
      WITH step AS (
        SELECT source, epoch_us(ts) AS "to", lag(epoch_us(ts)) OVER (PARTITION BY source ORDER BY ts) AS "from"
        FROM access_event
        WHERE ts IS NOT NULL AND (${where})
      ), rhythm AS (
        SELECT source, quantile_disc("to" - "from", 0.95) AS usual
        FROM step WHERE "from" IS NOT NULL
        GROUP BY source
        HAVING count(*) >= 20
      )
      SELECT source, "from"::VARCHAR AS "from", "to"::VARCHAR AS "to", usual::VARCHAR AS usual
      FROM step JOIN rhythm USING (source)
      WHERE "to" - "from" >= greatest(${leastUs}::BIGINT, ${leastTimes} * usual)
      ORDER BY "to" - "from" DESC, source, "from"
      LIMIT ${params.limit}`,
    asking.signal,
  )
  return rows.map(({ source, from, to, usual }) => ({ source, fromUs: from, toUs: to, usualUs: usual }))
}

/**
 * Stretches in which a source states nothing. A pause counts when it is ten times longer than the pause that 99 of 100
 * events do not outlast, and at least a minute. Whether something happened meanwhile only traces can say: spans of kinds
 * that the source usually records are counted, and the share of them that usually leaves an event.
 */
import { z } from 'zod'
import type { Silence } from '../../contract/analyses'
import { type Sql, sql } from '../db/sql'
import type { Asking } from '../query/scope'
import { auditedSpans } from './auditedSpans'

const factor = 10
const leastUs = 60_000_000
const leastEvents = 50
const most = 200

const us = z.coerce.number()
const SilenceRow = z.object({
  source: z.string(),
  from_us: us,
  to_us: us,
  usual_us: z.number(),
  spans: z.number(),
  expected: z.number(),
})

/** Table `silence` (source, from_ts, to_ts, usual_us) for a WITH clause. */
export const silence: Sql = sql`
  silence AS MATERIALIZED (
    WITH pause AS (
      SELECT source, lag(ts) OVER (PARTITION BY source ORDER BY ts) AS from_ts, ts AS to_ts
      FROM (SELECT DISTINCT source, ts FROM access_event WHERE ts IS NOT NULL)
    ), usual AS (
      SELECT source, quantile_cont(epoch_us(to_ts) - epoch_us(from_ts), 0.99) AS usual_us
      FROM pause WHERE from_ts IS NOT NULL
      GROUP BY source HAVING count(*) >= ${leastEvents}
    )
    SELECT p.source, p.from_ts, p.to_ts, u.usual_us
    FROM pause p JOIN usual u ON u.source = p.source
    WHERE epoch_us(p.to_ts) - epoch_us(p.from_ts) >= greatest(${factor} * u.usual_us, ${leastUs})
  )`

export async function listSilences(asking: Asking): Promise<Silence[]> {
  const rows = await asking.db.all(
    SilenceRow,
    sql`
      WITH ${silence}, ${auditedSpans}
      SELECT s.source, epoch_us(s.from_ts)::VARCHAR AS from_us, epoch_us(s.to_ts)::VARCHAR AS to_us, s.usual_us::DOUBLE AS usual_us,
        count(a.span_id) AS spans, coalesce(sum(a.share), 0)::DOUBLE AS expected
      FROM silence s
      LEFT JOIN audited a ON a.source = s.source AND a.ts > s.from_ts AND a.ts < s.to_ts
      GROUP BY s.source, s.from_ts, s.to_ts, s.usual_us
      ORDER BY expected DESC, s.to_ts - s.from_ts DESC, s.source, s.from_ts
      LIMIT ${most}`,
    asking.signal,
  )
  return rows.map(({ source, from_us, to_us, usual_us, spans, expected }) => ({
    source,
    fromUs: from_us,
    toUs: to_us,
    usualUs: usual_us,
    spans,
    expected,
    text: `${source} states nothing for ${seconds(to_us - from_us)}; usually its pauses end within ${seconds(usual_us)}. ${
      spans === 0
        ? 'No trace shows a call that it would have recorded, so it may just have been quiet.'
        : `Traces show ${spans} calls meanwhile of kinds that it records; about ${Math.round(expected)} events are missing.`
    }`,
  }))
}

function seconds(us: number): string {
  const s = us / 1e6
  if (s < 120) return `${s < 10 ? s.toFixed(1) : Math.round(s)} s`
  return s < 7_200 ? `${Math.round(s / 60)} min` : `${(s / 3_600).toFixed(1)} h`
}

/** Pairs of an event and a span that are worth judging: one operation, and a time that the clocks allow. */
import type { Writer } from '../../db/database'
import { type Sql, sql } from '../../db/sql'
import { bucketUs, maxBuckets } from './weights'

/**
 * How far from its span a time may lie: six deviations where the clock was measured, else what precision and kind of
 * time explain. Columns of `fuzzy_event` as `e`, of `fuzzy_clock` as `c`.
 */
export const windowUs = sql`(CASE WHEN c.jitter_us IS NOT NULL THEN 6 * c.jitter_us + 50000 ELSE e.slack_us END)`
export const shiftUs = sql`(c.shift_us + (c.drift_ppm * (e.ts_us - c.middle_us) / 1000000)::BIGINT)`

/** How far the buckets of a source's events must reach, over all services. */
export async function readReach(writer: Writer): Promise<void> {
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_reach AS
    SELECT e.source, min(c.shift_us) AS least_us, max(c.shift_us) AS most_us, max(${windowUs}) + 200000 AS reach_us,
      arg_max(c.drift_ppm, abs(c.drift_ppm)) AS drift_ppm, any_value(c.middle_us) AS middle_us
    FROM (SELECT source, max(slack_us) AS slack_us FROM fuzzy_event GROUP BY source) e
    JOIN fuzzy_clock c ON c.source = e.source
    GROUP BY e.source`)
  // A span that an exact link gives to an event is not free for others of the same kind.
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_taken AS
    SELECT DISTINCT s.row_id AS sid, e.source, e.source = 'pgaudit' AND contains(coalesce(e.source_event_id, ''), '#') AS beside
    FROM link l JOIN access_event e ON e.event_id = l.event_id
    JOIN span s ON s.trace_id = l.trace_id AND s.span_id = l.span_id
    WHERE starts_with(l."method", 'exact') AND l."level" = 'certain'`)
}

/** A query of columns `eid` and `sid` for the events that `which` selects (columns of `fuzzy_event` as `e`). */
export function candidates(which: Sql): Sql {
  return sql`
    SELECT h.eid, h.sid FROM (
      SELECT p.eid, n.sid FROM (
        SELECT r.eid, k.k, r.first, unnest(range(r.first, r.last + 1)) AS bucket
        FROM (
          SELECT e.eid, (e.ts_us - x.most_us - d.drift_us - x.reach_us) // ${bucketUs} AS first,
            (e.hi_us - x.least_us - d.drift_us + x.reach_us) // ${bucketUs} AS last
          FROM fuzzy_event e JOIN fuzzy_reach x ON x.source = e.source,
            LATERAL (SELECT (x.drift_ppm * (e.ts_us - x.middle_us) / 1000000)::BIGINT AS drift_us) d
          WHERE ${which}
        ) r JOIN fuzzy_event_key k ON k.eid = r.eid
      ) p
      JOIN fuzzy_span_key n ON n.k = p.k AND n.bucket = p.bucket
      WHERE n.bucket = greatest(p.first, n.first)
        OR (n.bucket = n.last AND greatest(p.first, n.first) > n.first + ${maxBuckets})
    ) h
    JOIN fuzzy_event e ON e.eid = h.eid
    JOIN fuzzy_span s ON s.sid = h.sid
    JOIN fuzzy_clock c ON c.source = e.source AND c.service = s.service
    WHERE e.ts_us - ${shiftUs} <= s.end_us + ${windowUs} AND e.hi_us - ${shiftUs} >= s.start_us - ${windowUs}
      AND (s.sid, e.source, e.beside) NOT IN (SELECT (sid, source, beside) FROM fuzzy_taken)`
}

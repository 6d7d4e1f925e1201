/**
 * The order of what is alike: where as many events as spans of one operation stand together, the first is the first. Writes
 * `fuzzy_context` from `fuzzy_pair` and `fuzzy_best`; called by `lookAround`.
 */
import type { Writer } from '../../db/database'
import { sql } from '../../db/sql'
import { shiftUs, windowUs } from './candidates'
import { margin } from './margin'
import { weights } from './weights'

/** Times of whole seconds: within each second. */
export async function orderOfAlike(writer: Writer): Promise<void> {
  await writer.run(sql`
    INSERT INTO fuzzy_context
    WITH tied AS (
      SELECT p.eid, p.sid, e.grp, e.seq, s.start_us, hash(e.lane, e.k_op, e.h_addr, e.h_who, e.ts_us) AS alike
      FROM fuzzy_pair p JOIN fuzzy_best b ON b.eid = p.eid JOIN fuzzy_event e ON e.eid = p.eid JOIN fuzzy_span s ON s.sid = p.sid
      WHERE e.whole AND p.score > b.score - 1 AND b.score >= 4 AND coalesce(${margin}, 3) < 3
    ), ofEvent AS (
      SELECT alike, grp, row_number() OVER (PARTITION BY alike ORDER BY min(seq)) AS place, count(*) OVER (PARTITION BY alike) AS n
      FROM tied GROUP BY alike, grp
    ), ofSpan AS (
      SELECT alike, sid, row_number() OVER (PARTITION BY alike ORDER BY min(start_us), sid) AS place, count(*) OVER (PARTITION BY alike) AS n
      FROM tied GROUP BY alike, sid
    )
    SELECT t.eid, t.sid, 'order', ${weights.order}, NULL, e.place, e.n
    FROM tied t JOIN ofEvent e ON e.alike = t.alike AND e.grp = t.grp JOIN ofSpan s ON s.alike = t.alike AND s.sid = t.sid
    WHERE e.n = s.n AND e.n > 1 AND e.place = s.place`)
}

/**
 * Times that are finer than their clock scatters: within a run, which ends where neither an event nor a span of the operation comes for as long as the
 * window reaches. A run of which one side lost a record has unlike numbers and says nothing.
 */
export async function orderInRuns(writer: Writer): Promise<void> {
  await writer.run(sql`
    INSERT INTO fuzzy_context
    WITH tied AS (
      SELECT p.eid, p.sid, e.grp, e.seq, e.lane, e.source, s.k_op, s.service
      FROM fuzzy_pair p JOIN fuzzy_best b ON b.eid = p.eid JOIN fuzzy_event e ON e.eid = p.eid JOIN fuzzy_span s ON s.sid = p.sid
      WHERE NOT e.whole AND e.k_op = s.k_op AND p.score > b.score - 2 AND b.score >= 4 AND coalesce(${margin}, 3) < 3
    ), concerned AS (SELECT DISTINCT source, lane, k_op, service FROM tied),
    reach AS (
      SELECT c.source, c.service, max(${windowUs}) AS window_us, max(${shiftUs}) AS shift_us
      FROM (SELECT source, max(slack_us) AS slack_us, max(ts_us) AS ts_us FROM fuzzy_event GROUP BY source) e
      JOIN fuzzy_clock c ON c.source = e.source WHERE c.jitter_us IS NOT NULL AND c.drift_ppm = 0 GROUP BY c.source, c.service
    ), point AS (
      SELECT n.*, min(e.ts_us) - any_value(r.shift_us) AS at_us, e.grp, NULL::UBIGINT AS sid, min(e.seq) AS seq, any_value(r.window_us) AS window_us
      FROM concerned n JOIN reach r ON r.source = n.source AND r.service = n.service
      JOIN fuzzy_event e ON e.source = n.source AND e.lane = n.lane AND e.k_op = n.k_op
      GROUP BY n.source, n.lane, n.k_op, n.service, e.grp
      UNION ALL
      SELECT n.*, s.start_us, NULL, s.sid, NULL, r.window_us
      FROM concerned n JOIN reach r ON r.source = n.source AND r.service = n.service
      JOIN fuzzy_span s ON s.k_op = n.k_op AND s.service = n.service
    ), begun AS (
      SELECT *, coalesce(at_us - lag(at_us) OVER side > window_us, TRUE) AS begins FROM point
      WINDOW side AS (PARTITION BY source, lane, k_op, service ORDER BY at_us, seq, sid)
    ), run AS (
      SELECT *, sum(begins::INTEGER) OVER (PARTITION BY source, lane, k_op, service ORDER BY at_us, seq, sid) AS run FROM begun
    ), placed AS (
      SELECT *, sid IS NULL AS ofEvent,
        row_number() OVER (PARTITION BY source, lane, k_op, service, run, sid IS NULL ORDER BY at_us, seq, sid) AS place,
        count(*) OVER (PARTITION BY source, lane, k_op, service, run, sid IS NULL) AS n
      FROM run
    )
    SELECT t.eid, t.sid, 'order', ${weights.order}, NULL, e.place, e.n
    FROM tied t
    JOIN placed e ON e.ofEvent AND e.source = t.source AND e.lane = t.lane AND e.k_op = t.k_op AND e.service = t.service AND e.grp = t.grp
    JOIN placed s ON NOT s.ofEvent AND s.source = t.source AND s.lane = t.lane AND s.k_op = t.k_op AND s.service = t.service AND s.sid = t.sid
    WHERE e.run = s.run AND e.n = s.n AND e.n > 1 AND e.place = s.place`)
}

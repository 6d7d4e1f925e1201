/** From candidates to links: the best span of each event, how far ahead of its rivals it is, and what that is worth. */
import { z } from 'zod'
import type { Writer } from '../../db/database'
import { sql } from '../../db/sql'
import { probabilityOf } from './calibration'
import { candidates } from './candidates'
import { margin } from './margin'
import { orderInRuns, orderOfAlike } from './order'
import { judged, score } from './score'
import { levels, maxCandidates, weights } from './weights'

const eventsPerStep = 50_000
/** Events of a source that tell how much of it is traced, and the distance to a rival from which a pair counts as clear. */
const leastForCoverage = 30
const clearMargin = 4

/** Fills `fuzzy_pair`: the best candidates of each event with their scores. */
export async function judgeCandidates(writer: Writer, step: (done: number, total: number) => void): Promise<void> {
  await writer.run(sql`CREATE TEMP TABLE fuzzy_pair (eid UBIGINT, sid UBIGINT, score DOUBLE, found INTEGER)`)
  const [last] = await writer.all(z.object({ n: z.number() }), sql`SELECT coalesce(max(no), 0) AS n FROM fuzzy_event`)
  const total = last?.n ?? 0
  for (let from = 1; from <= total; from += eventsPerStep) {
    step(from - 1, total)
    await writer.run(sql`
      INSERT INTO fuzzy_pair
      SELECT eid, sid, score, found FROM (
        SELECT p.eid, p.sid, ${score} AS score, count(*) OVER (PARTITION BY p.eid) AS found,
          row_number() OVER (PARTITION BY p.eid ORDER BY score DESC, s.serving DESC, s.start_us, p.sid) AS place
        ${judged(candidates(sql`e.no BETWEEN ${from} AND ${from + eventsPerStep - 1}`))}
      ) WHERE place <= ${maxCandidates}`)
  }
}

/** Two spans of one operation, not two operations: one calls the other, or holds it, in the same trace. */
const oneOperation = sql`(b.tid = o.tid AND (b.self = o.above OR o.self = b.above
  OR (b.start_us - 3000 <= o.start_us AND b.end_us + 3000 >= o.end_us)
  OR (o.start_us - 3000 <= b.start_us AND o.end_us + 3000 >= b.end_us)))`

/**
 * Fills `fuzzy_best`, one row an event: margins on both sides. A rival for the span counts by as much as it wants this span
 * rather than another.
 */
export async function rank(writer: Writer): Promise<void> {
  await writer.run(sql`DROP TABLE IF EXISTS temp.fuzzy_best`)
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_best AS
    WITH top AS (
      SELECT p.eid, p.sid, p.score, p.found, e.grp, e.lane, s.tid, s.self, s.above, s.start_us, s.end_us
      FROM fuzzy_pair p JOIN fuzzy_event e ON e.eid = p.eid JOIN fuzzy_span s ON s.sid = p.sid
      QUALIFY row_number() OVER (PARTITION BY p.eid ORDER BY p.score DESC, s.serving DESC, s.start_us, p.sid) = 1
    ), other AS (
      SELECT b.eid, max(p.score) AS second, count(*) AS rivals
      FROM top b JOIN fuzzy_pair p ON p.eid = b.eid AND p.sid <> b.sid JOIN fuzzy_span o ON o.sid = p.sid
      WHERE NOT ${oneOperation}
      GROUP BY b.eid
    ), wish AS (
      SELECT p.sid, t.lane, t.grp, max(2 * p.score - t.score) AS wish
      FROM fuzzy_pair p JOIN top t ON t.eid = p.eid
      GROUP BY p.sid, t.lane, t.grp
    ), ordered AS (
      SELECT sid, lane, grp, wish, row_number() OVER (PARTITION BY sid, lane ORDER BY wish DESC, grp) AS place FROM wish
    ), claim AS (
      SELECT sid, lane, max(CASE WHEN place = 1 THEN grp END) AS first_grp, max(CASE WHEN place = 1 THEN wish END) AS first_wish,
        max(CASE WHEN place = 2 THEN wish END) AS second_wish, count(*) - 1 AS others
      FROM ordered GROUP BY sid, lane
    )
    SELECT t.eid, t.sid, t.score, t.found, o.second, coalesce(o.rivals, 0) + c.others AS rivals,
      t.score - o.second AS event_margin,
      t.score - (CASE WHEN c.first_grp = t.grp THEN c.second_wish ELSE c.first_wish END) AS span_margin
    FROM top t LEFT JOIN other o ON o.eid = t.eid JOIN claim c ON c.sid = t.sid AND c.lane = t.lane`)
}

/**
 * What only shows once most is settled: another event of the same connection that clearly belongs to the same trace,
 * and the order of events and spans that are alike. Changes `fuzzy_pair`; writes `fuzzy_context`.
 */
export async function lookAround(writer: Writer): Promise<void> {
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_context (eid UBIGINT, sid UBIGINT, item VARCHAR, weight DOUBLE, other UBIGINT, place INTEGER, "of" INTEGER)`)
  // A connection to a database works for one request at a time.
  await writer.run(sql`
    INSERT INTO fuzzy_context
    WITH anchor AS (
      SELECT e.eid, e.grp, e.h_session, e.ts_us, e.seq, s.tid
      FROM fuzzy_best b JOIN fuzzy_event e ON e.eid = b.eid JOIN fuzzy_span s ON s.sid = b.sid
      WHERE b.score >= 10 AND coalesce(${margin}, 3) >= 3 AND e.source = 'pgaudit' AND e.h_session IS NOT NULL
    ), near AS (
      SELECT p.eid, p.sid, a.eid AS other
      FROM fuzzy_pair p JOIN fuzzy_event e ON e.eid = p.eid JOIN fuzzy_span s ON s.sid = p.sid
      JOIN anchor a ON a.h_session = e.h_session AND a.tid = s.tid AND a.grp <> e.grp AND a.ts_us BETWEEN e.ts_us - 2000000 AND e.ts_us + 2000000
      WHERE e.source = 'pgaudit'
      QUALIFY row_number() OVER (PARTITION BY p.eid, p.sid ORDER BY abs(a.seq - e.seq), a.eid) = 1
    )
    SELECT eid, sid, 'neighbour', ${weights.neighbour}, other, NULL, NULL FROM near`)
  await orderOfAlike(writer)
  await orderInRuns(writer)
  await writer.run(sql`
    UPDATE fuzzy_pair SET score = score + c.weight
    FROM (SELECT eid, sid, sum(weight) AS weight FROM fuzzy_context GROUP BY eid, sid) c
    WHERE c.eid = fuzzy_pair.eid AND c.sid = fuzzy_pair.sid`)
  await rank(writer)
}

/**
 * Where nearly every event of a source finds a span that wants no other event, a pair without rivals is hardly chance: an
 * event whose own span is missing would be the exception. Where traces are sampled, or records come from elsewhere, it is the
 * rule, and this says nothing. Changes the scores in `fuzzy_best`; no pair overtakes another by it.
 */
export async function weighCoverage(writer: Writer): Promise<void> {
  const { coverage, coverageFrom, coverageFull } = weights
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_coverage AS
    SELECT e.source, count(*) FILTER (WHERE b.score >= 4 AND coalesce(b.span_margin, 0) >= 0) / count(*)::DOUBLE AS share
    FROM fuzzy_event e LEFT JOIN fuzzy_best b ON b.eid = e.eid
    GROUP BY e.source HAVING count(*) >= ${leastForCoverage}`)
  await writer.run(sql`
    INSERT INTO fuzzy_context
    SELECT b.eid, b.sid, 'coverage', ${coverage} * least(1, (v.share - ${coverageFrom}) / ${coverageFull - coverageFrom}), NULL, NULL,
      (100 * v.share)::INTEGER
    FROM fuzzy_best b JOIN fuzzy_event e ON e.eid = b.eid JOIN fuzzy_coverage v ON v.source = e.source
    WHERE v.share > ${coverageFrom} AND b.score >= 4 AND coalesce(${margin}, ${clearMargin}) >= ${clearMargin}`)
  await writer.run(sql`
    UPDATE fuzzy_best SET score = score + c.weight FROM fuzzy_context c
    WHERE c.item = 'coverage' AND c.eid = fuzzy_best.eid AND c.sid = fuzzy_best.sid`)
}

/** Fills `fuzzy_link` from `fuzzy_best`. A clock that has a better place nobody agreed to lets nothing be more than possible. */
export async function decide(writer: Writer): Promise<void> {
  const level = sql.join(
    levels.map(
      ({ level: name, score: least, margin: ahead }) =>
        sql`WHEN score >= ${least} AND (${!Number.isFinite(ahead)} OR (mutual AND NOT open AND coalesce(margin, ${least}) >= ${Number.isFinite(ahead) ? ahead : 0})) THEN ${name}`,
    ),
    ' ',
  )
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_link AS
    WITH judged AS (
      SELECT b.eid, b.sid, b.score, b.found, b.rivals, ${margin} AS margin, coalesce(b.span_margin, 0) >= 0 AS mutual, c.open,
        s.tid
      FROM fuzzy_best b JOIN fuzzy_event e ON e.eid = b.eid JOIN fuzzy_span s ON s.sid = b.sid
      JOIN fuzzy_clock c ON c.source = e.source AND c.service = s.service
    )
    SELECT j.eid, j.sid, hash(j.eid, j.sid, 'fuzzy') AS link_id, j.score, j.found, j.rivals, j.margin, j.mutual, j.open,
      CASE ${level} END AS level, ${probabilityOf(sql`j.score`, sql`j.margin`, sql`j.mutual AND NOT j.open`)} AS probability
    FROM judged j WHERE score >= ${levels.at(-1)?.score ?? 4}`)
}

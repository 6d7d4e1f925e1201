/**
 * How far the clock of each source is ahead of the spans: from exact links; else from pairs of events and spans of the
 * same operation that have no rival, where these gather at one distance; else, where they gather somewhere that the
 * usual windows do not reach, as a suggestion. Written by the linker, read by it and by `clocks.list`.
 */
import type { Writer } from '../db/database'
import { type Sql, sql } from '../db/sql'
import { sharpen } from './sharpen'

/** How far is searched, and with what width. */
const searchUs = 300_000_000
const binUs = 1_000_000
const probesPerSource = 1_500
const probedPairs = 5_000_000
const probeBucketUs = 64_000_000
/** Clear pairs that an estimate needs, and exact links that one needs. */
const leastPairs = 12
const leastLinks = 5

/** What the stated time of an event is compared with. */
const referenceUs = sql`(CASE WHEN e.tk = 'end' THEN s.end_us ELSE s.start_us END)`

/**
 * Where whole seconds are stated, true times spread evenly over the second: the middle between the ends of that spread is
 * surer than its median, and only what goes beyond a second is scatter.
 */
const wholeMiddle = (d: Sql) => sql`((quantile_cont(${d}, 0.05) + quantile_cont(${d}, 0.95)) / 2)`
const wholeScatter = (d: Sql) =>
  sql`(greatest(0, quantile_cont(${d}, 0.95) - quantile_cont(${d}, 0.05) - 900000) / 3.3 + 30000)`

/** Offsets, jitter and drift from exact links, into `clock_measured`, which is of the shape of `clock_estimate` and made anew. */
export async function estimateFromLinks(writer: Writer): Promise<void> {
  await writer.run(sql`CREATE TEMP TABLE clock_measured AS SELECT * FROM clock_estimate LIMIT 0`)
  await writer.run(sql`
    INSERT INTO clock_measured
    WITH pair AS (
      SELECT e.source, s.service, s.start_ns // 1000 AS at_us,
        (epoch_us(e.ts) + (CASE e.ts_precision WHEN 's' THEN 500000 ELSE 0 END)
          - (CASE WHEN e.ts_kind = 'end' THEN (s.start_ns::HUGEINT + s.duration_ns) // 1000 ELSE s.start_ns // 1000 END))::BIGINT AS d,
        e.ts_precision = 's' AS whole
      FROM link l
      JOIN access_event e ON e.event_id = l.event_id
      JOIN span s ON s.trace_id = l.trace_id AND s.span_id = l.span_id
      WHERE l."level" IN ('certain', 'strong') AND starts_with(l."method", 'exact') AND l.span_id IS NOT NULL AND e.ts IS NOT NULL
    ), near AS (
      -- Ids that were carried along with another operation lie anywhere; the bulk says where the clock is.
      SELECT * FROM pair QUALIFY abs(d - median(d) OVER (PARTITION BY source, service)) <= 60000000
    ), line AS (
      SELECT source, service, count(*) AS pairs, median(d) AS offset_us, any_value(whole) AS whole,
        coalesce(regr_slope(d, at_us), 0) AS slope, (min(at_us) + max(at_us)) // 2 AS middle_us, max(at_us) - min(at_us) AS length_us
      FROM near GROUP BY GROUPING SETS ((source, service), (source))
    ), drifting AS (
      -- A slope counts where it moves the clock by more than the pairs scatter.
      SELECT l.*, 1.4826 * mad(n.d - l.offset_us) AS flat, ${wholeMiddle(sql`n.d`)} AS whole_offset, ${wholeScatter(sql`n.d`)} AS whole_scatter, 1.4826 * mad(n.d - l.offset_us - l.slope * (n.at_us - l.middle_us)) AS leaning,
        median(n.d - l.slope * (n.at_us - l.middle_us)) AS middle_offset
      FROM line l JOIN near n ON n.source = l.source AND (l.service IS NULL OR n.service = l.service)
      GROUP BY ALL
    )
    SELECT source, service, 'links', pairs, (CASE WHEN leaning < 0.7 * flat THEN middle_offset WHEN whole THEN whole_offset ELSE offset_us END)::BIGINT,
      (CASE WHEN leaning < 0.7 * flat THEN leaning WHEN whole THEN whole_scatter ELSE flat END)::BIGINT,
      CASE WHEN leaning < 0.7 * flat THEN slope * 1e6 ELSE 0 END, middle_us, NULL
    FROM drifting WHERE pairs >= ${leastLinks}
    ORDER BY source, service`)
}

/** Estimates for sources that no exact link measures, from `fuzzy_event` and `fuzzy_span`. */
export async function estimateFromPairs(writer: Writer): Promise<void> {
  await writer.run(sql`
    CREATE TEMP TABLE clock_probe AS
    WITH share AS (
      SELECT k, count(DISTINCT sid) AS spans, greatest(1, (max(start_us) - min(start_us)) / ${2 * searchUs}) AS windows
      FROM fuzzy_span_key GROUP BY k
    ), chosen AS (
      -- Rare operations say most about a clock.
      SELECT e.eid, e.source, k.k, s.spans / s.windows AS expected,
        row_number() OVER (PARTITION BY e.source ORDER BY s.spans, hash(e.eid), k.k) AS place
      FROM fuzzy_event e JOIN fuzzy_event_key k ON k.eid = e.eid JOIN share s ON s.k = k.k
      WHERE e.source NOT IN (SELECT source FROM clock_measured)
    ), budgeted AS (
      SELECT *, sum(expected) OVER (PARTITION BY source ORDER BY place) AS pairs FROM chosen WHERE place <= ${probesPerSource}
    )
    SELECT eid, source, k FROM budgeted WHERE pairs <= ${probedPairs}`)
  await writer.run(sql`
    CREATE TEMP TABLE clock_pair AS
    WITH reach AS (
      SELECT p.eid, p.k, unnest(range((e.ts_us - ${searchUs}) // ${probeBucketUs}, (e.ts_us + ${searchUs}) // ${probeBucketUs} + 1)) AS b
      FROM clock_probe p JOIN fuzzy_event e ON e.eid = p.eid
    ), entry AS (
      SELECT DISTINCT k, sid, start_us // ${probeBucketUs} AS b FROM fuzzy_span_key WHERE k IN (SELECT k FROM clock_probe)
    )
    SELECT e.eid, e.source, e.grp, s.sid, s.service, s.start_us AS at_us, e.whole, e.slack_us,
      (e.ts_us + e.hi_us) // 2 - ${referenceUs} AS d
    FROM reach r JOIN entry n ON n.k = r.k AND n.b = r.b
    JOIN fuzzy_event e ON e.eid = r.eid JOIN fuzzy_span s ON s.sid = n.sid
    WHERE abs(e.ts_us - ${referenceUs}) <= ${searchUs}`)
  // A pair of bins, so that a peak on the edge of one is not cut in two.
  await writer.run(sql`
    CREATE TEMP TABLE clock_peak AS
    WITH bin AS (
      SELECT source, floor(d / ${binUs})::BIGINT AS b, count(DISTINCT grp) AS n FROM clock_pair GROUP BY ALL
    ), place AS (
      SELECT DISTINCT source, unnest(range(${-searchUs / binUs}, ${searchUs / binUs})) AS b FROM clock_pair
    ), smooth AS (
      SELECT p.source, p.b, coalesce(x.n, 0) + coalesce(y.n, 0) AS n
      FROM place p LEFT JOIN bin x ON x.source = p.source AND x.b = p.b LEFT JOIN bin y ON y.source = p.source AND y.b = p.b + 1
    ), probed AS (SELECT source, count(DISTINCT grp) AS probes, any_value(slack_us) AS slack_us FROM clock_pair GROUP BY source)
    SELECT s.source, arg_max(s.b, (s.n, -abs(s.b + 1))) AS b, max(s.n) AS n, greatest(median(s.n), 0.5) AS usual,
      any_value(r.probes) AS probes, any_value(r.slack_us) AS slack_us,
      max(s.n) FILTER (WHERE abs((s.b + 1) * ${binUs}) <= r.slack_us) AS here
    FROM smooth s JOIN probed r ON r.source = s.source
    GROUP BY s.source`)
  const peak = sql`
    SELECT *, n / usual AS height, abs((b + 1) * ${binUs}) > slack_us + ${binUs} AND coalesce(here, 0) < 0.5 * n AS elsewhere
    FROM clock_peak WHERE n >= ${leastPairs} AND n >= 3 * usual`
  const inside = sql`
    SELECT p.* FROM clock_pair p JOIN (${peak}) k ON k.source = p.source
      AND p.d >= (k.b - 1) * ${binUs} AND p.d < (k.b + 3) * ${binUs}`
  await sharpen(writer, inside)
  await writer.run(sql`
    INSERT INTO clock_measured
    WITH peak AS (${peak}), clear AS (
      SELECT * FROM (${inside})
      QUALIFY count(*) OVER (PARTITION BY eid) = 1 AND count(DISTINCT grp) OVER (PARTITION BY sid) = 1
    ), measured AS (
      SELECT source, service, count(*) AS pairs,
        (CASE WHEN any_value(whole) THEN ${wholeMiddle(sql`d`)} ELSE median(d) END)::BIGINT AS offset_us,
        (CASE WHEN any_value(whole) THEN ${wholeScatter(sql`d`)} ELSE 1.4826 * mad(d) END)::BIGINT AS jitter_us,
        (min(at_us) + max(at_us)) // 2 AS middle_us
      FROM clear GROUP BY GROUPING SETS ((source, service), (source))
      HAVING count(*) >= ${leastPairs}
    ), chosen AS (
      -- What gathers sharply among rivals counts where too few have none, or where those scatter more than twice as much.
      SELECT * FROM (
        SELECT *, FALSE AS sharp FROM measured
        UNION ALL SELECT source, service, pairs, offset_us, jitter_us, middle_us, TRUE FROM clock_sharp
      )
      QUALIFY row_number() OVER (PARTITION BY source, service ORDER BY CASE WHEN sharp THEN 2 ELSE 1 END * jitter_us, sharp) = 1
    )
    SELECT c.source, c.service, CASE WHEN k.elsewhere THEN 'search' ELSE 'pairs' END, c.pairs, c.offset_us, c.jitter_us, 0,
      c.middle_us, k.height
    FROM chosen c JOIN peak k ON k.source = c.source
    ORDER BY c.source, c.service`)
}

/** What was measured takes the place of what was; within the transaction that stores the links. */
export async function storeEstimates(writer: Writer): Promise<void> {
  await writer.run(sql`DELETE FROM clock_estimate`)
  await writer.run(sql`INSERT INTO clock_estimate SELECT * FROM clock_measured`)
}

/**
 * `fuzzy_clock`, one row per source and service, null for all others: the shift and scatter that windows use, and
 * whether a better place for the clock, or for that of another source while this one is not measured, is known that nobody
 * has agreed to yet (`open`).
 */
export async function decideClocks(writer: Writer): Promise<void> {
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_clock AS
    WITH service AS (SELECT DISTINCT service FROM fuzzy_span UNION SELECT ''),
    pair AS (SELECT source, service FROM (SELECT DISTINCT source FROM fuzzy_event) CROSS JOIN service),
    measured AS (
      SELECT p.source, p.service, coalesce(own.basis, every.basis) AS basis,
        coalesce(own.offset_us, every.offset_us) AS offset_us, coalesce(own.jitter_us, every.jitter_us) AS jitter_us,
        coalesce(own.drift_ppm, every.drift_ppm, 0) AS drift_ppm, coalesce(own.middle_us, every.middle_us, 0) AS middle_us
      FROM pair p
      LEFT JOIN clock_measured own ON own.source = p.source AND own.service = p.service
      LEFT JOIN clock_measured every ON every.source = p.source AND every.service IS NULL
    ), decided AS (
      SELECT m.*, d.offset_us AS set_us, d.enabled
      FROM measured m LEFT JOIN clock d ON d.source = m.source AND (d.service = m.service OR d.service IS NULL)
      QUALIFY row_number() OVER (PARTITION BY m.source, m.service ORDER BY d.service NULLS LAST) = 1
    )
    SELECT source, service, basis,
      CASE WHEN enabled THEN set_us WHEN enabled = FALSE OR basis = 'search' THEN 0 ELSE coalesce(offset_us, 0) END AS shift_us,
      CASE WHEN enabled IS NOT DISTINCT FROM FALSE OR (basis = 'search' AND enabled IS NULL) THEN NULL
        -- What was measured around a place says how the times scatter around another one near it.
        WHEN enabled AND abs(set_us - coalesce(offset_us, set_us)) > 3000000 THEN NULL
        ELSE jitter_us END AS jitter_us,
      CASE WHEN enabled IS NULL AND basis = 'links' THEN drift_ppm ELSE 0 END AS drift_ppm, middle_us,
      -- Where one clock is found to be elsewhere, another that cannot be measured is not taken to be right.
      enabled IS NULL AND (coalesce(basis = 'search', FALSE)
        OR (basis IS NULL AND EXISTS (SELECT 1 FROM decided o WHERE o.basis = 'search' AND o.enabled IS NULL))) AS open
    FROM decided`)
}

/**
 * A clock where most events have rivals: the true pairs of a precise source gather within milliseconds, the others spread over
 * the whole window. Looks for the narrowest such gathering among `clock_pair`, inside the peaks of `clock_peak`.
 */
import type { Writer } from '../db/database'
import { type Sql, sql } from '../db/sql'

/** Half the widths of a gathering, in µs. */
const widths = [1_000, 4_000, 16_000, 64_000, 256_000]
/** Seconds of distance around a peak that are looked at, as `estimateFromPairs` cuts them. */
const regionUs = 4_000_000
/** What a gathering must hold: events, their share of those probed, and how far above chance, in times and in nats. */
const leastEvents = 12
const leastShare = 0.4
const leastTimes = 3
const leastGain = 20

/**
 * Fills `clock_sharp`, one row per source and service, null for all: `pairs`, `offset_us` and `jitter_us` of mutually nearest pairs
 * around the gathering. `inside`: a query of the pairs of `clock_pair` in a peak. Whole seconds have no such gathering.
 *
 * The gain is that of a Poisson count n where b are expected by chance, n·ln(n/b) − (n − b), less ln of the places looked at.
 */
export async function sharpen(writer: Writer, inside: Sql): Promise<void> {
  await writer.run(sql`
    CREATE TEMP TABLE clock_sharp AS
    WITH pair AS MATERIALIZED (SELECT source, service, eid, grp, sid, at_us, d FROM (${inside}) WHERE NOT whole),
    region AS (SELECT source, count(*) AS pairs, count(DISTINCT grp) AS events FROM pair GROUP BY source),
    bin AS (
      SELECT source, w, floor(d / w)::BIGINT AS b, count(DISTINCT grp) AS n
      FROM pair CROSS JOIN (SELECT unnest(${sql.trusted(`[${widths.join(', ')}]`)}) AS w) GROUP BY ALL
    ), smooth AS (
      -- Two bins together, so that a gathering on the edge of one is not cut in two.
      SELECT x.source, x.w, x.b, x.n + coalesce(y.n, 0) AS n, r.events, r.pairs * 2 * x.w / ${regionUs} AS chance
      FROM bin x LEFT JOIN bin y ON y.source = x.source AND y.w = x.w AND y.b = x.b + 1
      JOIN region r ON r.source = x.source
    ), gathering AS (
      SELECT *, n * ln(n / chance) - (n - chance) - ln(${regionUs} / w) AS gain FROM smooth
      WHERE n >= ${leastEvents} AND n >= ${leastShare} * events AND n >= ${leastTimes} * chance
      QUALIFY gain >= ${leastGain} AND row_number() OVER (PARTITION BY source ORDER BY gain DESC, w, b) = 1
    ), near AS (
      SELECT p.*, abs(p.d - (g.b + 1) * g.w) AS far
      FROM pair p JOIN gathering g ON g.source = p.source
      WHERE p.d BETWEEN (g.b - 7) * g.w AND (g.b + 9) * g.w
    ), mutual AS (
      SELECT * FROM near
      QUALIFY row_number() OVER (PARTITION BY eid ORDER BY far, sid) = 1
        AND far = min(far) OVER (PARTITION BY sid)
    )
    SELECT source, service, count(*) AS pairs, median(d)::BIGINT AS offset_us,
      greatest(1.4826 * mad(d), 500)::BIGINT AS jitter_us, (min(at_us) + max(at_us)) // 2 AS middle_us
    FROM mutual GROUP BY GROUPING SETS ((source, service), (source))
    HAVING count(*) >= ${leastEvents}`)
}

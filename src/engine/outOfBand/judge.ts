/**
 * Verdicts about accesses without a trace, as one query over the whole case. docs/analyses.md says the rules; here is
 * their order:
 *
 *   base      each access with its area, resource, client, address, session and whether a link ties it to a trace
 *   client    per area, identity and client program: how many come with a trace; one that never does is untraced
 *   candidate accesses that came from one place (address, session) and are judged together, with what they are
 *             compared with: the other accesses of the identity, or those of others to the same resource
 *   claim     candidates that are not explained by sampling: full coverage, or a binomial tail below the limit
 *   verdict   one a access
 */
import { areaOf, clientKind, clientOf, judgedClasses, resourceGroupOf, tied, tiedSpans } from '../coverage/areas'
import { declaredRate } from '../coverage/sampling'
import { type Sql, sql } from '../db/sql'
import type { Buckets } from '../query/buckets'

/** A group counts as out of band when chance would leave so many of its requests without a trace less often than this. */
export const tailLimit = 0.001
/** Fewer accesses than this are nothing to compare with. */
export const leastCompared = 5
/** A single access is judged only beside so many others, of which at most one in `strayShare` has no trace. */
export const leastForSingle = 50
export const strayShare = 0.002
const fullChance = 0.01
/** The time of an area in so many parts; a program that is active in some of them is established. */
const parts = 8
/** Accesses of one place closer together than this may be one request, so one unsampled trace. */
export const unitUs = 1_000_000

/** An access that nothing ties to a trace, not even by name. */
const open = sql`NOT sure AND NOT likely AND NOT named`

/** Tools are in people's hands however often they are used. A program that says its name is believed sooner. */
function established(kind: Sql, active: Sql): Sql {
  return sql`(CASE ${kind} WHEN 'tool' THEN false WHEN 'named' THEN ${active} >= 3 ELSE ${active} >= 4 END)`
}

/** Common tables; the last one is `judged`, one row an access. */
export function judgement(range: Buckets): Sql {
  const slice = (ts: Sql) =>
    sql`(epoch_us(${ts}) - ${BigInt(range.startUs)}::BIGINT) // ${BigInt(range.widthUs)}::BIGINT`
  return sql`
    tie AS MATERIALIZED (${tied}),
    base AS MATERIALIZED (
      SELECT e.event_id, e.ts, ${slice(sql`e.ts`)} AS slice, e.source, ${areaOf} AS area, ${resourceGroupOf} AS grp,
        coalesce(e.actor_key, '') AS actor, ${clientOf} AS client, ${clientKind} AS kind,
        coalesce(e.src_ip, e.src_host, '') AS place, coalesce(e.session_id, '') AS session,
        coalesce(t.sure, false) AS sure, coalesce(t.likely, false) AND NOT coalesce(t.sure, false) AS likely,
        e.trace_id IS NOT NULL AND NOT coalesce(t.sure, false) AS named
      FROM access_event e LEFT JOIN tie t ON t.event_id = e.event_id
      WHERE ${judgedClasses}
    ),
    extent AS MATERIALIZED (
      SELECT source, area, epoch_us(min(ts)) AS first, greatest(epoch_us(max(ts)) - epoch_us(min(ts)), 1) AS length
      FROM base GROUP BY source, area
    ),
    timed AS MATERIALIZED (
      SELECT b.*, least(((epoch_us(b.ts) - x.first) * ${parts}::HUGEINT // x.length)::INTEGER, ${parts - 1}) AS part
      FROM base b JOIN extent x ON x.source = b.source AND x.area = b.area
      WHERE b.ts IS NOT NULL
    ),
    client AS MATERIALIZED (
      SELECT source, area, actor, client, any_value(kind) AS kind, count(*) AS n, count(*) FILTER (sure) AS linked,
        count(*) FILTER (named) AS named, count(DISTINCT part) AS active
      FROM timed
      GROUP BY source, area, actor, client
    ),
    area AS MATERIALIZED (
      SELECT source, area, sum(linked)::BIGINT AS linked FROM client GROUP BY source, area
    ),
    -- A workload without tracing: a program that is there time and again and never comes with a trace.
    untraced AS MATERIALIZED (
      SELECT source, area, actor, client FROM client
      WHERE linked = 0 AND named = 0 AND ${established(sql`kind`, sql`active`)}
    ),
    who AS MATERIALIZED (
      SELECT source, area, actor, sum(n)::BIGINT AS n, sum(linked)::BIGINT AS linked, sum(named)::BIGINT AS named
      FROM client WHERE linked > 0
      GROUP BY source, area, actor
    ),
    reach AS MATERIALIZED (
      SELECT DISTINCT b.source, b.area, s.service
      FROM (${tiedSpans}) t
      JOIN base b ON b.event_id = t.event_id
      JOIN span s ON s.trace_id = t.trace_id AND (t.span_id IS NULL OR s.span_id = t.span_id)
    ),
    seen AS MATERIALIZED (
      SELECT service, slice, count(*) AS spans, min(rate) AS rate
      FROM (SELECT service, ${slice(sql`ts`)} AS slice, ${declaredRate} AS rate FROM span)
      GROUP BY service, slice
    ),
    declared AS MATERIALIZED (
      SELECT r.source, r.area, min(s.rate) AS rate
      FROM reach r JOIN seen s ON s.service IS NOT DISTINCT FROM r.service
      GROUP BY r.source, r.area
    ),
    -- Spans of the services that reach the area, in the slice itself or on both sides of it.
    present AS MATERIALIZED (
      SELECT source, area, slice FROM (
        SELECT source, area, slice + d AS slice, d
        FROM (SELECT DISTINCT r.source, r.area, s.slice FROM reach r JOIN seen s ON s.service IS NOT DISTINCT FROM r.service),
          (VALUES (-1), (0), (1)) AS shift(d))
      GROUP BY source, area, slice
      HAVING bool_or(d = 0) OR (bool_or(d = -1) AND bool_or(d = 1))
    ),
    place_group AS MATERIALIZED (
      SELECT source, area, actor, client, any_value(kind) AS kind, place, count(*) AS n, count(*) FILTER (sure) AS linked,
        count(*) FILTER (named) AS named, count(*) FILTER (${open}) AS open, count(DISTINCT part) AS active
      FROM timed
      GROUP BY source, area, actor, client, place
    ),
    ${candidates}
    ${claims}
    judged AS (
      SELECT b.*, m.candidate,
        coalesce(a.linked, 0) AS area_linked, coalesce(c.linked, 0) AS client_linked, p.slice IS NOT NULL AS present,
        CASE
          WHEN b.sure THEN 'explained'
          WHEN b.likely THEN 'explainable'
          WHEN b.named AND a.linked > 0 THEN 'explainable'
          WHEN b.ts IS NULL OR p.slice IS NULL OR coalesce(a.linked, 0) = 0 THEN 'out_of_coverage'
          WHEN m.candidate IS NOT NULL THEN 'out_of_band'
          WHEN c.linked > 0 THEN 'explainable'
          ELSE 'out_of_coverage' END AS verdict
      FROM base b
      LEFT JOIN area a ON a.source = b.source AND a.area = b.area
      LEFT JOIN client c ON c.source = b.source AND c.area = b.area AND c.actor = b.actor AND c.client = b.client
      LEFT JOIN present p ON p.source = b.source AND p.area = b.area AND p.slice = b.slice
      LEFT JOIN chosen m ON m.event_id = b.event_id
    )`
}

/**
 * `candidate`: places and sessions with accesses that have no trace, in three ways. `others` is what they are compared
 * with, never with themselves.
 */
const candidates = sql`
  -- The identity comes with traces elsewhere in the area.
  by_place AS (
    SELECT 'identity' AS basis, g.source, g.area, g.actor, g.client, g.place, NULL::VARCHAR AS session, NULL::VARCHAR AS grp,
      w.n - (CASE WHEN c.linked > 0 THEN g.n ELSE 0 END) AS others, w.linked - g.linked AS others_linked,
      w.named - (CASE WHEN c.linked > 0 THEN g.named ELSE 0 END) AS others_named
    FROM place_group g
    JOIN who w ON w.source = g.source AND w.area = g.area AND w.actor = g.actor
    JOIN client c ON c.source = g.source AND c.area = g.area AND c.actor = g.actor AND c.client = g.client
    WHERE g.open > 0 AND g.open * 2 > g.n AND g.actor <> ''
      AND (g.source, g.area, g.actor, g.client) NOT IN (SELECT (source, area, actor, client) FROM untraced)
      -- One replica that was never instrumented is no stranger.
      AND NOT (g.linked = 0 AND g.named = 0 AND ${established(sql`g.kind`, sql`g.active`)})
  ),
  by_session AS (
    SELECT 'identity' AS basis, s.source, s.area, s.actor, s.client, s.place, s.session, NULL::VARCHAR AS grp,
      w.n - s.n AS others, w.linked - s.linked AS others_linked, w.named - s.named AS others_named
    FROM (
      SELECT source, area, actor, any_value(client) AS client, any_value(place) AS place, session, count(*) AS n,
        count(*) FILTER (sure) AS linked, count(*) FILTER (named) AS named
      FROM timed WHERE session <> '' AND actor <> ''
      GROUP BY source, area, actor, session
      HAVING count(*) FILTER (${open}) > 1) s
    JOIN who w ON w.source = s.source AND w.area = s.area AND w.actor = s.actor
    JOIN client c ON c.source = s.source AND c.area = s.area AND c.actor = s.actor AND c.client = s.client
    WHERE s.linked = 0 AND c.linked > 0
  ),
  -- The identity never comes with a trace here, but everybody else does who asks for the same resource.
  resource AS MATERIALIZED (
    SELECT b.source, b.area, b.grp, count(*) FILTER (c.linked > 0) AS n, count(*) FILTER (b.sure) AS linked,
      count(*) FILTER (c.linked > 0 AND b.named) AS named, count(*) FILTER (u.client IS NOT NULL) AS untraced
    FROM timed b
    JOIN client c ON c.source = b.source AND c.area = b.area AND c.actor = b.actor AND c.client = b.client
    LEFT JOIN untraced u ON u.source = b.source AND u.area = b.area AND u.actor = b.actor AND u.client = b.client
    WHERE b.grp <> ''
    GROUP BY b.source, b.area, b.grp
  ),
  by_resource AS (
    SELECT 'resource' AS basis, g.source, g.area, g.actor, g.client, g.place, NULL::VARCHAR AS session, g.grp,
      r.n AS others, r.linked AS others_linked, r.named AS others_named
    FROM (
      SELECT source, area, actor, client, any_value(kind) AS kind, place, grp FROM timed
      WHERE ${open}
      GROUP BY source, area, actor, client, place, grp) g
    JOIN resource r ON r.source = g.source AND r.area = g.area AND r.grp = g.grp
    LEFT JOIN who w ON w.source = g.source AND w.area = g.area AND w.actor = g.actor
    WHERE w.actor IS NULL AND r.linked > 0
      AND (g.kind = 'tool' OR (g.kind IN ('library', 'none') AND r.untraced = 0))
      AND (g.source, g.area, g.actor, g.client) NOT IN (SELECT (source, area, actor, client) FROM untraced)
  ),
  candidate AS MATERIALIZED (
    SELECT *, row_number() OVER (ORDER BY basis, source, area, actor, client, place, session, grp) AS candidate,
      (others - others_linked - others_named + 0.5) / (others + 1.0) AS chance
    FROM (SELECT * FROM by_place UNION ALL SELECT * FROM by_session UNION ALL SELECT * FROM by_resource)
    WHERE others >= ${leastCompared} AND others_linked > 0
  ),`

/** `chosen`: the accesses of claims, each with the claim that says most. */
const claims = sql`
  member AS MATERIALIZED (
    SELECT c.candidate, b.event_id, b.ts, b.sure OR b.likely OR b.named AS tied
    FROM candidate c JOIN timed b ON b.source = c.source AND b.area = c.area AND b.actor = c.actor
    WHERE c.session IS NULL AND c.grp IS NULL AND b.client = c.client AND b.place = c.place
    UNION ALL
    SELECT c.candidate, b.event_id, b.ts, b.sure OR b.likely OR b.named AS tied
    FROM candidate c JOIN timed b ON b.source = c.source AND b.area = c.area AND b.actor = c.actor AND b.session = c.session
    UNION ALL
    SELECT c.candidate, b.event_id, b.ts, b.sure OR b.likely OR b.named AS tied
    FROM candidate c JOIN timed b ON b.source = c.source AND b.area = c.area AND b.actor = c.actor AND b.grp = c.grp
    WHERE b.client = c.client AND b.place = c.place
  ),
  unit AS (
    SELECT candidate, unit, bool_or(tied) AS tied
    FROM (
      SELECT candidate, tied, sum(fresh) OVER (PARTITION BY candidate ORDER BY ts, event_id) AS unit
      FROM (
        SELECT *, CASE WHEN epoch_us(ts) - epoch_us(lag(ts) OVER (PARTITION BY candidate ORDER BY ts, event_id)) < ${unitUs}
          THEN 0 ELSE 1 END AS fresh
        FROM member))
    GROUP BY candidate, unit
  ),
  counted AS (
    SELECT candidate, count(*) AS units, count(*) FILTER (NOT tied) AS open FROM unit GROUP BY candidate
  ),
  weighed AS MATERIALIZED (
    SELECT c.*, k.units, k.open, coalesce(d.rate, 1) AS declared,
      -- Where accesses name their trace even when it is not kept, sampling takes nothing away from what is expected.
      CASE WHEN c.others_named * 2 > c.others - c.others_linked THEN c.chance
        ELSE greatest(c.chance, 1 - coalesce(d.rate, 1)) END AS p
    FROM candidate c
    JOIN counted k ON k.candidate = c.candidate
    LEFT JOIN declared d ON d.source = c.source AND d.area = c.area
    WHERE k.open > 0
  ),
  claim AS MATERIALIZED (
    SELECT * FROM (
      SELECT *,
        -- P(X >= open) for X ~ Bin(units, p). Terms fall at least geometrically above the mean, so 400 are enough.
        CASE WHEN open > units * p AND pow(p, open) < ${tailLimit} THEN
          list_sum(list_transform(range(open, least(units, open + 400) + 1), lambda k:
            exp(lgamma(units + 1) - lgamma(k + 1) - lgamma(units - k + 1) + k * ln(p) + (units - k) * ln(1 - p))))
          WHEN open > units * p THEN pow(p, open) ELSE 1.0 END AS tail
      FROM weighed WHERE p > 0 AND p < 1)
    WHERE tail < ${tailLimit}
      OR (open = units AND p <= ${fullChance} AND others >= ${leastForSingle}
        AND others - others_linked - others_named <= others * ${strayShare})
  ),
  chosen AS MATERIALIZED (
    SELECT event_id, candidate, basis FROM (
      SELECT m.event_id, m.candidate, c.basis, row_number() OVER (PARTITION BY m.event_id
        ORDER BY c.basis, c.session IS NOT NULL, c.tail, m.candidate) AS place
      FROM member m JOIN claim c ON c.candidate = m.candidate
      WHERE NOT m.tied)
    WHERE place = 1
  ),`

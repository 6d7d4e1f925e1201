/**
 * Spans whose calls a source records: what they do is told by their attributes, and whether this is recorded is learned
 * from those alike that have an event. Alike are spans of one service with the same name, kind and target.
 */
import { type Sql, sql } from '../db/sql'
import { tied } from './areas'

/** Fewer spans alike with an event teach nothing. */
const leastLinked = 5
/** A kind is recorded when so many of its spans, outside of silences of the source, have an event. */
export const auditedShare = 0.8

const kindOf: Sql = sql`(CASE
  WHEN k8s_audit_id IS NOT NULL OR (kind = 'client' AND rpc_service = 'kubernetes') THEN 'kubernetes'
  WHEN db_statement IS NOT NULL OR (db_name IS NOT NULL AND kind = 'client') THEN 'database'
  WHEN aws_request_id IS NOT NULL OR cloud_resource IS NOT NULL THEN 'cloud'
  WHEN http_method IS NOT NULL OR http_route IS NOT NULL THEN 'route' END)`

/** What the call is about, so far that recording may depend on it. */
const targetOf: Sql = sql`coalesce(CASE WHEN contains(cloud_resource, ':s3:::') THEN split_part(cloud_resource, '/', 1) ELSE cloud_resource END, db_name, http_route, '')`

/**
 * Tables `audited` (spans of recorded kinds with what is alike) and what it is made of, for a WITH clause after `silence`.
 */
export const auditedSpans: Sql = sql`
  counted_link AS MATERIALIZED (${tied}),
  span_source AS MATERIALIZED (
    SELECT l.trace_id, l.span_id, e.source, min(coalesce(e.service, '')) AS target
    FROM link l
    JOIN counted_link t ON t.event_id = l.event_id AND (t.sure OR t.likely)
    JOIN access_event e ON e.event_id = l.event_id
    WHERE l.span_id IS NOT NULL AND coalesce(l.verdict, '') <> 'rejected'
    GROUP BY l.trace_id, l.span_id, e.source
  ),
  kinds AS MATERIALIZED (
    SELECT s.row_id, s.trace_id, s.span_id, s.ts, coalesce(s.service, '') AS service, s.name, s.kind AS span_kind,
      ${kindOf} AS kind, ${targetOf} AS target, x.source
    FROM span s LEFT JOIN span_source x ON x.trace_id = s.trace_id AND x.span_id = s.span_id
    WHERE ${kindOf} IS NOT NULL
  ),
  usual_source AS MATERIALIZED (
    SELECT service, name, span_kind, kind, target, source FROM kinds
    WHERE source IS NOT NULL
    GROUP BY service, name, span_kind, kind, target, source
    QUALIFY row_number() OVER (PARTITION BY service, name, span_kind, kind, target ORDER BY count(*) DESC, source) = 1
  ),
  heard AS MATERIALIZED (SELECT DISTINCT trace_id, source FROM span_source),
  reach_of AS MATERIALIZED (
    SELECT source, min(ts) AS first, max(ts) AS last FROM access_event WHERE ts IS NOT NULL GROUP BY source
  ),
  -- The source has data before and after the span.
  within AS MATERIALIZED (
    SELECT k.row_id, k.trace_id, k.span_id, k.ts, k.service, k.name, k.span_kind, k.kind, k.target, u.source,
      -- One request has several route spans, and its one record may be tied to any of them.
      k.source IS NOT DISTINCT FROM u.source OR (k.kind = 'route' AND h.trace_id IS NOT NULL) AS linked, q.source IS NOT NULL AS silent
    FROM kinds k
    JOIN usual_source u ON u.service = k.service AND u.name = k.name AND u.span_kind = k.span_kind
      AND u.kind = k.kind AND u.target = k.target
    JOIN reach_of r ON r.source = u.source AND k.ts > r.first AND k.ts < r.last
    LEFT JOIN heard h ON h.trace_id = k.trace_id AND h.source = u.source
    LEFT JOIN silence q ON q.source = u.source AND k.ts > q.from_ts AND k.ts < q.to_ts
  ),
  alike AS MATERIALIZED (
    SELECT service, name, span_kind, kind, target, source, count(*) FILTER (linked) AS alike_linked, count(*) AS alike,
      count(*) FILTER (linked AND NOT silent) / greatest(count(*) FILTER (NOT silent), 1)::DOUBLE AS share
    FROM within
    GROUP BY ALL
    HAVING count(*) FILTER (linked) >= ${leastLinked}
  ),
  audited AS (
    SELECT w.*, a.alike, a.alike_linked, a.share
    FROM within w JOIN alike a USING (service, name, span_kind, kind, target, source)
    WHERE a.share >= ${auditedShare}
  )`

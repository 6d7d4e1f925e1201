/** Events that name their trace, and mostly their span: joined by id, judged by time and by what the span was about. */
import type { Writer } from '../../db/database'
import { sql } from '../../db/sql'
import { distrusted, distrustText, instant, outsideUs, timeText, timeWeight } from './fragments'

/**
 * What a statement's comment names is the span of this very statement or one above it, so only a span that states
 * another statement contradicts; nested statements share the comment of the outer one. NULL where nothing compares.
 */
const agreement = sql`(CASE
  WHEN n.db_fingerprint IS NOT NULL AND list_contains(coalesce(p.shapes, w.shapes), n.db_fingerprint) THEN TRUE
  WHEN p.shapes IS NOT NULL AND n.db_fingerprint IS NOT NULL AND n.trace_source IS NOT DISTINCT FROM 'sqlcommenter' THEN FALSE
  WHEN p.verb IS NOT NULL AND n.verb IS NOT NULL THEN p.verb = n.verb END)`

/**
 * Fills `exact_trace`, one row per event and trace: the span where the event's span id is in the case, else the trace
 * as a whole. Time and clock columns are those that `fragments` names.
 */
export async function traceTier(writer: Writer): Promise<void> {
  await writer.run(sql`
    CREATE TEMP TABLE exact_named AS
    WITH named AS (
      SELECT event_id, trace_id, span_id, trace_source, source, ts_precision, ts_kind, epoch_us(ts) AS ts_us,
        db_fingerprint, left(db_statement, 120) AS event_statement, upper(http_method) AS verb
      FROM access_event
      WHERE regexp_full_match(trace_id, '[0-9a-f]{32}') AND replace(trace_id, left(trace_id, 1), '') <> ''
    ), part AS (
      SELECT trace_id, span_id, min(start_ns) // 1000 AS start_us,
        least(max(start_ns::HUGEINT + duration_ns) // 1000, 9000000000000000000)::BIGINT AS end_us,
        arg_min(name, (start_ns, row_id)) AS span_name, arg_min({v: service}, (start_ns, row_id)).v AS span_service,
        array_agg(DISTINCT db_fingerprint) FILTER (WHERE db_fingerprint IS NOT NULL) AS shapes,
        CASE WHEN count(DISTINCT upper(http_method)) = 1 THEN any_value(upper(http_method)) END AS verb,
        any_value(left(db_statement, 120)) AS span_statement
      FROM span
      WHERE trace_id IN (SELECT trace_id FROM named)
      GROUP BY trace_id, span_id
    ), whole AS (
      SELECT trace_id, min(start_us) AS start_us, max(end_us) AS end_us, count(*) AS spans,
        flatten(array_agg(shapes) FILTER (WHERE shapes IS NOT NULL)) AS shapes
      FROM part GROUP BY trace_id
    )
    SELECT n.*, p.span_id AS linked_span, p.span_name, p.span_service, w.spans,
      coalesce(n.event_statement, n.verb) AS asked, coalesce(p.span_statement, p.verb) AS answered, ${agreement} AS agrees,
      coalesce(p.start_us, w.start_us) AS start_us, coalesce(p.end_us, w.end_us) AS end_us
    FROM named n
    JOIN whole w ON w.trace_id = n.trace_id
    LEFT JOIN part p ON p.trace_id = n.trace_id AND p.span_id = n.span_id`)
  // Offset between the clocks of a log and a service, from pairs that no time was needed to find.
  await writer.run(sql`
    CREATE TEMP TABLE exact_clock AS
    SELECT source, span_service, count(*) AS clock_pairs, median(ts_us - start_us) AS offset_us,
      1.4826 * mad(ts_us - start_us) AS jitter_us
    FROM exact_named
    WHERE linked_span IS NOT NULL AND ts_us IS NOT NULL AND agrees IS DISTINCT FROM FALSE
    GROUP BY source, span_service
    HAVING count(*) >= 5 AND 1.4826 * mad(ts_us - start_us) <= 1000000`)
  await writer.run(sql`
    CREATE TEMP TABLE exact_trace AS
    WITH timed AS (
      SELECT n.*, c.clock_pairs, c.offset_us, c.jitter_us, ${outsideUs} AS outside_us
      FROM exact_named n
      LEFT JOIN exact_clock c ON c.source = n.source AND c.span_service IS NOT DISTINCT FROM n.span_service
    ), trusted AS (
      SELECT *, outside_us > 0 OR agrees IS NOT DISTINCT FROM FALSE AS contradicted FROM timed
    ), weighed AS (SELECT *, ${distrusted} FROM trusted)
    SELECT *, md5_number_lower(concat_ws('|', event_id, trace_id, coalesce(linked_span, ''), 'exact-trace')) AS link_id,
      20.0 + (CASE WHEN linked_span IS NULL THEN 0 ELSE 4 END) + ${timeWeight} AS score,
      CASE WHEN contradicted OR distrusted THEN 'possible' WHEN outside_us = 0 THEN 'certain' ELSE 'strong' END AS level
    FROM weighed`)
}

const opening = sql`(CASE
  WHEN trace_source = 'sqlcommenter' THEN 'The statement''s sqlcommenter comment names trace '
  WHEN starts_with(trace_source, 'sqlcommenter')
    THEN 'Another record of the same statement has a sqlcommenter comment that names trace '
  ELSE 'The record names trace ' END)`

/** Evidence of `exact_trace`, into `exact_evidence`. */
export async function traceEvidence(writer: Writer): Promise<void> {
  await writer.run(sql`
    INSERT INTO exact_evidence
    SELECT link_id, 0, 'trace_id', trace_id, trace_id, 20.0,
      ${opening} || trace_id || (CASE WHEN span_id IS NULL THEN '' ELSE ' and span ' || span_id END)
      || (CASE WHEN linked_span IS NOT NULL THEN '; both are in this case.'
        WHEN span_id IS NULL THEN format('; the case has {} spans of it. No span is named.', spans)
        ELSE format('; the case has {} spans of that trace, but not that span.', spans) END)
    FROM exact_trace
    UNION ALL
    SELECT link_id, 1, 'span_id', span_id, linked_span, 4.0,
      'The span id is that of \`' || span_name || '\`' || coalesce(' of ' || span_service, '') || '.'
    FROM exact_trace WHERE linked_span IS NOT NULL
    UNION ALL
    SELECT link_id, 2, 'operation', asked, answered, 0.0,
      CASE WHEN agrees THEN 'Both sides name the same operation.'
        ELSE 'The span was about something else, so the id is not believed.' END
    FROM exact_trace WHERE agrees IS NOT NULL
    UNION ALL
    SELECT link_id, 4, 'trust', NULL, NULL, 0.0, ${distrustText} FROM exact_trace WHERE distrusted
    UNION ALL
    SELECT link_id, 3, 'time', ${instant(sql`ts_us`)},
      ${instant(sql`start_us`)} || ' – ' || ${instant(sql`end_us`)}, ${timeWeight}, ${timeText}
    FROM exact_trace`)
}

/** Events and spans that carry the same request id. An id joins only where it is a good one; a shared one joins weakly. */
import { z } from 'zod'
import type { Writer } from '../../db/database'
import { type Sql, sql } from '../../db/sql'
import { distrusted, distrustText, instant, joinable, normalizedId, outsideUs, timeText, timeWeight } from './fragments'

/** An id on more events or traces than these says nothing about any of them. */
const maxShared = 20

/** Keys of span attributes that hold request and correlation ids which have no column of their own. */
const attributeKeys: readonly { readonly key: string; readonly space: string }[] = [
  { key: 'aws.extended_request_id', space: 'aws_extended' },
  { key: 'aws.s3.extended_request_id', space: 'aws_extended' },
  { key: 'http.response.header.x-amz-id-2', space: 'aws_extended' },
  { key: 'http.response.header.x-amzn-requestid', space: 'aws' },
  { key: 'http.response.header.x-amz-request-id', space: 'aws' },
  { key: 'http.request.header.x-correlation-id', space: 'request' },
  { key: 'http.response.header.x-correlation-id', space: 'request' },
  { key: 'http.request.header.x-ms-client-request-id', space: 'request' },
  { key: 'http.response.header.x-ms-request-id', space: 'request' },
  { key: 'http.response.header.x-okta-request-id', space: 'request' },
  { key: 'http.response.header.x-github-request-id', space: 'request' },
  { key: 'az.client_request_id', space: 'request' },
  { key: 'az.service_request_id', space: 'request' },
  { key: 'correlation_id', space: 'request' },
  { key: 'correlation.id', space: 'request' },
  { key: 'correlationId', space: 'request' },
]

/** Fills `exact_request`, the best span of each event and trace that share an id. */
export async function requestTier(writer: Writer): Promise<void> {
  await writer.run(sql`
    CREATE TEMP TABLE exact_span_id AS
    WITH stated AS (
      SELECT row_id, trace_id, 'aws' AS space, aws_request_id AS id FROM span WHERE aws_request_id IS NOT NULL
      UNION ALL
      SELECT row_id, trace_id, 'aws_extended', aws_request_id FROM span WHERE length(aws_request_id) > 40
      UNION ALL
      SELECT row_id, trace_id, 'audit', k8s_audit_id FROM span WHERE k8s_audit_id IS NOT NULL
      UNION ALL
      SELECT row_id, trace_id, 'request', x_request_id FROM span WHERE x_request_id IS NOT NULL
      UNION ALL
      ${fromAttributes()}
    )
    SELECT DISTINCT row_id, trace_id, space, ${comparable()} AS norm, id FROM stated WHERE ${joinable(sql`id`)}`)
  // The ids of millions of events are made comparable only for what a span can answer.
  const found = await writer.all(z.object({ space: z.string() }), sql`SELECT DISTINCT space FROM exact_span_id`)
  const spaces =
    found.length === 0
      ? sql.trusted('FALSE')
      : sql`list_contains(${sql.strings(found.map(({ space }) => space))}, space)`
  await writer.run(sql`
    CREATE TEMP TABLE exact_event_id AS
    WITH stated AS (
      SELECT event_id, CASE source WHEN 'cloudtrail' THEN 'aws' WHEN 'k8s_audit' THEN 'audit' ELSE 'request' END AS space,
        request_id AS id
      FROM access_event WHERE request_id IS NOT NULL
      UNION ALL
      SELECT event_id, 'audit', source_event_id FROM access_event WHERE source = 'k8s_audit' AND source_event_id IS NOT NULL
      UNION ALL
      -- Keys, sessions and objects are shared by many requests; only ids of one request are taken.
      SELECT event_id, CASE WHEN item.kind = 'aws_extended' THEN 'aws_extended' WHEN contains(item.kind, 'audit') THEN 'audit'
          WHEN starts_with(item.kind, 'aws') THEN 'aws' ELSE 'request' END,
        item."value"
      FROM (SELECT event_id, unnest(correlation_ids) AS item FROM access_event WHERE correlation_ids IS NOT NULL)
      WHERE regexp_matches(item.kind, 'request|correlation|extended|invocation|transaction|operation|audit')
    )
    SELECT DISTINCT event_id, space, ${comparable()} AS norm, id FROM stated WHERE ${spaces} AND ${joinable(sql`id`)}`)
  await writer.run(sql`
    CREATE TEMP TABLE exact_request AS
    WITH event_count AS (SELECT space, norm, count(DISTINCT event_id) AS events FROM exact_event_id GROUP BY ALL),
    span_count AS (SELECT space, norm, count(DISTINCT trace_id) AS traces FROM exact_span_id GROUP BY ALL),
    pair AS (
      SELECT e.event_id, e.id AS event_value, s.id AS span_value, e.space, s.row_id, s.trace_id, ec.events, sc.traces,
        greatest(ec.events, sc.traces) AS k
      FROM exact_event_id e
      JOIN exact_span_id s ON s.space = e.space AND s.norm = e.norm
      JOIN event_count ec ON ec.space = e.space AND ec.norm = e.norm
      JOIN span_count sc ON sc.space = e.space AND sc.norm = e.norm
      WHERE ec.events <= ${maxShared} AND sc.traces <= ${maxShared}
    ), wide AS (
      SELECT p.*, e.source, e.ts_precision, e.ts_kind, epoch_us(e.ts) AS ts_us, s.span_id AS linked_span,
        s.name AS span_name, s.service AS span_service, s.kind, s.start_ns // 1000 AS start_us,
        least((s.start_ns::HUGEINT + s.duration_ns) // 1000, 9000000000000000000)::BIGINT AS end_us,
        e.service AS event_service, e.action, coalesce(s.http_method, '') AS span_method,
        ${agreement()} AS agrees
      FROM pair p
      JOIN access_event e ON e.event_id = p.event_id
      JOIN span s ON s.row_id = p.row_id
    ), id_clock AS (
      -- Wrong ids lie at all distances; only ids that agree on one distance tell of a clock.
      SELECT source, span_service, count(*) AS clock_pairs, median(ts_us - start_us) AS offset_us,
        1.4826 * mad(ts_us - start_us) AS jitter_us
      FROM wide
      WHERE k = 1 AND agrees AND ts_us IS NOT NULL
      GROUP BY source, span_service
      HAVING count(*) >= 5 AND 1.4826 * mad(ts_us - start_us) <= 1000000
    ), clocked AS (
      SELECT w.*, coalesce(c.clock_pairs, i.clock_pairs) AS clock_pairs, coalesce(c.offset_us, i.offset_us) AS offset_us,
        coalesce(c.jitter_us, i.jitter_us) AS jitter_us
      FROM wide w
      LEFT JOIN exact_clock c ON c.source = w.source AND c.span_service IS NOT DISTINCT FROM w.span_service
      LEFT JOIN id_clock i ON i.source = w.source AND i.span_service IS NOT DISTINCT FROM w.span_service
    ), timed AS (SELECT *, ${outsideUs} AS outside_us FROM clocked),
    nearest AS (
      SELECT *, CASE WHEN k = 1 THEN 'exact-id' ELSE 'exact-group' END AS method, 12 - 3 * log2(k) + ${timeWeight} AS score
      FROM timed
      QUALIFY row_number() OVER (PARTITION BY event_id, trace_id
        ORDER BY k, agrees DESC, coalesce(outside_us, 0), kind IN ('server', 'client') DESC, start_us, row_id) = 1
    ), weighed AS (SELECT *, coalesce(outside_us > 0, FALSE) AS contradicted FROM nearest),
    best AS (SELECT *, ${distrusted} FROM weighed),
    ranked AS (
      SELECT *, count(*) OVER each_event - 1 AS rivals,
        max(score) OVER (PARTITION BY event_id ORDER BY score DESC, trace_id
          ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS next_score,
        first_value(score) OVER (PARTITION BY event_id ORDER BY score DESC, trace_id) AS top_score,
        row_number() OVER (PARTITION BY event_id ORDER BY score DESC, trace_id) AS place
      FROM best
      WINDOW each_event AS (PARTITION BY event_id)
    ), margined AS (
      SELECT *, CASE WHEN rivals = 0 THEN NULL WHEN place = 1 THEN score - next_score ELSE score - top_score END AS margin
      FROM ranked
    )
    SELECT *, md5_number_lower(concat_ws('|', event_id, trace_id, linked_span, method)) AS link_id,
      CASE
        WHEN distrusted THEN CASE WHEN score >= 4 THEN 'possible' END
        WHEN k = 1 AND agrees AND outside_us = 0 THEN 'certain'
        WHEN k = 1 AND outside_us = 0 THEN 'strong'
        WHEN score >= 10 AND coalesce(margin, 3) >= 3 THEN 'strong'
        WHEN score >= 7 AND coalesce(margin, 2) >= 2 THEN 'likely'
        WHEN score >= 4 THEN 'possible' END AS level
    FROM margined`)
}

function comparable(): Sql {
  return sql`CASE WHEN space = 'aws_extended' THEN id WHEN space = 'audit' THEN left(${normalizedId(sql`id`)}, 64)
    ELSE ${normalizedId(sql`id`)} END`
}

/** Header attributes are lists, so the first element is looked at too. */
function fromAttributes(): Sql {
  const branches = attributeKeys.map(({ key, space }) => {
    const path = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return sql`SELECT row_id, trace_id, ${space} AS space,
      coalesce(json_extract_string(attributes, ${`${path}/0`}), json_extract_string(attributes, ${path})) AS id
      FROM (SELECT row_id, trace_id, attributes FROM span WHERE contains(attributes, ${`"${key}"`}) AND json_valid(attributes))`
  })
  return sql.join(branches, ' UNION ALL ')
}

/** Whether what was asked for is the same on both sides: HTTP method or Kubernetes verb, operation name, or service. */
function agreement(): Sql {
  return sql`coalesce(
    upper(e.http_method) = upper(s.http_method)
    OR (e.source = 'k8s_audit' AND upper(s.http_method) = CASE
      WHEN e.action IN ('get', 'list', 'watch') THEN 'GET' WHEN e.action = 'create' THEN 'POST'
      WHEN e.action = 'update' THEN 'PUT' WHEN e.action = 'patch' THEN 'PATCH'
      WHEN e.action IN ('delete', 'deletecollection') THEN 'DELETE' END)
    OR (length(e.action) > 2 AND contains(lower(s.name), lower(e.action)))
    OR lower(e.service) = lower(s.service), false)`
}

/** Evidence of `exact_request`, into `exact_evidence`; also beside a link that names the same trace already. */
export async function requestEvidence(writer: Writer): Promise<void> {
  await writer.run(sql`
    INSERT INTO exact_evidence
    WITH target AS (
      SELECT r.*, coalesce(t.link_id, r.link_id) AS target_id, t.link_id IS NOT NULL AS beside
      FROM exact_request r
      LEFT JOIN exact_trace t ON t.event_id = r.event_id AND t.trace_id = r.trace_id
      WHERE r.level IS NOT NULL OR t.link_id IS NOT NULL
    )
    SELECT target_id, 3, 'request_id', event_value, span_value, CASE WHEN beside THEN 0.0 ELSE 12 - 3 * log2(k) END,
      (CASE space WHEN 'aws' THEN 'The AWS request id' WHEN 'aws_extended' THEN 'The extended AWS request id'
        WHEN 'audit' THEN 'The Kubernetes audit id' ELSE 'The request id' END)
      || ' is the same on both sides' || (CASE WHEN event_value = span_value THEN '' ELSE ' once case, dashes and the version digit are left out' END)
      || (CASE WHEN k = 1 THEN ', and occurs on no other event and in no other trace.'
        ELSE format('; it occurs on {} events and in {} traces.', events, traces) END)
    FROM target
    UNION ALL
    SELECT target_id, 4, 'operation', coalesce(event_service || ' ', '') || coalesce(action, ''),
      coalesce(span_service || ' ', '') || span_name, 0.0,
      CASE WHEN agrees THEN 'Service or operation agree: ' ELSE 'Neither service nor operation agree, so the link is not certain: ' END
      || coalesce(event_service || ' ', '') || coalesce(action, '(no operation)') || ' ↔ ' || span_name
      || coalesce(' of ' || span_service, '') || '.'
    FROM target WHERE NOT beside
    UNION ALL
    SELECT target_id, 6, 'trust', NULL, NULL, 0.0, ${distrustText} FROM target WHERE distrusted AND NOT beside
    UNION ALL
    SELECT target_id, 5, 'time', ${instant(sql`ts_us`)},
      ${instant(sql`start_us`)} || ' – ' || ${instant(sql`end_us`)}, ${timeWeight}, ${timeText}
    FROM target WHERE NOT beside`)
}

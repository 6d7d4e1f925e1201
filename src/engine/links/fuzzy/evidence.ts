/** Why a link is thought to be one: the items with both values and a sentence each, and a sentence for the whole. */
import type { Writer } from '../../db/database'
import { type Sql, sql } from '../../db/sql'
import { duration, instant } from '../exact/fragments'
import { items, judged } from './score'

interface Told {
  readonly item: string
  readonly event: Sql
  readonly span: Sql
  readonly text: Sql
}

const shared = (count: Sql) => sql`format('{} of {} spans around share it', ${count}, n_all)`
const spanName = sql`'\`' || span_name || '\`' || coalesce(' of ' || nullif(span_service, ''), '')`
const what = sql`coalesce(left(statement, 120), nullif(concat_ws(' ', http_method, http_path), ''), nullif(concat_ws(' ', action, resource_name), ''), action)`

const place = sql`(CASE
  WHEN ts_us - shift_us > end_us THEN ${duration(sql`ts_us - shift_us - end_us`)} || ' after it ended'
  WHEN hi_us - shift_us < start_us THEN ${duration(sql`start_us - hi_us + shift_us`)} || ' before it began'
  WHEN whole THEN 'in a second in which it ran'
  ELSE ${duration(sql`ts_us - shift_us - start_us`)} || ' after it began' END)`

/** Columns of `fuzzy_told` below. */
const sentences: readonly Told[] = [
  {
    item: 'operation',
    event: what,
    span: sql`span_name`,
    text: sql`'The same operation: ' || coalesce(${what}, source) || ' ↔ ' || ${spanName} || '; ' || ${shared(sql`n_op`)} || '.'`,
  },
  {
    item: 'identity',
    event: sql`coalesce(actor_email, actor_name, actor_id)`,
    span: sql`coalesce(span_user, span_service)`,
    text: sql`CASE WHEN weight > 0 THEN (CASE WHEN confidence IS NOT NULL
        THEN format('In pairs without a rival, {:.0f} % of what {} does is of {}.', confidence * 100, coalesce(actor_name, actor_id, ''), span_service)
        ELSE 'The same identity: ' || coalesce(actor_email, actor_name, actor_id, '') || ' ↔ ' || coalesce(span_user, span_service, '') || '.' END)
      ELSE coalesce(actor_email, actor_name, actor_id, '') || ' is not who usually stands behind ' || coalesce(span_user, span_service, '') || '.' END`,
  },
  {
    item: 'address',
    event: sql`src_ip`,
    span: sql`span_address`,
    text: sql`CASE WHEN weight > 0 THEN 'The same client address: ' || src_ip || '; ' || ${shared(sql`n_addr`)} || '.'
      ELSE 'The addresses differ: ' || coalesce(src_ip, '') || ' ↔ ' || coalesce(span_address, '') || '; in pairs without a rival they nearly always agree.' END`,
  },
  {
    item: 'workload',
    event: sql`ua_family`,
    span: sql`span_service`,
    text: sql`CASE WHEN weight > 0 THEN 'The program names itself as the service: ' || coalesce(left(user_agent, 80), '') || ' ↔ ' || span_service || '.'
      ELSE 'The program is usually of another service: ' || coalesce(left(user_agent, 80), '') || ' ↔ ' || coalesce(span_service, '') || '.' END`,
  },
  {
    item: 'instance',
    event: sql`coalesce(left(user_agent, 120), actor_name)`,
    span: sql`coalesce(left(span_agent, 120), pod)`,
    text: sql`CASE WHEN weight > 0 THEN 'The very same pod or browser.' ELSE 'Pod or browser differ, which in pairs without a rival they hardly do.' END`,
  },
  {
    item: 'resource',
    event: sql`resource_name`,
    span: sql`cloud_resource`,
    text: sql`'The objects differ: ' || coalesce(resource_name, '') || ' ↔ ' || coalesce(cloud_resource, '') || '.'`,
  },
  {
    item: 'status',
    event: sql`concat_ws(' ', outcome, http_code::VARCHAR)`,
    span: sql`concat_ws(' ', span_status, span_http::VARCHAR)`,
    text: sql`CASE WHEN weight < 0 THEN 'The outcomes contradict one another: ' ELSE 'The outcomes agree: ' END
      || concat_ws(' ', outcome, http_code::VARCHAR) || ' ↔ ' || concat_ws(' ', span_status, span_http::VARCHAR) || '.'`,
  },
  {
    item: 'time',
    event: instant(sql`ts_us`),
    span: sql`${instant(sql`start_us`)} || ' – ' || ${instant(sql`end_us`)}`,
    text: sql`'The event lies ' || ${place} || (CASE WHEN shift_us <> 0 THEN '; the clock of ' || source || ' is taken to be '
      || ${duration(sql`abs(shift_us)`)} || (CASE WHEN shift_us > 0 THEN ' ahead' ELSE ' behind' END) ELSE '' END) || '.'`,
  },
  {
    item: 'duration',
    event: duration(sql`duration_us`),
    span: duration(sql`end_us - start_us`),
    text: sql`'Both took about as long: ' || ${duration(sql`duration_us`)} || ' ↔ ' || ${duration(sql`end_us - start_us`)} || '.'`,
  },
  {
    item: 'chance',
    event: sql`NULL`,
    span: sql`NULL`,
    text: sql`CASE WHEN weight > 0 THEN 'Other spans like this one are rare around that time, so that chance hardly explains the match.'
      ELSE 'Spans like this one are frequent around that time, so that chance may explain the match.' END`,
  },
  {
    item: 'neighbour',
    event: sql`NULL`,
    span: sql`NULL`,
    text: sql`'Another statement of the same connection, within two seconds, clearly belongs to the same trace.'`,
  },
  {
    item: 'order',
    event: sql`NULL`,
    span: sql`NULL`,
    text: sql`'As many events as spans are alike in this second, and the event stands in the log where the span stands in their order.'`,
  },
  {
    item: 'coverage',
    event: sql`NULL`,
    span: sql`NULL`,
    text: sql`format('Neither side has another one like it near, and {} % of the events of {} find a span of their own.', share, source)`,
  },
]

/** Into `link_evidence` and `link.summary`. */
export async function writeEvidence(writer: Writer): Promise<void> {
  const weighed = items.map(
    ({ item, weight }, ordinal) => sql`{item: ${item}, ordinal: ${ordinal}, weight: (${weight})::DOUBLE}`,
  )
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_item AS
    SELECT l.link_id, l.eid, l.sid, i.item, i.ordinal, i.weight, NULL AS share FROM (
      SELECT p.eid, p.sid, unnest([${sql.join(weighed, ', ')}]) AS i ${judged(sql`SELECT eid, sid FROM fuzzy_link`)}
    ) w JOIN fuzzy_link l ON l.eid = w.eid AND l.sid = w.sid
    WHERE i.weight <> 0 OR i.item = 'time'
    UNION ALL
    SELECT l.link_id, l.eid, l.sid, x.item, 50, x.weight, x."of" FROM fuzzy_context x JOIN fuzzy_link l ON l.eid = x.eid AND l.sid = x.sid`)
  const texts = (pick: 'event' | 'span' | 'text') =>
    sql`(CASE item ${sql.join(
      sentences.map((told) => sql`WHEN ${told.item} THEN ${told[pick]}`),
      ' ',
    )} END)::VARCHAR`
  await writer.run(sql`
    INSERT INTO link_evidence
    WITH fuzzy_told AS (
      SELECT i.link_id, i.item, i.ordinal, i.weight, i.share, e.source, e.action, e.db_statement AS statement, e.http_method, e.http_path, e.resource_name,
        e.actor_email, e.actor_name, e.actor_id, e.src_ip, e.user_agent, e.ua_family, e.outcome, e.http_status AS http_code,
        f.ts_us, f.hi_us, f.whole, f.duration_us, s.name AS span_name, s.service AS span_service, coalesce(s.user_id, s.db_user) AS span_user,
        coalesce(s.client_address, s.host_address) AS span_address, s.user_agent AS span_agent, s.pod, s.cloud_resource, s.status AS span_status,
        s.http_status AS span_http, n.start_us, n.end_us, n.n_all, n.n_op, greatest(n.n_addr, 1) AS n_addr, a.confidence,
        (c.shift_us + c.drift_ppm * (f.ts_us - c.middle_us) / 1000000)::BIGINT AS shift_us
      FROM fuzzy_item i JOIN access_event e ON e.event_id = i.eid JOIN fuzzy_event f ON f.eid = i.eid
      JOIN span s ON s.row_id = i.sid JOIN fuzzy_span n ON n.sid = i.sid
      JOIN fuzzy_clock c ON c.source = f.source AND c.service = n.service
      LEFT JOIN fuzzy_alias a ON a.h_actor = f.h_actor AND a.h_service = n.h_service
    )
    SELECT link_id, row_number() OVER (PARTITION BY link_id ORDER BY ordinal) - 1, item, ${texts('event')}, ${texts('span')}, weight,
      coalesce(${texts('text')}, item)
    FROM fuzzy_told ORDER BY link_id, ordinal`)
  await writer.run(sql`
    UPDATE link SET summary = t.summary FROM (
      SELECT l.link_id, string_agg(v."text", ' ' ORDER BY v.weight DESC, v.ordinal) FILTER (WHERE v.place <= 3)
        || (CASE WHEN any_value(l.margin) IS NULL THEN ' No other span comes into question.'
          ELSE format(' The next best lies {:.1f} lower.', any_value(l.margin)) END)
        || (CASE WHEN bool_or(l.open) THEN ' A clock seems to be elsewhere, which nobody has agreed to yet: so this is only possible.' ELSE '' END) AS summary
      FROM fuzzy_link l JOIN (
        SELECT *, row_number() OVER (PARTITION BY link_id ORDER BY weight DESC, ordinal) AS place FROM link_evidence WHERE item <> 'chance'
      ) v ON v.link_id = l.link_id
      GROUP BY l.link_id
    ) t WHERE t.link_id = link.link_id`)
}

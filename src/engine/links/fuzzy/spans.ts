/** Spans as the fuzzy tier compares them: one narrow row each, values as hashes, and how many share each value. */
import type { Writer } from '../../db/database'
import { type Sql, sql } from '../../db/sql'
import { linkedNames } from '../../identities/linked'
import { bucketUs, maxBlock, maxBuckets } from './weights'

/** A value to compare, or NULL: `hash` alone gives NULL a hash too. */
export function hashed(value: Sql): Sql {
  return sql`(CASE WHEN (${value}) IS NOT NULL AND (${value}) <> '' THEN hash(${value}) END)`
}

export function plainAddress(value: Sql): Sql {
  return sql`lower(regexp_replace(${value}, '^::ffff:', '', 'i'))`
}

/** The name before the domain of a mail address; other names as they are. */
export function loginName(value: Sql): Sql {
  return sql`regexp_extract(${value}, '^([^@]+)', 1)`
}

/** A route as it is compared: what its variables are called does not matter. */
export function routeTemplate(value: Sql): Sql {
  return sql`regexp_replace(${value}, '(:[A-Za-z_][A-Za-z0-9_]*|[{][^}/]*[}]|<[^>/]*>)', '{}', 'g')`
}

/** Who serves a call to a third party, by the name of its host. */
const party = sql`(CASE
  WHEN regexp_matches(peer_address, '(^|[.])okta(preview|-emea)?[.]com$') THEN 'okta'
  WHEN regexp_matches(peer_address, '(^|[.])github[.]com$') THEN 'github'
  WHEN regexp_matches(peer_address, '(^|[.])slack[.]com$') THEN 'slack'
  WHEN regexp_matches(peer_address, '(^|[.])(microsoftonline[.]com|graph[.]microsoft[.]com|windows[.]net)$') THEN 'entra'
  WHEN regexp_matches(peer_address, '(^|[.])googleapis[.]com$') THEN 'google'
  WHEN regexp_matches(peer_address, '(^|[.])1password[.](com|eu|ca)$') THEN 'onepassword' END)`

const commands = '(SELECT|INSERT|UPDATE|DELETE|MERGE|COPY|TRUNCATE|CALL|CREATE|ALTER|DROP|GRANT|REVOKE)'

/** Fills `fuzzy_span` and `fuzzy_span_key`. */
export async function readSpans(writer: Writer): Promise<void> {
  const person = await linkedNames(writer)
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_trace AS
    SELECT trace_id,
      CASE WHEN count(DISTINCT lower(user_id)) = 1 THEN any_value(lower(user_id)) END AS who,
      arg_min(client_address, start_ns) FILTER (WHERE client_address IS NOT NULL AND kind = 'server') AS address
    FROM span WHERE user_id IS NOT NULL OR client_address IS NOT NULL
    GROUP BY trace_id`)
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_span AS
    WITH read AS (
      SELECT s.row_id AS sid, hash(s.trace_id) AS tid, hash(s.trace_id || s.span_id) AS self,
        ${hashed(sql`s.trace_id || s.parent_span_id`)} AS above, s.kind = 'server' AS serving, coalesce(s.service, '') AS service,
        s.start_ns // 1000 AS start_us,
        least((s.start_ns::HUGEINT + s.duration_ns) // 1000, 9000000000000000000)::BIGINT AS end_us,
        CASE WHEN s.db_fingerprint IS NOT NULL OR s.db_name IS NOT NULL THEN 'db'
          WHEN s.rpc_method IS NOT NULL THEN 'call'
          WHEN s.http_method IS NOT NULL AND s.kind = 'server' THEN 'http'
          WHEN s.http_method IS NOT NULL THEN 'client' END AS channel,
        ${hashed(sql`lower(s.service)`)} AS h_service, ${hashed(sql`s.pod`)} AS h_pod,
        ${hashed(plainAddress(sql`CASE WHEN s.kind = 'server' THEN s.client_address ELSE s.host_address END`))} AS h_addr,
        ${hashed(plainAddress(sql`t.address`))} AS h_addr_far,
        ${hashed(person(sql`coalesce(lower(s.user_id), t.who)`))} AS h_who,
        ${hashed(loginName(sql`coalesce(lower(s.user_id), t.who)`))} AS h_login, ${hashed(person(sql`lower(s.db_user)`))} AS h_role,
        ${hashed(sql`s.user_agent`)} AS h_agent, ${hashed(sql`s.cloud_resource`)} AS h_res,
        CASE WHEN s.status = 'error' OR s.http_status >= 400 THEN 'err' ELSE 'ok' END AS st, s.http_status,
        CASE WHEN s.db_fingerprint IS NOT NULL THEN 'sql|' || s.db_fingerprint
          WHEN s.db_name IS NOT NULL AND contains(lower(s.name), 'connect') THEN 'connect|' || s.db_name
          WHEN s.db_name IS NOT NULL AND regexp_matches(upper(s.name), ${commands})
            THEN 'command|' || regexp_extract(upper(s.name), ${commands}, 1) || '|' || s.db_name
          WHEN s.rpc_method IS NOT NULL THEN 'call|' || lower(s.rpc_method)
          WHEN s.http_method IS NOT NULL AND s.url_path IS NOT NULL
            THEN 'http|' || upper(s.http_method) || '|' || s.url_path
          WHEN s.http_method IS NOT NULL AND s.http_route IS NOT NULL
            THEN 'route|' || upper(s.http_method) || '|' || ${routeTemplate(sql`s.http_route`)} END AS op,
        CASE WHEN s.kind <> 'server' THEN ${party} END AS party,
        CASE WHEN s.kind = 'server' THEN lower(s.user_id) END AS served
      FROM span s LEFT JOIN fuzzy_trace t ON t.trace_id = s.trace_id
    )
    SELECT * EXCLUDE (op, party, served),
      ${hashed(sql`op`)} AS k_op, ${hashed(sql`'party|' || party`)} AS k_party, ${hashed(sql`'who|' || served`)} AS k_who
    FROM read WHERE op IS NOT NULL OR party IS NOT NULL OR served IS NOT NULL
    ORDER BY start_us`)
  await countShares(writer)
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_span_key AS
    WITH keyed AS (
      SELECT sid, start_us, end_us, unnest([k_op, k_party, k_who]) AS k FROM fuzzy_span
    ), placed AS (
      SELECT sid, k, start_us, end_us, start_us // ${bucketUs} AS first, end_us // ${bucketUs} AS last FROM keyed WHERE k IS NOT NULL
    )
    SELECT sid, k, first, last, unnest(list_distinct(range(first, least(last, first + ${maxBuckets}) + 1) || [last])) AS bucket, start_us, end_us
    FROM placed
    ORDER BY bucket, k`)
  // What is alike so often says nothing about any of it.
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_crowded AS
    SELECT k, bucket FROM fuzzy_span_key GROUP BY ALL HAVING count(*) > ${maxBlock}`)
  await writer.run(sql`DELETE FROM fuzzy_span_key WHERE (k, bucket) IN (SELECT (k, bucket) FROM fuzzy_crowded)`)
}

/**
 * How many spans of the same channel and time slice share each value, and how many there are: what damps. The slices
 * hold some hundred spans.
 */
async function countShares(writer: Writer): Promise<void> {
  const sharing = (value: Sql) => sql`count(*) OVER (PARTITION BY channel, slice, ${value})`
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_channel AS
    SELECT channel, count(*) AS spans, min(start_us) AS from_us,
      greatest(8000000, (max(start_us) - min(start_us) + 1) * 300 // count(*))::BIGINT AS slice_us
    FROM fuzzy_span GROUP BY channel`)
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_span_counted AS
    WITH sliced AS (
      SELECT s.*, c.slice_us, (s.start_us - c.from_us) // c.slice_us AS slice
      FROM fuzzy_span s JOIN fuzzy_channel c ON c.channel IS NOT DISTINCT FROM s.channel
    )
    SELECT * EXCLUDE (slice), ${sharing(sql`NULL`)}::INTEGER AS n_all, ${sharing(sql`k_op`)}::INTEGER AS n_op,
      ${sharing(sql`h_addr`)}::INTEGER AS n_addr, ${sharing(sql`h_addr_far`)}::INTEGER AS n_far,
      ${sharing(sql`h_who`)}::INTEGER AS n_who, ${sharing(sql`h_service`)}::INTEGER AS n_service,
      ${sharing(sql`h_pod`)}::INTEGER AS n_pod, ${sharing(sql`h_agent`)}::INTEGER AS n_agent,
      ${sharing(sql`h_res`)}::INTEGER AS n_res, ${sharing(sql`st`)}::INTEGER AS n_st,
      ${sharing(sql`k_op, h_addr`)}::INTEGER AS n_op_addr
    FROM sliced ORDER BY start_us`)
  await writer.run(sql`DROP TABLE fuzzy_span`)
  await writer.run(sql`ALTER TABLE fuzzy_span_counted RENAME TO fuzzy_span`)
}

/** Events as the fuzzy tier compares them: those that a request may stand behind and that no id links. */
import type { Writer } from '../../db/database'
import { sql } from '../../db/sql'
import { linkedNames } from '../../identities/linked'
import { hashed, loginName, plainAddress, routeTemplate } from './spans'

/** Who an event is about when it is sent to a third party, as `party` names it for spans. */
const party = sql`(CASE
  WHEN source = 'okta' THEN 'okta' WHEN starts_with(source, 'github') THEN 'github' WHEN starts_with(source, 'slack') THEN 'slack'
  WHEN starts_with(source, 'entra') THEN 'entra' WHEN source IN ('gworkspace', 'google_workspace') THEN 'google'
  WHEN starts_with(source, 'onepassword') THEN 'onepassword' END)`

/** Comings and goings are no requests; what is granted or asked for in a call of its own is one. */
const asksForSomething = sql`(coalesce(class, '') NOT IN ('authn', 'session') OR ${party} IS NOT NULL
  OR db_fingerprint IS NOT NULL OR source IN ('cloudtrail', 'gcp_audit') OR (source = 'pgaudit' AND activity = 'connect'))
  AND coalesce(activity, '') <> 'logout'`

/** A span may answer several records of one operation: the tables of a statement, the two accounts of a call. */
const operation = sql`hash(source || '|' || (CASE
  WHEN source = 'pgaudit' AND regexp_matches(source_event_id, '^[^/]+/[0-9]+')
    THEN regexp_extract(source_event_id, '^([^/]+/[0-9]+)', 1)
  WHEN source <> 'pgaudit' AND request_id IS NOT NULL THEN request_id
  ELSE event_id::VARCHAR END))`

/** Records that one operation writes side by side (the statement and its error; each attempt of a call) do not compete. */
const lane = sql`hash(source || (CASE
  WHEN source = 'pgaudit' THEN (CASE WHEN contains(source_event_id, '#') THEN '|line' ELSE '|audit' END)
  WHEN outcome IN ('success', 'unknown') THEN '|done' ELSE '|refused' END))`

/** Fills `fuzzy_event` and `fuzzy_event_key`. */
export async function readEvents(writer: Writer): Promise<void> {
  const person = await linkedNames(writer)
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_event AS
    WITH open AS (
      SELECT e.* EXCLUDE (raw), epoch_us(ts) AS ts_us FROM access_event e
      WHERE ts IS NOT NULL AND ${asksForSomething}
        -- An id that is not believed leaves the event to whatever else speaks for a span.
        AND event_id NOT IN (SELECT event_id FROM link WHERE starts_with("method", 'exact') AND "level" <> 'possible')
    ), read AS (
      SELECT event_id AS eid, seq, source, ts_us,
        ts_us + (CASE ts_precision WHEN 's' THEN 999999 WHEN 'ms' THEN 999 ELSE 0 END) AS hi_us,
        coalesce(ts_kind, 'logged') AS tk, ts_precision = 's' AS whole, duration_us,
        (CASE WHEN coalesce(ts_kind, 'logged') = 'logged' THEN 5000000 ELSE 1000000 END)::BIGINT AS slack_us,
        ${operation} AS grp, ${lane} AS lane, source = 'pgaudit' AND contains(coalesce(source_event_id, ''), '#') AS beside, actor_key, ${hashed(sql`actor_key`)} AS h_actor,
        db_fingerprint IS NOT NULL AS statement, ${hashed(sql`source || session_id`)} AS h_session,
        ${hashed(plainAddress(sql`src_ip`))} AS h_addr,
        coalesce(starts_with(src_ip, '10.') OR starts_with(src_ip, '192.168.') OR starts_with(src_ip, '127.')
          OR regexp_matches(src_ip, '^172[.](1[6-9]|2[0-9]|3[01])[.]') OR regexp_matches(lower(src_ip), '^(fe80|f[cd]|::1)'), FALSE)
          AS private,
        ${hashed(person(sql`lower(coalesce(actor_email, actor_name, actor_id))`))} AS h_who,
        ${hashed(loginName(sql`lower(coalesce(actor_email, actor_name, actor_id))`))} AS h_login,
        ${hashed(person(sql`lower(coalesce(effective_name, actor_name))`))} AS h_role,
        ${hashed(sql`regexp_extract(lower(coalesce(effective_name, actor_name)), '([^:/]+)$', 1)`)} AS h_account,
        ${hashed(sql`user_agent`)} AS h_agent,
        ${hashed(sql`regexp_extract(lower(user_agent), '^([^/ ]+)', 1)`)} AS h_product,
        ${hashed(sql`coalesce(list_filter(chain, hop -> hop.type = 'pod')[1].name, actor_name)`)} AS h_pod,
        ${hashed(sql`resource_name`)} AS h_res,
        ${hashed(sql`regexp_extract(resource_name, '([^/:]+)$', 1)`)} AS h_res_last,
        CASE WHEN outcome = 'success' THEN 'ok' WHEN outcome = 'throttled' THEN 'again'
          WHEN outcome IN ('denied', 'failed', 'auth_failed') THEN 'err' END AS st, http_status,
        CASE WHEN db_fingerprint IS NOT NULL THEN 'sql|' || db_fingerprint
          WHEN source = 'pgaudit' AND activity = 'connect' THEN 'connect|' || db_name
          WHEN http_method IS NOT NULL AND http_path IS NOT NULL
            THEN 'http|' || upper(http_method) || '|' || regexp_replace(http_path, '[?#].*$', '')
          WHEN source IN ('cloudtrail', 'gcp_audit') THEN 'call|' || lower(regexp_extract(action, '([A-Za-z0-9_]+)$', 1)) END AS op,
        CASE WHEN db_fingerprint IS NOT NULL AND db_name IS NOT NULL THEN 'command|' || upper(action) || '|' || db_name
          WHEN http_method IS NOT NULL AND resource_type = 'http route'
            THEN 'route|' || upper(http_method) || '|' || ${routeTemplate(sql`resource_name`)} END AS op_near,
        ${party} AS party,
        CASE WHEN coalesce(class, '') NOT IN ('authn', 'session') THEN lower(coalesce(actor_email, actor_name)) END AS who
      FROM open
    )
    SELECT * EXCLUDE (op, op_near, party, who), row_number() OVER (ORDER BY ts_us, seq) AS no, ${hashed(sql`op`)} AS k_op, ${hashed(sql`op_near`)} AS k_near,
      ${hashed(sql`'party|' || party`)} AS k_party,
      CASE WHEN op IS NULL AND party IS NULL THEN ${hashed(sql`'who|' || who`)} END AS k_who
    FROM read
    ORDER BY ts_us, seq`)
  // Only what some span answers costs anything from here on.
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_event_key AS
    SELECT eid, k FROM (SELECT eid, unnest([k_op, k_near, k_party, k_who]) AS k FROM fuzzy_event)
    WHERE k IS NOT NULL AND k IN (SELECT k FROM fuzzy_span_key)`)
  await writer.run(sql`DELETE FROM fuzzy_event WHERE eid NOT IN (SELECT eid FROM fuzzy_event_key)`)
}

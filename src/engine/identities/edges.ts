/**
 * What the records themselves say of two actor keys being one identity. Each pair has its basis, how far it can be
 * trusted, and a record that shows it. A key that one basis ties to several others is shared and tied to none by it.
 */
import type { Writer } from '../db/database'
import { type Sql, sql } from '../db/sql'
import { issuedBy } from '../formats/cloudtrail/roleChain'
import { Edge } from './group'
import { commonNames } from './names'

const leastName = 4
const mostEdges = 200_000

/** Who nobody is: keys of these types never belong to a person. */
const nobody = sql`('anonymous', 'system')`
const people = sql`('user', 'db_user', 'unknown', 'root')`

/** Fills `identity_actor`: each key as its records describe it. */
export async function readActors(writer: Writer): Promise<void> {
  await writer.run(sql`
    CREATE TEMP TABLE identity_actor AS
    SELECT actor_key, source, actor_id, coalesce(actor_type, 'unknown') AS "type", actor_email,
      nullif(regexp_replace(regexp_replace(lower(actor_name), '@.*$', ''), '^.*[\\\\:/]', ''), '') AS name,
      split_part(actor_key, ':', 1) AS space, count(*) AS events, min(event_id) AS event_id
    FROM access_event
    WHERE actor_key IS NOT NULL AND NOT starts_with(actor_key, 'unknown:') AND coalesce(actor_type, '') NOT IN ${nobody}
    GROUP BY ALL`)
}

/** Pairs that the records show, best first, each pair once a basis: kept in `identity_edge`. */
export async function readEdges(writer: Writer): Promise<Edge[]> {
  await writer.run(
    sql`
      CREATE TEMP TABLE identity_edge AS
      WITH said AS (
        ${sql.join([oneRecord, issued, federated, signedIn, sameKey, sameSession, guests, domains, localParts, sameNames], ' UNION ALL ')}
      ), told AS (
        SELECT * FROM said
        WHERE a <> b AND a IN (SELECT actor_key FROM identity_actor) AND b IN (SELECT actor_key FROM identity_actor)
      ), clear AS (
        SELECT *, count(DISTINCT b) OVER (PARTITION BY basis, a, split_part(b, ':', 1)) AS others FROM told
      )
      SELECT a, b, basis, round(confidence, 2) AS confidence, said, events, event_id
      FROM clear WHERE others = 1
      ORDER BY confidence DESC, events DESC, a, b, basis LIMIT ${mostEdges}`,
  )
  return writer.all(
    Edge,
    sql`SELECT a, b, basis, confidence, said, events, event_id::VARCHAR AS "eventId" FROM identity_edge ORDER BY ALL`,
  )
}

const pair = (columns: Sql, rest: Sql) => sql`(SELECT ${columns} ${rest})`

/** The same native id with and without a mail address. */
const oneRecord = pair(
  sql`max(actor_key) AS a, min(actor_key) AS b, 'record' AS basis, 0.98::DOUBLE AS confidence, actor_id AS said,
    sum(events)::BIGINT AS events, min(event_id) AS event_id`,
  sql`FROM identity_actor
    WHERE length(actor_id) >= ${leastName} AND lower(actor_id) NOT IN ('unknown', 'system', 'anonymous', 'none')
    GROUP BY source, actor_id HAVING count(DISTINCT actor_key) = 2`,
)

/** The session and whoever asked for its key: less where the session also used keys of unknown origin. */
const issued = pair(
  sql`c.actor_key AS a, i.parent_key AS b,
    CASE i.parent_action WHEN 'AssumeRoleWithSAML' THEN 'saml' WHEN 'AssumeRoleWithWebIdentity' THEN 'web-identity' ELSE 'assume-role' END AS basis,
    0.6 + 0.37 * count(*) / any_value(t.events) AS confidence, any_value(c.credential_id) AS said, count(*) AS events,
    min(i.parent_event_id) AS event_id`,
  sql`FROM (${issuedBy()}) i JOIN access_event c ON c.event_id = i.event_id
    JOIN (SELECT actor_key, sum(events) AS events FROM identity_actor GROUP BY 1) t ON t.actor_key = c.actor_key
    WHERE coalesce(i.parent_type, '') NOT IN ${nobody} AND length(c.credential_id) >= 8
    GROUP BY c.actor_key, i.parent_key, 3`,
)

/** A cluster that says which cloud session stands behind the name. */
const federated = pair(
  sql`actor_key AS a, CASE WHEN contains(hop.name, '@') THEN 'mail:' || lower(hop.name) ELSE 'aws:' || hop.id END AS b,
    'federation' AS basis, 0.95 AS confidence, hop.id AS said, count(*) AS events, min(event_id) AS event_id`,
  sql`FROM (SELECT actor_key, event_id, unnest(list_filter(chain, h -> h.kind = 'federation' AND starts_with(h.id, 'arn:'))) AS hop
      FROM access_event WHERE chain IS NOT NULL AND source = 'k8s_audit') f
    WHERE NOT contains(hop.id, ':role/') GROUP BY ALL`,
)

/** The identity that was proven to the database, and the role that it came in as. */
const signedIn = pair(
  sql`actor_key AS a, 'mail:' || lower(hop.name) AS b, 'login' AS basis, 0.95 AS confidence, hop.name AS said, count(*) AS events,
    min(event_id) AS event_id`,
  sql`FROM (SELECT actor_key, event_id, unnest(list_filter(chain, h -> h.kind = 'login' AND contains(h.name, '@'))) AS hop
      FROM access_event WHERE chain IS NOT NULL AND source = 'pgaudit') f
    GROUP BY ALL`,
)

function together(column: Sql, where: Sql, basis: Sql, confidence: Sql): Sql {
  return pair(
    sql`max(actor_key) AS a, min(actor_key) AS b, ${basis} AS basis, ${confidence} AS confidence, ${column} AS said,
      count(*) AS events, min(event_id) AS event_id`,
    sql`FROM access_event WHERE length(${column}) >= 8 AND coalesce(actor_type, '') NOT IN ${nobody} AND ${where}
      GROUP BY ${column} HAVING count(DISTINCT actor_key) = 2`,
  )
}

const sameKey = together(
  sql`credential_id`,
  sql`credential_type IN ('access_key', 'temporary_key', 'aws_key')`,
  sql`'access-key'`,
  sql`0.95`,
)
const sameSession = together(
  sql`session_id`,
  sql`source IN ('okta', 'entra_signin', 'entra_audit', 'gworkspace', 'onepassword', 'slack')`,
  sql`'session'`,
  sql`0.9`,
)

const mails = sql`(SELECT DISTINCT actor_key, split_part(substr(actor_key, 6), '@', 1) AS local, split_part(substr(actor_key, 6), '@', -1) AS domain
  FROM identity_actor WHERE space = 'mail')`

/** A guest's name in another tenant holds the address at home. */
const guests = pair(
  sql`actor_key AS a, 'mail:' || regexp_replace(substr(actor_key, 6), '^(.+)_([^_@]+)#ext#@.*$', '\\1@\\2') AS b, 'guest' AS basis,
    0.95 AS confidence, substr(actor_key, 6) AS said, sum(events)::BIGINT AS events, min(event_id) AS event_id`,
  sql`FROM identity_actor WHERE space = 'mail' AND contains(actor_key, '#ext#@') GROUP BY actor_key`,
)

/** The same local part in domains of one owner: one within the other, or the tenant's own. */
const domains = pair(
  sql`x.actor_key AS a, y.actor_key AS b, 'domain' AS basis, 0.75 AS confidence, x.local AS said, 0::BIGINT AS events, NULL::UBIGINT AS event_id`,
  sql`FROM ${mails} x JOIN ${mails} y ON y.local = x.local
    AND (ends_with(x.domain, '.' || y.domain) OR x.domain = split_part(y.domain, '.', 1) || '.onmicrosoft.com')`,
)

const named = sql`(SELECT DISTINCT actor_key, space, name FROM identity_actor
  WHERE space <> 'mail' AND length(name) >= ${leastName} AND name NOT IN (SELECT unnest(${sql.strings(commonNames)}))
    AND ("type" IN ${people} OR (source = 'cloudtrail' AND "type" = 'role' AND contains(actor_key, ':assumed-role/'))))`

/** A name that is the local part of one mail address only, and that one key only of its kind bears. */
const localParts = pair(
  sql`n.actor_key AS a, m.actor_key AS b, 'local-part' AS basis, 0.6 AS confidence, n.name AS said, 0::BIGINT AS events, NULL::UBIGINT AS event_id`,
  sql`FROM ${named} n JOIN ${mails} m ON m.local = n.name
    WHERE (SELECT count(*) FROM ${named} o WHERE o.space = n.space AND o.name = n.name) = 1
      AND (SELECT count(*) FROM ${mails} o WHERE o.local = n.name) = 1`,
)

const sameNames = pair(
  sql`x.actor_key AS a, y.actor_key AS b, 'name' AS basis, 0.5 AS confidence, x.name AS said, 0::BIGINT AS events, NULL::UBIGINT AS event_id`,
  sql`FROM ${named} x JOIN ${named} y ON y.name = x.name AND y.space < x.space
    WHERE (SELECT count(*) FROM ${named} o WHERE o.space = x.space AND o.name = x.name) = 1
      AND (SELECT count(*) FROM ${named} o WHERE o.space = y.space AND o.name = y.name) = 1
      AND x.name NOT IN (SELECT local FROM ${mails})`,
)

/** The figures of the summary: how much there is, who appears, what was refused. */
import { sql } from '../../db/sql'
import { type Fact, type ModelTable, printLimits } from '../model'
import { type Ask, askFacts, askTable, queryText, shortTime } from './ask'

const top = printLimits.topRows

export function collectCounts(ask: Ask): Promise<Fact[]> {
  return askFacts(ask, [
    ['Access events', 'count', sql`SELECT count(*) AS value FROM access_event`],
    [
      'Denied or failed sign-in',
      'count',
      sql`SELECT count(*) AS value FROM access_event WHERE outcome IN ('denied', 'auth_failed')`,
    ],
    ['Actors', 'count', sql`SELECT count(DISTINCT actor_key) AS value FROM access_event`],
    ['Client addresses', 'count', sql`SELECT count(DISTINCT src_ip) AS value FROM access_event`],
    ['Resources', 'count', sql`SELECT count(DISTINCT resource_key) AS value FROM access_event`],
    ['Traces', 'count', sql`SELECT count(DISTINCT trace_id) AS value FROM span`],
    ['Spans', 'count', sql`SELECT count(*) AS value FROM span`],
    ['Log records', 'count', sql`SELECT count(*) AS value FROM log_record`],
    ['Metric points', 'count', sql`SELECT count(*) AS value FROM metric_point`],
    ['Notes', 'count', sql`SELECT count(*) AS value FROM note WHERE NOT deleted`],
  ])
}

export async function collectSpan(ask: Ask): Promise<{ firstTs: string | null; lastTs: string | null; sql: string }> {
  const query = sql`
    SELECT min(ts) AS first_ts, max(ts) AS last_ts
    FROM (SELECT ts FROM access_event UNION ALL SELECT ts FROM span)`
  const row = (await ask.db.rows(query, ask.signal))[0]
  const text = (value: unknown) => (typeof value === 'string' ? shortTime(value) : null)
  return { firstTs: text(row?.first_ts), lastTs: text(row?.last_ts), sql: queryText(query) }
}

export function collectOutcomes(ask: Ask): Promise<ModelTable> {
  return askTable(
    ask,
    [
      ['Outcome', 'text'],
      ['Events', 'count'],
    ],
    sql`SELECT outcome, count(*) AS events FROM access_event GROUP BY outcome ORDER BY events DESC, outcome`,
    top,
  )
}

export function collectSources(ask: Ask): Promise<ModelTable> {
  return askTable(
    ask,
    [
      ['Source', 'text'],
      ['Events', 'count'],
      ['Denied', 'count'],
      ['Failed sign-in', 'count'],
      ['First', 'time'],
      ['Last', 'time'],
    ],
    sql`
      SELECT source, count(*) AS events, count(*) FILTER (WHERE outcome = 'denied') AS denied,
        count(*) FILTER (WHERE outcome = 'auth_failed') AS auth_failed, min(ts) AS first_ts, max(ts) AS last_ts
      FROM access_event
      GROUP BY source
      ORDER BY events DESC, source`,
    40,
  )
}

export function collectLinks(ask: Ask): Promise<ModelTable> {
  return askTable(
    ask,
    [
      ['Level', 'text'],
      ['Links', 'count'],
      ['Events', 'count'],
      ['Traces', 'count'],
      ['Confirmed', 'count'],
      ['Rejected', 'count'],
    ],
    sql`
      SELECT "level", count(*) AS links, count(DISTINCT event_id) AS events, count(DISTINCT trace_id) AS traces,
        count(*) FILTER (WHERE verdict = 'confirmed') AS confirmed,
        count(*) FILTER (WHERE verdict = 'rejected') AS rejected
      FROM link
      GROUP BY "level"
      ORDER BY list_position(['certain', 'strong', 'likely', 'possible'], "level"), "level"`,
    10,
  )
}

export function collectKeyFacts(ask: Ask): Promise<Fact[]> {
  return askFacts(ask, [
    [
      'Actor with most refusals',
      'text',
      sql`
        SELECT coalesce(any_value(actor_name), actor_key) || ' (' || count(*) || ')' AS value
        FROM access_event
        WHERE outcome IN ('denied', 'auth_failed') AND actor_key IS NOT NULL
        GROUP BY actor_key
        ORDER BY count(*) DESC, actor_key
        LIMIT 1`,
    ],
    [
      'Action refused most',
      'text',
      sql`
        SELECT action || ' (' || count(*) || ')' AS value
        FROM access_event
        WHERE outcome = 'denied' AND action IS NOT NULL
        GROUP BY action
        ORDER BY count(*) DESC, action
        LIMIT 1`,
    ],
    [
      'First refusal',
      'time',
      sql`SELECT min(ts) AS value FROM access_event WHERE outcome IN ('denied', 'auth_failed')`,
    ],
    ['Last refusal', 'time', sql`SELECT max(ts) AS value FROM access_event WHERE outcome IN ('denied', 'auth_failed')`],
    [
      'Changes to rights (grant, revoke, policy)',
      'count',
      sql`
        SELECT count(*) AS value
        FROM access_event
        WHERE activity IN ('grant', 'revoke') OR class IN ('policy', 'iam')`,
    ],
    ['Traces with an error', 'count', sql`SELECT count(DISTINCT trace_id) AS value FROM span WHERE status = 'error'`],
    [
      'Events crossed with a trace (certain or strong)',
      'count',
      sql`
        SELECT count(DISTINCT event_id) AS value
        FROM link
        WHERE "level" IN ('certain', 'strong') AND coalesce(verdict, '') <> 'rejected'`,
    ],
  ])
}

export function collectActors(ask: Ask): Promise<ModelTable> {
  return askTable(
    ask,
    [
      ['Actor', 'text'],
      ['Type', 'text'],
      ['Events', 'count'],
      ['Refused', 'count'],
      ['Addresses', 'count'],
      ['First', 'time'],
      ['Last', 'time'],
    ],
    sql`
      SELECT coalesce(min(actor_name), actor_key, '(not stated)') AS actor, min(actor_type) AS actor_type,
        count(*) AS events, count(*) FILTER (WHERE outcome IN ('denied', 'auth_failed')) AS refused,
        count(DISTINCT src_ip) AS addresses, min(ts) AS first_ts, max(ts) AS last_ts
      FROM access_event
      GROUP BY actor_key
      ORDER BY refused DESC, events DESC, actor_key NULLS LAST`,
    top,
  )
}

export function collectAddresses(ask: Ask): Promise<ModelTable> {
  return askTable(
    ask,
    [
      ['Address', 'mono'],
      ['Country', 'text'],
      ['Events', 'count'],
      ['Refused', 'count'],
      ['Actors', 'count'],
      ['First', 'time'],
      ['Last', 'time'],
    ],
    sql`
      SELECT src_ip, min(src_country) AS src_country, count(*) AS events,
        count(*) FILTER (WHERE outcome IN ('denied', 'auth_failed')) AS refused,
        count(DISTINCT actor_key) AS actors, min(ts) AS first_ts, max(ts) AS last_ts
      FROM access_event
      WHERE src_ip IS NOT NULL
      GROUP BY src_ip
      ORDER BY refused DESC, events DESC, src_ip`,
    top,
  )
}

export function collectDenials(ask: Ask): Promise<ModelTable> {
  return askTable(
    ask,
    [
      ['Action', 'text'],
      ['Reason given', 'text'],
      ['Refused', 'count'],
      ['Actors', 'count'],
      ['First', 'time'],
      ['Last', 'time'],
    ],
    sql`
      SELECT coalesce(action, '(not stated)') AS action, coalesce(outcome_code, '') AS code, count(*) AS refused,
        count(DISTINCT actor_key) AS actors, min(ts) AS first_ts, max(ts) AS last_ts
      FROM access_event
      WHERE outcome IN ('denied', 'auth_failed')
      GROUP BY ALL
      ORDER BY refused DESC, action, code`,
    top,
  )
}

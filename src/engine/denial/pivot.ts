/**
 * The change that turned allow into deny: changes of policies, roles, grants and bindings in the 24 hours before, each
 * with what speaks for it. docs/analyses.md has the table of weights. A change that names neither the identity, nor the
 * resource, nor the policy is never a pivot, however close it is.
 */
import { z } from 'zod'
import type { Pivot } from '../../contract/analyses'
import { sql } from '../db/sql'
import type { Asking } from '../query/scope'
import { type DeniedEvent, stampOf } from './event'
import { namesOf } from './names'
import { sameIdentity } from './siblings'

const text = z.string().nullable()
const Change = z.object({
  event_id: z.string(),
  ts: z.string(),
  us: z.coerce.number(),
  source: z.string(),
  action: text,
  activity: text,
  actor: text,
  resource: text,
  subject: z.boolean(),
  subject_target: z.boolean(),
  object: z.boolean(),
  rule: z.boolean(),
  denies: z.boolean(),
})
type Change = z.output<typeof Change>
const LastAllowed = z.object({ us: z.coerce.number().nullable() })

const windowUs = 86_400_000_000n
const mostChanges = 500
/** Less is a coincidence of names. */
const leastScore = 6.5
const takesAway = /(delete|detach|revoke|remove|deactivate|disable|deny|unassign|drop)/i

export async function pivotsOf(asking: Asking, event: DeniedEvent): Promise<Pivot[]> {
  if (event.us === null) return []
  const { subjects, objects, rules } = namesOf(event)
  const at = BigInt(event.us)
  const any = (haystack: 'raw' | 'target', names: readonly string[]) =>
    names.length === 0
      ? sql`false`
      : sql`len(list_filter(${sql.strings(names)}, lambda n: contains(${sql.ident(haystack)}, n))) > 0`
  const changes = await asking.db.all(
    Change,
    sql`
      WITH change AS (
        SELECT event_id, ts, ts_precision, seq, source, action, activity, coalesce(actor_name, actor_email, actor_id) AS actor,
          coalesce(resource_name, resource_key) AS resource, lower(coalesce(raw, '')) AS raw,
          lower(concat_ws(' ', resource_key, resource_name, db_statement)) AS target
        FROM access_event
        WHERE ts <= make_timestamp(${at}::BIGINT) AND ts >= make_timestamp(${at - windowUs}::BIGINT) AND outcome = 'success'
          AND event_id <> ${BigInt(event.event_id)}
          AND ("class" IN ('iam', 'config') OR activity IN ('grant', 'revoke')
            OR regexp_matches(action, '(?i)(policy|grant|revoke|rolebinding|permission|acl)'))
          AND coalesce(activity, '') NOT IN ('read', 'list', 'assume', 'login', 'logout', 'connect')
      ), named AS (
        SELECT *, ${any('raw', subjects)} AS subject, ${any('target', subjects)} AS subject_target,
          ${any('raw', objects)} AS object, ${any('raw', rules)} AS rule,
          contains(raw, '"deny"') OR contains(raw, '\\"deny\\"') AS denies
        FROM change
      )
      SELECT event_id::VARCHAR AS event_id, ${stampOf} AS ts, epoch_us(ts)::VARCHAR AS us, source, action, activity, actor,
        resource, subject, subject_target, object, rule, denies
      FROM named WHERE subject OR object OR rule
      ORDER BY ts DESC, seq DESC LIMIT ${mostChanges}`,
    asking.signal,
  )
  if (changes.length === 0) return []
  const last = await asking.db.get(
    LastAllowed,
    sql`
      SELECT epoch_us(max(ts))::VARCHAR AS us FROM access_event
      WHERE outcome = 'success' AND source = ${event.source} AND ts < make_timestamp(${at}::BIGINT)
        AND ${sameIdentity(event)} AND action = ${event.action} AND resource_key = ${event.resource_key}`,
    asking.signal,
  )
  return changes
    .map((change) => weigh(change, event, Number(at), last?.us ?? null))
    .filter(({ score }) => score >= leastScore)
    .sort((a, b) => b.score - a.score || a.beforeUs - b.beforeUs)
}

function weigh(change: Change, event: DeniedEvent, atUs: number, lastAllowedUs: number | null): Pivot {
  const items: [number, string][] = []
  if (change.subject) items.push([change.subject_target ? 5 : 4, 'it names the identity that was refused'])
  if (change.object) items.push([3, 'it names the resource'])
  if (change.rule) items.push([4, 'it changes the policy that refused'])
  items.push(change.source === event.source ? [2, 'it is in the same log'] : [-3, 'it is in another log'])
  const away = takesAway.test(`${change.action ?? ''} ${change.activity ?? ''}`)
  if (event.policy_effect === 'explicit_deny') {
    if (change.denies) items.push([4, 'it states a deny, and the refusal is an explicit deny'])
    else if (away) items.push([-2, 'it takes something away, but the refusal is an explicit deny'])
  } else if (away) items.push([2, 'it takes something away'])
  else if (change.denies) items.push([1, 'it states a deny'])
  else if (change.activity === 'grant') items.push([-2, 'it gives something'])
  // A new role or user was allowed nothing before. A new policy is another matter, where it is the one that refused.
  else if (change.activity === 'create' && !change.rule) items.push([-4, 'it only brings something into being'])
  if (lastAllowedUs !== null) {
    items.push(
      change.us >= lastAllowedUs
        ? [3, 'the same was allowed before it and not since']
        : [-4, 'the same was still allowed after it'],
    )
  }
  const beforeUs = atUs - change.us
  items.push([2 * Math.exp(-beforeUs / 7_200e6), `it was made ${ago(beforeUs)} before`])
  const { event_id, ts, source, actor, action, activity, resource } = change
  return {
    event_id,
    ts,
    source,
    actor,
    action,
    activity,
    resource,
    score: Math.round(items.reduce((sum, [weight]) => sum + weight, 0) * 100) / 100,
    beforeUs,
    reasons: items.map(([weight, reason]) => `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}: ${reason}`),
  }
}

export function ago(us: number): string {
  const s = us / 1e6
  if (s < 120) return `${s < 10 ? s.toFixed(1) : Math.round(s)} seconds`
  return s < 7_200 ? `${Math.round(s / 60)} minutes` : `${(s / 3_600).toFixed(1)} hours`
}

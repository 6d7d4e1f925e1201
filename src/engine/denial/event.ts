/** The refused access, and the strongest link it has. */
import { z } from 'zod'
import { AppError } from '../../common/errors'
import { LinkLevel } from '../../contract/shared'
import { sql } from '../db/sql'
import type { Asking } from '../query/scope'
import { stamp } from '../query/stamp'

const text = z.string().nullable()
const Chain = z.object({ kind: text, id: text, name: text, type: text })

export const stampOf = stamp(sql`ts`, sql`ts_precision`)

const DeniedEvent = z.object({
  event_id: z.string(),
  ts: text,
  us: z.coerce.number().nullable(),
  source: z.string(),
  action: text,
  service: text,
  outcome: z.string(),
  outcome_code: text,
  outcome_reason: text,
  policy: text,
  policy_type: text,
  policy_effect: text,
  permission: text,
  actor_key: text,
  actor_id: text,
  actor_name: text,
  actor_email: text,
  effective_id: text,
  effective_name: text,
  chain: z.array(Chain).nullable(),
  session_id: text,
  credential_id: text,
  src_ip: text,
  user_agent: text,
  resource_key: text,
  resource_type: text,
  resource_name: text,
  request_id: text,
  db_statement: text,
})
export type DeniedEvent = z.output<typeof DeniedEvent>

const Link = z.object({ trace_id: z.string(), span_id: text, level: LinkLevel })
export type DenialLink = z.output<typeof Link>

/** Outcomes that are refusals; a wrong password is one only where a policy or a rule says so. */
export const refused = sql`(outcome = 'denied' OR (outcome = 'auth_failed' AND policy_effect IS NOT NULL))`

/** Errors: `not-found`; `input.refused` where the event was not denied. */
export async function deniedEvent({ db, signal }: Asking, eventId: string): Promise<DeniedEvent> {
  const event = await db.get(
    DeniedEvent,
    sql`
      SELECT event_id::VARCHAR AS event_id, ${stampOf} AS ts, epoch_us(ts)::VARCHAR AS us, source, action, service, outcome,
        outcome_code, outcome_reason, policy, policy_type, policy_effect, permission, actor_key, actor_id, actor_name,
        actor_email, effective_id, effective_name, chain, session_id, credential_id, src_ip, user_agent, resource_key,
        resource_type, resource_name, request_id, db_statement
      FROM access_event WHERE event_id = ${BigInt(eventId)}`,
    signal,
  )
  if (event === undefined) throw new AppError('not-found', `There is no event ${eventId} in this case.`, { eventId })
  if (event.outcome !== 'denied' && (event.outcome !== 'auth_failed' || event.policy_effect === null))
    throw new AppError('input.refused', 'This event was not denied, so there is no path to a denial.', {
      eventId,
      outcome: event.outcome,
    })
  return event
}

export async function denialLink({ db, signal }: Asking, eventId: string): Promise<DenialLink | null> {
  const link = await db.get(
    Link,
    sql`
      SELECT trace_id, span_id, "level" FROM link
      WHERE event_id = ${BigInt(eventId)} AND trace_id IS NOT NULL AND coalesce(verdict, '') <> 'rejected'
        AND ("level" <> 'possible' OR verdict = 'confirmed')
      ORDER BY coalesce(verdict, '') = 'confirmed' DESC,
        CASE "level" WHEN 'certain' THEN 0 WHEN 'strong' THEN 1 ELSE 2 END, span_id IS NULL, score DESC, link_id
      LIMIT 1`,
    signal,
  )
  return link ?? null
}

/** How the analyst knows the identity. */
export function actorLabel(event: DeniedEvent): string {
  return event.actor_name ?? event.actor_email ?? event.actor_id ?? event.actor_key ?? 'an unnamed identity'
}

export function resourceLabel(event: DeniedEvent): string {
  return event.resource_name ?? event.resource_key ?? event.service ?? event.source
}

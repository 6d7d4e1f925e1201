/**
 * Who asked: the sign-in, the session and the roles that were taken, from the events that show them. What the record
 * names and no event shows becomes a step `missing`.
 */
import { z } from 'zod'
import { sql } from '../db/sql'
import { callsIssuing } from '../formats/cloudtrail/roleChain'
import type { Asking } from '../query/scope'
import { actorLabel, type DeniedEvent, stampOf } from './event'
import { type Step, step } from './steps'

const text = z.string().nullable()
const Found = z.object({
  event_id: z.string(),
  ts: z.string(),
  us: z.coerce.number(),
  source: z.string(),
  action: text,
  actor: text,
  actor_key: text,
  credential_id: text,
  session_id: text,
  src_ip: text,
  user_agent: text,
  effective_name: text,
  resource_name: text,
  resource_key: text,
  mfa: z.boolean().nullable(),
  /** The record gives the key out, rather than naming it somewhere. */
  exact: z.boolean(),
})
type Found = z.output<typeof Found>

const columns = sql`event_id::VARCHAR AS event_id, ${stampOf} AS ts, epoch_us(ts)::VARCHAR AS us, source, action,
  coalesce(actor_name, actor_email, actor_id) AS actor, actor_key, credential_id, session_id, src_ip, user_agent,
  effective_name, resource_name, resource_key, mfa`

/** Roles are taken from roles; nobody does so often. */
const mostRoles = 8
const signInHours = 24

export async function identitySteps(asking: Asking, event: DeniedEvent): Promise<Step[]> {
  if (event.us === null) return []
  const roles: Step[] = []
  let credential = event.credential_id
  let actorKey = event.actor_key
  let session = event.session_id
  let beforeUs = event.us
  let first: Found | undefined
  const used = new Set([event.event_id])
  for (let depth = 0; depth < mostRoles && credential !== null; depth++) {
    const issue = await issuing(asking, credential, beforeUs)
    if (issue === undefined || used.has(issue.event_id)) break
    used.add(issue.event_id)
    roles.unshift(roleStep(issue, credential))
    first = issue
    credential = issue.credential_id
    actorKey = issue.actor_key
    session = issue.session_id
    beforeUs = issue.us
  }
  if (roles.length === 0) roles.push(...statedRoles(event))
  const signIn = await signInOf(asking, { session, actorKey, source: event.source, beforeUs })
  const alias = await aliasOf(asking, event.actor_key)
  const own = step({
    kind: 'session',
    title: actorLabel(event),
    text: alias === undefined ? sessionText(event) : `${sessionText(event)} ${alias.text}`,
    ts: null,
    event_id: alias?.event_id ?? null,
    facts: {
      session_id: event.session_id,
      credential_id: event.credential_id,
      src_ip: event.src_ip,
      user_agent: event.user_agent,
      actor_key: event.actor_key,
      identity: alias?.label,
      identity_basis: alias?.basis,
      identity_confidence: alias?.confidence,
    },
  })
  const begin =
    signIn === undefined
      ? (longTerm(event, first, credential) ??
        step({
          kind: 'missing',
          title: 'No sign-in',
          text: `No event of this case shows how ${roles.length > 0 ? 'the first identity of the chain' : actorLabel(event)} signed in during the ${signInHours} hours before.`,
        }))
      : step({
          kind: 'identity',
          title: `Sign-in of ${signIn.actor ?? 'an unnamed identity'}`,
          text: `${signIn.action ?? 'Sign-in'} (${signIn.source})${signIn.src_ip === null ? '' : ` from ${signIn.src_ip}`}${signIn.mfa === true ? ', with a second factor' : ''}.`,
          ts: signIn.ts,
          event_id: signIn.event_id,
          facts: { actor: signIn.actor, src_ip: signIn.src_ip, user_agent: signIn.user_agent, mfa: signIn.mfa },
        })
  return [begin, ...roles, own]
}

function sessionText(event: DeniedEvent): string {
  const parts = [
    event.effective_name !== null && event.effective_name !== event.actor_name
      ? `acts as ${event.effective_name}`
      : undefined,
    event.session_id === null ? undefined : `session ${event.session_id}`,
    event.src_ip === null ? undefined : `from ${event.src_ip}`,
    event.user_agent === null ? undefined : `with ${event.user_agent.slice(0, 80)}`,
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? 'The record says no more about the session.' : `${parts.join(', ')}.`
}

function roleStep(found: Found, credential: string): Step {
  const role = found.resource_name ?? found.resource_key ?? 'a role'
  return step({
    kind: 'role',
    title: `${found.actor ?? 'An unnamed identity'} → ${role}`,
    text: `${found.action ?? 'A role was taken'} gave out ${credential}${found.src_ip === null ? '' : ` to ${found.src_ip}`}${found.exact ? '' : '; its record names the key, but not as the one that it gave out'}.`,
    ts: found.ts,
    event_id: found.event_id,
    marks: [found.exact ? 'issued_key' : 'named_key'],
    facts: {
      actor: found.actor,
      actor_key: found.actor_key,
      used: found.credential_id,
      role,
      credential_id: credential,
      src_ip: found.src_ip,
      user_agent: found.user_agent,
    },
  })
}

/** Roles that the record itself names; no event shows that they were taken. */
function statedRoles(event: DeniedEvent): Step[] {
  return (event.chain ?? []).map((link) =>
    step({
      kind: 'role',
      title: link.name ?? link.id ?? 'An unnamed role',
      text: `Stated by the record (${link.kind ?? 'link of the chain'}); no event of this case shows it being taken.`,
      marks: ['stated'],
      facts: { id: link.id, type: link.type, kind: link.kind },
    }),
  )
}

/** A key that stays valid until somebody takes it back is used without a sign-in; undefined for any other. */
function longTerm(event: DeniedEvent, first: Found | undefined, credential: string | null): Step | undefined {
  if (credential?.startsWith('AKIA') !== true) return undefined
  const actor = first === undefined ? actorLabel(event) : (first.actor ?? 'an unnamed identity')
  return step({
    kind: 'identity',
    title: `Access key of ${actor}`,
    text: `${credential} is valid until it is taken back: no sign-in comes before its use.`,
    marks: ['access_key'],
    facts: {
      actor,
      actor_key: first === undefined ? event.actor_key : first.actor_key,
      credential_id: credential,
      src_ip: first === undefined ? event.src_ip : first.src_ip,
      user_agent: first === undefined ? event.user_agent : first.user_agent,
    },
  })
}

const Alias = z.object({
  label: z.string(),
  basis: z.string(),
  confidence: z.number(),
  text: z.string(),
  event_id: text,
})

/** Who the actor is elsewhere; undefined where nothing ties it to another key, or where the identity is named after it. */
async function aliasOf({ db, signal }: Asking, actorKey: string | null): Promise<z.output<typeof Alias> | undefined> {
  return db.get(
    Alias,
    sql`
      SELECT i.label, a.basis, a.confidence, 'The same as ' || i.label || ': ' || a."text" AS "text", a.event_id::VARCHAR AS event_id
      FROM identity_alias a JOIN identity i ON i.identity_id = a.identity_id
      WHERE a.actor_key = ${actorKey} AND a.basis <> 'primary' LIMIT 1`,
    signal,
  )
}

/** The call that gave out a credential: the one that answers with it, else the last one whose record names it at all. */
async function issuing({ db, signal }: Asking, credential: string, beforeUs: number): Promise<Found | undefined> {
  if (credential.length < 8) return undefined
  const before = sql`"class" = 'session' AND outcome = 'success' AND ts <= make_timestamp(${BigInt(beforeUs)}::BIGINT)
    AND credential_id IS DISTINCT FROM ${credential}`
  const exact = await db.all(
    Found,
    sql`
      SELECT ${columns}, TRUE AS exact FROM access_event WHERE ${before} AND event_id IN (${callsIssuing(credential)})
      ORDER BY ts DESC, seq DESC LIMIT 2`,
    signal,
  )
  if (exact.length === 1) return exact[0]
  return db.get(
    Found,
    sql`
      SELECT ${columns}, FALSE AS exact FROM access_event WHERE ${before} AND contains(raw, ${credential})
      ORDER BY ts DESC, seq DESC LIMIT 1`,
    signal,
  )
}

async function signInOf(
  { db, signal }: Asking,
  who: { session: string | null; actorKey: string | null; source: string; beforeUs: number },
): Promise<Found | undefined> {
  if (who.session === null && who.actorKey === null) return undefined
  const before = BigInt(who.beforeUs)
  return db.get(
    Found,
    sql`
      SELECT ${columns}, FALSE AS exact FROM access_event
      WHERE "class" IN ('authn', 'session') AND activity IN ('login', 'connect', 'logon', 'authenticate') AND outcome = 'success'
        AND ts <= make_timestamp(${before}::BIGINT) AND ts >= make_timestamp(${before - BigInt(signInHours) * 3_600_000_000n}::BIGINT)
        AND ((source = ${who.source} AND session_id = ${who.session})
          OR actor_key = ${who.actorKey}
          OR actor_key IN (
            SELECT b.actor_key FROM identity_alias a JOIN identity_alias b ON b.identity_id = a.identity_id
            WHERE a.actor_key = ${who.actorKey}))
      ORDER BY coalesce(source = ${who.source} AND session_id = ${who.session}, false) DESC, ts DESC, seq DESC LIMIT 1`,
    signal,
  )
}

/** What was allowed beside the refusal: the same identity elsewhere, others at the same resource, the same before and after. */
import { z } from 'zod'
import type { DenialPath } from '../../contract/analyses'
import { Sibling } from '../../contract/analyses'
import { type Sql, sql } from '../db/sql'
import { type Asking, all, atUs } from '../query/scope'
import { actorLabel, type DeniedEvent, resourceLabel, stampOf } from './event'

const Row = Sibling.extend({ total: z.number() })
const examples = 5

/** The identity across sessions: a role, where the event says which one it acts as. */
export function sameIdentity(event: DeniedEvent): Sql {
  if (event.effective_id !== null) return sql`effective_id = ${event.effective_id}`
  return sql`actor_key = ${event.actor_key}`
}

export async function siblingsOf(asking: Asking, event: DeniedEvent): Promise<DenialPath['siblings']> {
  const allowed = [sql`outcome = 'success'`, sql`source = ${event.source}`]
  const action = sql`action = ${event.action}`
  const resource = sql`resource_key = ${event.resource_key}`
  const who = sameIdentity(event)
  const at = event.us ?? 0
  const actor = actorLabel(event)
  const what = event.action ?? 'this'
  const where = resourceLabel(event)
  const known = event.us !== null
  const list = async (conditions: readonly Sql[], order: Sql, say: (total: number) => string) => {
    const rows = await asking.db.all(
      Row,
      sql`
        SELECT event_id::VARCHAR AS event_id, ${stampOf} AS ts, outcome,
          coalesce(actor_name, actor_email, actor_id) AS actor, action, coalesce(resource_name, resource_key) AS resource,
          count(*) OVER () AS total
        FROM access_event WHERE ${all(conditions)}
        ORDER BY ${order}, seq LIMIT ${examples}`,
      asking.signal,
    )
    const total = rows[0]?.total ?? 0
    return { total, examples: rows.map(({ total: _, ...row }) => row), text: say(total) }
  }
  const nearest = sql`abs(epoch_us(ts) - ${BigInt(at)}::BIGINT) NULLS LAST`
  return {
    sameActor: await list(
      [...allowed, who, action, sql`resource_key IS DISTINCT FROM ${event.resource_key}`],
      nearest,
      (n) =>
        n === 0 ? `${actor} was allowed ${what} nowhere else.` : `${actor} was allowed ${what} elsewhere ${times(n)}.`,
    ),
    sameResource: await list([...allowed, resource, sql`NOT coalesce(${who}, false)`], nearest, (n) =>
      n === 0 ? `Nobody else was allowed to reach ${where}.` : `Others were allowed to reach ${where} ${times(n)}.`,
    ),
    before: await list(
      known ? [...allowed, who, action, resource, sql`ts < ${atUs(at)}`] : [sql`FALSE`],
      sql`ts DESC`,
      (n) => (n === 0 ? 'The same was never allowed before.' : `The same was allowed before ${times(n)}.`),
    ),
    after: await list(
      known ? [...allowed, who, action, resource, sql`ts > ${atUs(at)}`] : [sql`FALSE`],
      sql`ts`,
      (n) => (n === 0 ? 'The same was not allowed afterwards.' : `The same was allowed afterwards ${times(n)}.`),
    ),
  }
}

const times = (n: number) => (n === 1 ? 'once' : `${n} times`)

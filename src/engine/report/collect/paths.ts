/** The refusals that the report explains, each with the way to it. */
import { z } from 'zod'
import type { PathStep } from '../../../contract/analyses'
import { sql } from '../../db/sql'
import { refused } from '../../denial/event'
import { denialPath } from '../../denial/path'
import { type Computed, type ModelPath, printLimits } from '../model'
import { type Ask, shortTime } from './ask'

const Picked = z.object({ event_id: z.string() })

/**
 * Refusals among the cited events. Where there are none: the first of each identity, action and resource, those that
 * a trace tells more of first.
 */
export async function collectPaths(ask: Ask, citedIds: readonly string[]): Promise<Computed<ModelPath>[]> {
  const cited = await ask.db.all(
    Picked,
    sql`
      SELECT event_id::VARCHAR AS event_id FROM access_event
      WHERE ${refused} AND event_id IN (SELECT CAST(unnest(${sql.strings(citedIds)}) AS UBIGINT))
      ORDER BY ts NULLS LAST, seq LIMIT ${printLimits.paths}`,
    ask.signal,
  )
  const picked = cited.length > 0 ? cited : await ask.db.all(Picked, firstOfKind, ask.signal)
  const paths: Computed<ModelPath>[] = []
  for (const { event_id: eventId } of picked) paths.push(await path(ask, eventId))
  return paths
}

const firstOfKind = sql`
  SELECT arg_min(e.event_id, (e.ts, e.seq))::VARCHAR AS event_id
  FROM access_event e LEFT JOIN (
    SELECT DISTINCT event_id FROM link
    WHERE coalesce(verdict, '') <> 'rejected' AND "level" IN ('certain', 'strong')
  ) l USING (event_id)
  WHERE ${refused} AND e.ts IS NOT NULL
  GROUP BY e.actor_key, e.action, e.resource_key
  HAVING count(l.event_id) > 0
  ORDER BY count(*) DESC, 1
  LIMIT ${printLimits.unaskedPaths}`

export async function path(ask: Ask, eventId: string): Promise<Computed<ModelPath>> {
  const found = await denialPath(ask, eventId)
  const { before, after, sameActor, sameResource } = found.siblings
  return {
    method: 'denial.path',
    params: { eventId },
    value: {
      eventId,
      ts: found.ts === null ? null : shortTime(found.ts),
      source: found.source,
      summary: found.summary,
      level: found.link?.level ?? null,
      steps: shortened(found.steps).map(({ kind, ts, title, text, marks, event_id }) => ({
        ...{ kind, title, text, marks },
        ts: ts === null ? null : shortTime(ts),
        eventId: event_id,
      })),
      stepsLeftOut: found.steps.length - shortened(found.steps).length,
      allowed: [before, after, sameActor, sameResource].filter(({ total }) => total > 0).map(({ text }) => text),
      missing: found.missing,
    },
  }
}

/** Spans between those that matter only carry the request on. */
function shortened(steps: readonly PathStep[]): readonly PathStep[] {
  return steps.filter(({ kind, marks }) => kind !== 'missing' && (kind !== 'span' || marks.length > 0))
}

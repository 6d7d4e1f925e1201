import { z } from 'zod'
import type { Handlers, Result } from '../../contract'
import { record } from '../case/open'
import { takeContent } from '../content/take'
import type { CaseSession, EngineContext } from '../context'
import type { Database } from '../db/database'
import { sql } from '../db/sql'
import { computeIdentities } from '../identities/compute'
import { computeExactLinks, type LinkStep } from './exact/compute'
import { computeFuzzyLinks } from './fuzzy/compute'
import { listLinks } from './list'
import { applyVerdicts, decideLink } from './verdicts'

type LinkMethod = 'links.compute' | 'links.list' | 'links.decide'

export function linkHandlers(context: EngineContext): Pick<Handlers, LinkMethod> {
  return {
    'links.compute': async (_, { signal, report }) => {
      const result = await relink(context.session(), signal, report)
      context.changed({ kind: 'links' })
      return result
    },
    async 'links.decide'(params) {
      await decideLink(context.session(), params)
      context.changed({ kind: 'links' })
      return {}
    },
    'links.list': async (params, { signal }) =>
      listLinks({ db: context.session().db, now: context.host.now(), signal }, params),
  }
}

const Totals = z.object({
  certain: z.number(),
  strong: z.number(),
  likely: z.number(),
  possible: z.number(),
  events: z.number(),
  spans: z.number(),
})

/** Finds all links anew and journals that it was done and what came out, so that a later change of it is found. */
export async function relink(
  session: CaseSession,
  signal?: AbortSignal,
  report?: (step: LinkStep) => void,
): Promise<Result<'links.compute'>> {
  const { db, journal } = session
  await record(session, 'link.compute', {})
  try {
    return await computeLinks(db, signal, report)
  } finally {
    await record(session, 'content.digest', await takeContent(db, journal.records(), 'tables'))
  }
}

/** Finds all links anew; also called at the end of an import. `events` and `spans` are those that are linked. */
export async function computeLinks(
  db: Database,
  signal?: AbortSignal,
  report?: (step: LinkStep) => void,
): Promise<Result<'links.compute'>> {
  const started = performance.now()
  await computeIdentities(db)
  await computeExactLinks(db, signal, report)
  await computeFuzzyLinks(db, signal, report)
  await applyVerdicts(db)
  const totals = await db.get(
    Totals,
    sql`
      SELECT count(*) FILTER (WHERE "level" = 'certain') AS certain, count(*) FILTER (WHERE "level" = 'strong') AS strong,
        count(*) FILTER (WHERE "level" = 'likely') AS likely, count(*) FILTER (WHERE "level" = 'possible') AS possible,
        count(DISTINCT event_id) AS events,
        count(DISTINCT (trace_id, span_id)) FILTER (WHERE span_id IS NOT NULL) AS spans
      FROM link`,
  )
  const { events = 0, spans = 0, certain = 0, strong = 0, likely = 0, possible = 0 } = totals ?? {}
  const elapsedMs = Math.round(performance.now() - started)
  return { links: { certain, strong, likely, possible }, events, spans, elapsedMs }
}

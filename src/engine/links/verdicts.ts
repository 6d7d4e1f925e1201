/** What the analyst said of links, laid over what was computed. Written after every linking and every decision. */
import { AppError } from '../../common/errors'
import type { Params } from '../../contract'
import { record } from '../case/open'
import { takeContent } from '../content/take'
import type { CaseSession } from '../context'
import type { Database } from '../db/database'
import { sql } from '../db/sql'

/** A confirmed pair is a link whatever the score says, and the only one that the fuzzy tier leaves to its event. */
export async function applyVerdicts(db: Database): Promise<void> {
  await db.transaction(async (writer) => {
    await writer.run(
      sql`DELETE FROM link_evidence WHERE link_id IN (SELECT link_id FROM link WHERE "method" = 'analyst')`,
    )
    await writer.run(sql`DELETE FROM link WHERE "method" = 'analyst'`)
    await writer.run(sql`
      UPDATE link SET verdict = (SELECT v.verdict FROM link_verdict v WHERE v.event_id = link.event_id AND v.trace_id = link.trace_id
        AND v.span_id IS NOT DISTINCT FROM link.span_id)
      WHERE verdict IS NOT NULL OR event_id IN (SELECT event_id FROM link_verdict)`)
    await writer.run(sql`
      INSERT INTO link (link_id, event_id, trace_id, span_id, "level", score, probability, margin, rivals, "method", verdict, summary)
      SELECT md5_number_lower(concat_ws('|', v.event_id, v.trace_id, v.span_id, 'analyst')), v.event_id, v.trace_id, v.span_id, 'strong', 0,
        NULL, NULL, 0, 'analyst', v.verdict, 'Confirmed by ' || v.author || '.'
      FROM link_verdict v
      WHERE v.verdict = 'confirmed' AND v.event_id IN (SELECT event_id FROM access_event)
        AND NOT EXISTS (SELECT 1 FROM link l WHERE l.event_id = v.event_id AND l.trace_id = v.trace_id AND l.span_id IS NOT DISTINCT FROM v.span_id)
      ORDER BY v.event_id, v.trace_id, v.span_id`)
    await writer.run(sql`
      CREATE TEMP TABLE verdict_ousted AS
      SELECT link_id FROM link WHERE "method" = 'fuzzy' AND verdict IS DISTINCT FROM 'confirmed'
        AND event_id IN (SELECT event_id FROM link_verdict WHERE verdict = 'confirmed')`)
    await writer.run(sql`DELETE FROM link_evidence WHERE link_id IN (SELECT link_id FROM verdict_ousted)`)
    await writer.run(sql`DELETE FROM link WHERE link_id IN (SELECT link_id FROM verdict_ousted)`)
    await writer.run(sql`DROP TABLE temp.verdict_ousted`)
  })
}

const acts = { confirmed: 'link.confirm', rejected: 'link.reject' } as const

/** Errors: `not-found` where the event, the trace or the span is not in the case. */
export async function decideLink(session: CaseSession, params: Params<'links.decide'>): Promise<void> {
  const { eventId, traceId, spanId, verdict } = params
  const span = spanId === null ? sql.empty : sql`AND span_id = ${spanId}`
  const event = await session.db.rows(
    sql`SELECT 1 FROM access_event WHERE event_id = TRY_CAST(${eventId} AS UBIGINT) LIMIT 1`,
  )
  if (event.length === 0) throw new AppError('not-found', 'There is no event with this id in the case.')
  const spans = await session.db.rows(sql`SELECT 1 FROM span WHERE trace_id = ${traceId} ${span} LIMIT 1`)
  if (spans.length === 0) throw new AppError('not-found', 'There is no such trace or span in the case.')
  await record(session, verdict === null ? 'link.clear' : acts[verdict], {
    event: eventId,
    trace: traceId,
    span: spanId,
  })
  await applyVerdicts(session.db)
  await record(session, 'content.digest', await takeContent(session.db, session.journal.records(), 'tables'))
}

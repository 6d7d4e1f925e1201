import { z } from 'zod'
import { sql } from '../../db/sql'
import { type ModelLink, printLimits } from '../model'
import type { Ask } from './ask'
import { grouped } from './grouped'

const LinkRow = z.object({
  link_id: z.string(),
  event_id: z.string(),
  trace_id: z.string().nullable(),
  span_id: z.string().nullable(),
  span: z.string().nullable(),
  level: z.string(),
  score: z.string(),
  margin: z.string().nullable(),
  rivals: z.number(),
  method: z.string(),
  verdict: z.string().nullable(),
})

const EvidenceRow = z.object({
  link_id: z.string(),
  item: z.string(),
  event_value: z.string().nullable(),
  span_value: z.string().nullable(),
  weight: z.string(),
  text: z.string(),
})

/** The links of these events, best first, each with its evidence in order. */
export async function linksOfEvents(ask: Ask, eventIds: readonly string[]): Promise<Map<string, ModelLink[]>> {
  const ids = sql.strings(eventIds)
  const links = await ask.db.all(
    LinkRow,
    sql`
      SELECT CAST(link.link_id AS VARCHAR) AS link_id, CAST(event_id AS VARCHAR) AS event_id, link.trace_id,
        link.span_id, named.span, "level", printf('%.2f', score) AS score, printf('%.2f', margin) AS margin, rivals,
        "method", verdict
      FROM link LEFT JOIN (
        SELECT trace_id, span_id, min(coalesce(service || ': ', '') || name) AS span FROM span GROUP BY trace_id, span_id
      ) named ON named.trace_id = link.trace_id AND named.span_id = link.span_id
      WHERE list_contains(${ids}, CAST(event_id AS VARCHAR))
      ORDER BY list_position(['certain', 'strong', 'likely', 'possible'], "level"), link.score DESC, link.link_id`,
    ask.signal,
  )
  const evidence = await ask.db.all(
    EvidenceRow,
    sql`
      SELECT CAST(link_id AS VARCHAR) AS link_id, item, event_value, span_value, printf('%.2f', weight) AS weight, "text"
      FROM link_evidence
      WHERE link_id IN (SELECT link_id FROM link WHERE list_contains(${ids}, CAST(event_id AS VARCHAR)))
      ORDER BY link_id, ordinal`,
    ask.signal,
  )
  const byLink = grouped(evidence, (row) => row.link_id)
  const toLink = (row: z.infer<typeof LinkRow>): ModelLink => ({
    traceId: row.trace_id,
    spanId: row.span_id,
    span: row.span,
    level: row.level,
    score: row.score,
    margin: row.margin,
    rivals: row.rivals,
    method: row.method,
    verdict: row.verdict,
    evidence: (byLink.get(row.link_id) ?? []).map((item) => ({
      item: item.item,
      eventValue: item.event_value,
      spanValue: item.span_value,
      weight: item.weight,
      text: item.text,
    })),
  })
  return new Map([...grouped(links, (row) => row.event_id)].map(([id, rows]) => [id, rows.map(toLink)]))
}

/** The trace to show beside an event: that of its best link which nobody rejected and which is more than a guess. */
export function shownTrace(links: readonly ModelLink[]): string | null {
  const link = links.find(
    (item) => item.verdict !== 'rejected' && (item.level === 'certain' || item.level === 'strong'),
  )
  return link?.traceId ?? null
}

export const linksShown = printLimits.linksPerEvent

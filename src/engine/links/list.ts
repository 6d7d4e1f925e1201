/** Links with their evidence: of one event, of one trace, or of all events of a filter. */
import { z } from 'zod'
import type { Params, Result } from '../../contract'
import { LinkRow } from '../../contract/traces'
import { type Sql, sql } from '../db/sql'
import { type Asking, all, scopeWhere } from '../query/scope'

const StoredLink = LinkRow.omit({ evidence: true, summary: true }).extend({
  link_id: z.string(),
  summary: z.string().nullable(),
})
const StoredEvidence = LinkRow.shape.evidence.element.extend({ link_id: z.string() })

export async function listLinks(asking: Asking, params: Params<'links.list'>): Promise<Result<'links.list'>> {
  const conditions: Sql[] = []
  if (params.eventId !== undefined) conditions.push(sql`l.event_id = ${BigInt(params.eventId)}`)
  if (params.traceId !== undefined) conditions.push(sql`l.trace_id = ${params.traceId}`)
  if (params.where.trim() !== '') {
    const where = await scopeWhere(asking, { filter: params.where })
    conditions.push(sql`l.event_id IN (SELECT event_id FROM access_event WHERE ${where})`)
  }
  const found = await asking.db.all(
    StoredLink,
    sql`
      SELECT l.link_id::VARCHAR AS link_id, l.event_id::VARCHAR AS event_id, l.trace_id, l.span_id, l."level", l.score,
        l.probability, l.margin, l.rivals, l."method", l.verdict, l.summary
      FROM link l LEFT JOIN access_event e ON e.event_id = l.event_id
      WHERE ${all(conditions)}
      ORDER BY e.ts NULLS LAST, e.seq, l.score DESC, l.link_id
      LIMIT ${params.limit + 1}`,
    asking.signal,
  )
  const links = found.slice(0, params.limit)
  const evidence = await evidenceOf(
    asking,
    links.map((link) => link.link_id),
  )
  return {
    links: links.map(({ link_id: id, summary, ...link }) => ({
      ...link,
      ...(summary === null ? {} : { summary }),
      evidence: evidence.get(id) ?? [],
    })),
    truncated: found.length > params.limit,
  }
}

const idsPerQuery = 10_000

async function evidenceOf(asking: Asking, ids: readonly string[]): Promise<Map<string, LinkRow['evidence']>> {
  const byLink = new Map<string, LinkRow['evidence']>()
  for (let at = 0; at < ids.length; at += idsPerQuery) {
    const wanted = JSON.stringify(ids.slice(at, at + idsPerQuery))
    const rows = await asking.db.all(
      StoredEvidence,
      sql`
        SELECT e.link_id::VARCHAR AS link_id, e.item, e.event_value, e.span_value, e.weight, e."text"
        FROM link_evidence e
        WHERE e.link_id IN (SELECT unnest(from_json(${wanted}, '["UBIGINT"]')))
        ORDER BY e.link_id, e.ordinal`,
      asking.signal,
    )
    for (const { link_id: id, ...item } of rows) {
      const own = byLink.get(id)
      if (own === undefined) byLink.set(id, [item])
      else own.push(item)
    }
  }
  return byLink
}

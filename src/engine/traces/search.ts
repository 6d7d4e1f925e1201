/** Finds traces: aggregates per trace in SQL, then roots and linked events of the page only. */
import { z } from 'zod'
import type { Params, Result } from '../../contract'
import { type Sql, sql } from '../db/sql'
import { compileChecked } from '../query/filter/compile'
import { spanFields } from '../query/filter/spanFields'
import { type Asking, all, inWindow, scopeWhere } from '../query/scope'

const Found = z.object({
  trace_id: z.string(),
  start_ns: z.string(),
  duration_ns: z.string(),
  spans: z.number(),
  errors: z.number(),
  services: z.array(z.string()),
  total: z.number(),
})
const Root = z.object({ trace_id: z.string(), name: z.string(), service: z.string().nullable() })
const Counts = z.object({ trace_id: z.string(), events: z.number(), denied: z.number() })

export async function searchTraces(asking: Asking, params: Params<'traces.search'>): Promise<Result<'traces.search'>> {
  const { db, signal } = asking
  const matching: Sql[] = []
  if (params.window !== undefined) matching.push(inTraces(inWindow(params.window)))
  if (params.service !== undefined) matching.push(inTraces(sql`service = ${params.service}`))
  if (params.errorsOnly) matching.push(inTraces(sql`status = 'error'`))
  const text = params.text.trim()
  if (text !== '')
    matching.push(
      inTraces(sql`contains(lower(name), lower(${text})) OR contains(lower(service), lower(${text}))
        OR starts_with(trace_id, lower(${text})) OR span_id = lower(${text})`),
    )
  if (params.events.trim() !== '') {
    const where = await scopeWhere(asking, { filter: params.events })
    matching.push(sql`trace_id IN (SELECT l.trace_id FROM link l WHERE coalesce(l.verdict, '') <> 'rejected'
      AND l.event_id IN (SELECT event_id FROM access_event WHERE ${where}))`)
  }
  if (params.spans.trim() !== '') {
    const nowUs = BigInt(asking.now.getTime()) * 1000n
    matching.push(inTraces((await compileChecked(db, params.spans, spanFields, nowUs, signal)).where))
  }
  // Sums of hostile numbers may pass 64 bits, so they are taken in 128.
  const found = await db.all(
    Found,
    sql`
      WITH trace AS (
        SELECT trace_id, min(start_ns) AS first, max(start_ns::HUGEINT + duration_ns) - min(start_ns) AS duration,
          count(*) AS spans, count(*) FILTER (WHERE status = 'error') AS errors,
          list_sort(coalesce(list(DISTINCT service) FILTER (WHERE service IS NOT NULL), [])) AS services
        FROM span
        WHERE ${all(matching)}
        GROUP BY trace_id
      )
      SELECT trace_id, first::VARCHAR AS start_ns, duration::VARCHAR AS duration_ns, spans, errors, services,
        count(*) OVER () AS total
      FROM trace
      ORDER BY ${orderOf(params.order)}, first, trace_id
      LIMIT ${params.limit}`,
    signal,
  )
  const ids = sql.strings(found.map((trace) => trace.trace_id))
  const roots = await db.all(
    Root,
    sql`
      SELECT s.trace_id,
        arg_min(s.name, (p.span_id IS NOT NULL, s.start_ns, s.row_id)) AS name,
        arg_min({v: s.service}, (p.span_id IS NOT NULL, s.start_ns, s.row_id)).v AS service
      FROM (FROM span WHERE list_contains(${ids}, trace_id)) s
      LEFT JOIN (SELECT DISTINCT trace_id, span_id FROM span WHERE list_contains(${ids}, trace_id)) p
        ON p.trace_id = s.trace_id AND p.span_id = s.parent_span_id AND s.parent_span_id <> s.span_id
      GROUP BY s.trace_id`,
    signal,
  )
  const counts = await db.all(
    Counts,
    sql`
      SELECT l.trace_id, count(DISTINCT e.event_id) AS events,
        count(DISTINCT e.event_id) FILTER (WHERE e.outcome = 'denied') AS denied
      FROM link l JOIN access_event e ON e.event_id = l.event_id
      WHERE list_contains(${ids}, l.trace_id) AND coalesce(l.verdict, '') <> 'rejected'
      GROUP BY l.trace_id`,
    signal,
  )
  const rootOf = new Map(roots.map((root) => [root.trace_id, root]))
  const countsOf = new Map(counts.map((count) => [count.trace_id, count]))
  const total = found[0]?.total ?? 0
  return {
    traces: found.map((trace) => ({
      traceId: trace.trace_id,
      rootName: rootOf.get(trace.trace_id)?.name ?? '',
      rootService: rootOf.get(trace.trace_id)?.service ?? null,
      startUs: Number(BigInt(trace.start_ns) / 1000n),
      durationUs: Number(trace.duration_ns) / 1000,
      spanCount: trace.spans,
      errorCount: trace.errors,
      services: trace.services,
      eventCount: countsOf.get(trace.trace_id)?.events ?? 0,
      deniedCount: countsOf.get(trace.trace_id)?.denied ?? 0,
    })),
    total,
    truncated: total > found.length,
  }
}

/** A trace matches as a whole as soon as one of its spans does. */
function inTraces(condition: Sql): Sql {
  return sql`trace_id IN (SELECT trace_id FROM span WHERE ${condition})`
}

function orderOf(order: Params<'traces.search'>['order']): Sql {
  switch (order) {
    case 'start':
      return sql`first`
    case '-start':
      return sql`first DESC`
    case '-duration':
      return sql`duration DESC`
    case '-spans':
      return sql`spans DESC`
    case '-errors':
      return sql`errors DESC`
  }
}

/** One trace with its tree, span events and the access events that are linked to its spans. */
import { z } from 'zod'
import { AppError } from '../../common/errors'
import type { TraceTree } from '../../contract/traces'
import type { Database } from '../db/database'
import { sql } from '../db/sql'
import { record, StoredSpan, spanColumns, spanRow } from './spanRow'
import { placeSpans } from './tree'

const SpanEvent = z.object({
  span_row_id: z.string(),
  name: z.string(),
  time_ns: z.string(),
  attributes: z.string().nullable(),
})
const Linked = z.object({ event_id: z.string(), span_id: z.string().nullable() })

/** Errors: `not-found`. Events that are linked to the trace but to no span of it stand at the first root. */
export async function getTrace(db: Database, traceId: string, signal?: AbortSignal): Promise<TraceTree> {
  const stored = await db.all(
    StoredSpan,
    sql`SELECT ${spanColumns} FROM span WHERE trace_id = ${traceId} ORDER BY start_ns, row_id`,
    signal,
  )
  if (stored.length === 0) throw new AppError('not-found', `There is no trace ${traceId} in this case.`, { traceId })
  const spanEvents = await db.all(
    SpanEvent,
    sql`SELECT span_row_id::VARCHAR AS span_row_id, name, time_ns::VARCHAR AS time_ns, attributes
      FROM span_event e WHERE e.trace_id = ${traceId} ORDER BY e.time_ns, e.ordinal`,
    signal,
  )
  const linked = await db.all(
    Linked,
    sql`
      SELECT DISTINCT l.event_id::VARCHAR AS event_id, l.span_id, e.ts, e.seq
      FROM link l JOIN access_event e ON e.event_id = l.event_id
      WHERE l.trace_id = ${traceId} AND coalesce(l.verdict, '') <> 'rejected'
      ORDER BY e.ts NULLS LAST, e.seq, l.span_id`,
    signal,
  )
  const placed = placeSpans(stored)
  const present = new Set(stored.map((span) => span.span_id))
  const eventsOf = new Map<string, string[]>()
  const firstId = placed[0]?.span.span_id ?? ''
  for (const { event_id: eventId, span_id: spanId } of linked)
    append(eventsOf, spanId !== null && present.has(spanId) ? spanId : firstId, eventId)
  const inside = new Map<string, (typeof spanEvents)[number][]>()
  for (const event of spanEvents) append(inside, event.span_row_id, event)
  const given = new Set<string>()
  const spans = placed.map(({ span, depth, children }) => {
    // Where two spans share an id, the first of them (the client) carries the events.
    const events = given.has(span.span_id) ? [] : [...new Set(eventsOf.get(span.span_id) ?? [])]
    given.add(span.span_id)
    return {
      ...spanRow(span),
      depth,
      children: [...children],
      events,
      span_events: (inside.get(span.row_id) ?? []).map((event) => ({
        name: event.name,
        time_ns: event.time_ns,
        attributes: record(event.attributes),
      })),
    }
  })
  const starts = stored.map((span) => BigInt(span.start_ns))
  const ends = stored.map((span) => BigInt(span.start_ns) + BigInt(span.duration_ns))
  const startNs = starts.reduce((a, b) => (b < a ? b : a))
  const endNs = ends.reduce((a, b) => (b > a ? b : a))
  const services = [...new Set(spans.flatMap((span) => (span.service === null ? [] : [span.service])))]
  return { traceId, spans, services, startNs: String(startNs), durationNs: String(endNs - startNs) }
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

import { z } from 'zod'
import { type Sql, sql } from '../../db/sql'
import type { ModelTrace } from '../model'
import { type Ask, queryText, shortTime } from './ask'

const TraceRow = z.object({
  span_count: z.number(),
  error_count: z.number(),
  first_ts: z.string().nullable(),
  duration_ns: z.string().nullable(),
})
const NameRow = z.object({ name: z.string() })
const FailingRow = z.object({
  span_id: z.string(),
  name: z.string(),
  service: z.string().nullable(),
  status_message: z.string().nullable(),
})

/** The same span may come from two files with different content; one of each id is told. */
function spansOf(traceId: string): Sql {
  return sql`(SELECT DISTINCT ON (span_id) * FROM span WHERE trace_id = ${traceId} ORDER BY span_id, row_id)`
}

/** A trace in short, or null where no span of it is in the case. */
export async function collectTrace(ask: Ask, traceId: string): Promise<ModelTrace | null> {
  const spans = spansOf(traceId)
  const { db, signal } = ask
  const query = sql`
    SELECT count(*) AS span_count, count(*) FILTER (WHERE status = 'error') AS error_count, min(ts) AS first_ts,
      CAST(max(start_ns + duration_ns) - min(start_ns) AS VARCHAR) AS duration_ns
    FROM ${spans}`
  const trace = await db.get(TraceRow, query, signal)
  if (trace === undefined || trace.span_count === 0 || trace.first_ts === null) return null
  const services = await db.all(
    NameRow,
    sql`
      SELECT service AS name
      FROM ${spans}
      WHERE service IS NOT NULL
      GROUP BY service
      ORDER BY min(start_ns), service
      LIMIT 20`,
    signal,
  )
  const roots = await db.all(
    NameRow,
    sql`
      SELECT coalesce(service || ': ', '') || name AS name
      FROM ${spans}
      WHERE parent_span_id IS NULL
      ORDER BY start_ns, span_id
      LIMIT 5`,
    signal,
  )
  const failing = await db.get(
    FailingRow,
    sql`
      SELECT span_id, name, service, status_message
      FROM ${spans} failed
      WHERE status = 'error' AND NOT EXISTS (
        SELECT 1 FROM span child
        WHERE child.trace_id = ${traceId} AND child.parent_span_id = failed.span_id AND child.status = 'error'
      )
      ORDER BY start_ns + duration_ns, span_id
      LIMIT 1`,
    signal,
  )
  return {
    traceId,
    spanCount: trace.span_count,
    errorCount: trace.error_count,
    services: services.map(({ name }) => name),
    roots: roots.map(({ name }) => name),
    firstTs: shortTime(trace.first_ts),
    durationNs: trace.duration_ns ?? '0',
    failing:
      failing === undefined
        ? null
        : { spanId: failing.span_id, name: failing.name, service: failing.service, message: failing.status_message },
    sql: queryText(query),
  }
}

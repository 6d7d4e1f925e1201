import type { TimeWindow } from '../../../contract/shared'

const at = (us: number) => `make_timestamp(${Math.trunc(us)})`

/** What each view shows of the matching events, as a query that gives the same figures. */
const bodies: Readonly<Record<string, string>> = {
  timeline: `SELECT time_bucket(INTERVAL '1 minute', ts) AS minute, source, outcome, count(*) AS events
FROM matching
WHERE ts IS NOT NULL
GROUP BY ALL
ORDER BY minute, source, outcome`,
  dashboard: `SELECT source, outcome, count(*) AS events, min(ts) AS first, max(ts) AS last
FROM matching
GROUP BY ALL
ORDER BY events DESC, source, outcome`,
  graph: `SELECT actor_key, service, resource_key, outcome, count(*) AS events
FROM matching
GROUP BY ALL
ORDER BY events DESC, actor_key, service, resource_key, outcome`,
  traces: `SELECT span.trace_id, min(span.service) AS service, count(DISTINCT matching.event_id) AS events, max(link.score) AS score
FROM matching
JOIN link USING (event_id)
JOIN span ON span.trace_id = link.trace_id AND span.span_id = link.span_id
GROUP BY ALL
ORDER BY events DESC, trace_id`,
}

/** The query behind a view, of the events that a filter holds; `filterSql` is how the engine reads the filter. */
export function sqlBehind(viewId: string | null, filterSql: string, window: TimeWindow | null): string {
  if (viewId === 'evidence') return 'SELECT *\nFROM source_file\nORDER BY import_id'
  if (viewId === 'notes') return 'SELECT *\nFROM note\nWHERE NOT deleted\nORDER BY created_at, note_id'
  const body = bodies[viewId ?? '']
  if (body === undefined && window === null) return filterSql
  const narrowed = window === null ? '' : `\n  WHERE ts >= ${at(window.fromUs)} AND ts < ${at(window.toUs)}`
  return `WITH matching AS (
  SELECT * FROM (${filterSql})${narrowed}
)
${body ?? 'SELECT *\nFROM matching\nORDER BY ts, seq'}`
}

/** One trace with its paths and the audit events that are linked to it. */
import { useMemo } from 'react'
import { parseInstant } from '../../../common/time'
import { accessEvents, type EventRow } from '../../drawing/waterfall/accessMarks'
import { criticalPath, piecesBySpan } from '../../drawing/waterfall/criticalPath'
import { errorPath } from '../../drawing/waterfall/errorPath'
import { buildTrace } from '../../drawing/waterfall/model'
import { useEngineQuery } from '../../state/useEngineQuery'

const MAX_EVENTS = 5_000
const eventFields = ['outcome', 'ts', 'action', 'actor_name', 'actor_key', 'source', 'ts_precision']

export function useTrace(traceId: string) {
  const tree = useEngineQuery('traces.get', { traceId }, { keepPrevious: true })
  const links = useEngineQuery('links.list', { traceId, limit: MAX_EVENTS })
  const linked = (links.data?.links.length ?? 0) > 0
  const events = useEngineQuery(
    'events.page',
    { scope: { filter: `link.trace:${traceId}` }, fields: eventFields, limit: MAX_EVENTS },
    { enabled: linked },
  )
  const trace = useMemo(() => (tree.data === undefined ? undefined : buildTrace(tree.data)), [tree.data])
  const paths = useMemo(() => {
    if (trace === undefined) return undefined
    const critical = criticalPath(trace)
    return { critical: piecesBySpan(critical), pieces: critical, errors: errorPath(trace) }
  }, [trace])
  const access = useMemo(
    () =>
      trace === undefined
        ? []
        : accessEvents(trace, links.data?.links ?? [], (events.data?.rows ?? []).flatMap(eventRow)),
    [trace, links.data, events.data],
  )
  return {
    trace: trace?.traceId === traceId ? trace : undefined,
    last: trace,
    paths,
    access,
    truncated: (links.data?.truncated ?? false) || (events.data?.more ?? false),
    busy: tree.isFetching || links.isFetching || events.isFetching,
    error: tree.error ?? links.error ?? events.error,
    retry: () => {
      for (const query of [tree, links, events]) if (query.error !== null) void query.refetch()
    },
  }
}

function eventRow(row: Readonly<Record<string, unknown>>): readonly EventRow[] {
  const { event_id: eventId, ts_us: tsUs, ts, outcome } = row
  if (typeof eventId !== 'string') return []
  const instant = typeof ts === 'string' ? parseInstant(ts) : undefined
  const us = typeof tsUs === 'number' ? tsUs : instant === undefined ? undefined : Number(instant.us)
  if (us === undefined) return []
  const who = row.actor_name ?? row.actor_key
  const title = [row.action, who === undefined ? undefined : `by ${String(who)}`, `(${String(row.source)})`]
  return [
    {
      eventId,
      us,
      precision: typeof row.ts_precision === 'string' ? row.ts_precision : undefined,
      outcome: typeof outcome === 'string' ? outcome : 'unknown',
      title: title.filter((part) => part !== undefined && part !== null).join(' '),
    },
  ]
}

/** Times of what is selected, of what lights up with it, and of notes. */
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { parseInstant } from '../../../common/time'
import type { TraceTree } from '../../../contract/traces'
import type { InstantMark, IntervalMark } from '../../drawing/timeline/marks'
import { buildTrace, serviceOf } from '../../drawing/waterfall/model'
import { type Lit, type SelectionState, spanKey } from '../../state/selection'
import { queryKey, useEngineQuery } from '../../state/useEngineQuery'
import { useClient, useSelection } from '../../state/workbench'

const MAX_TRACES = 3
const MAX_LINKED_EVENTS = 500

export interface Marks {
  readonly instants: readonly InstantMark[]
  readonly intervals: readonly IntervalMark[]
}

export function useMarks(laneBy: string): Marks {
  const focus = useSelection((s) => s.focus)
  const eventId = useSelection((s) => s.eventId)
  const traceId = useSelection((s) => s.traceId)
  const spanId = useSelection((s) => s.spanId)
  const lit = useSelection((s) => s.lit)
  const client = useClient()
  const column = useLaneColumn(laneBy)
  const selectedEvent = focus === 'event' ? eventId : null
  const traceIds = useMemo(() => shownTraces(focus, traceId, lit), [focus, traceId, lit])

  const event = useEngineQuery('events.get', { eventId: selectedEvent ?? '0' }, { enabled: selectedEvent !== null })
  const trees = useQueries({
    queries: traceIds.map((id) => ({
      queryKey: queryKey('traces.get', { traceId: id }),
      queryFn: ({ signal }: { signal: AbortSignal }) => client.call('traces.get', { traceId: id }, { signal }),
    })),
    combine: (results) => results.flatMap((result) => (result.data === undefined ? [] : [result.data])),
  })
  const pages = useQueries({
    queries: traceIds.map((id) => {
      const params = {
        scope: { filter: `link.trace:${id}` },
        fields: [...new Set(['outcome', column])],
        limit: MAX_LINKED_EVENTS,
      }
      return {
        queryKey: queryKey('events.page', params),
        queryFn: ({ signal }: { signal: AbortSignal }) => client.call('events.page', params, { signal }),
      }
    }),
    combine: (results) => results.flatMap((result) => result.data?.rows ?? []),
  })

  const instants = useMemo(() => {
    const marks = new Map<string, InstantMark>()
    for (const row of pages) {
      const mark = instantOf(row, column, selectedEvent)
      if (mark !== undefined && (lit.events.has(mark.eventId) || mark.selected)) marks.set(mark.eventId, mark)
    }
    if (selectedEvent !== null && event.data !== undefined) {
      const mark = instantOf(event.data.event, column, selectedEvent)
      if (mark !== undefined) marks.set(mark.eventId, mark)
    }
    return [...marks.values()]
  }, [pages, event.data, column, selectedEvent, lit])
  const intervals = useMemo(
    () => trees.flatMap((tree) => intervalsOf(tree, lit, focus === 'span' ? spanId : null)),
    [trees, lit, focus, spanId],
  )
  return { instants, intervals }
}

function shownTraces(focus: SelectionState['focus'], traceId: string | null, lit: Lit): readonly string[] {
  if (focus === 'trace' || focus === 'span') return traceId === null ? [] : [traceId]
  if (focus !== 'event') return []
  const fromSpans = [...lit.spans].map((key) => key.slice(0, key.indexOf('/')))
  return [...new Set([...lit.traces, ...fromSpans])].slice(0, MAX_TRACES)
}

/** The column that holds a lane field's value in event rows. */
function useLaneColumn(laneBy: string): string {
  const { data } = useEngineQuery('fields.list', {})
  return data?.find((field) => field.name === laneBy || field.aliases.includes(laneBy))?.column ?? laneBy
}

function instantOf(
  row: Readonly<Record<string, unknown>>,
  column: string,
  selectedEvent: string | null,
): InstantMark | undefined {
  const eventId = row.event_id
  if (typeof eventId !== 'string') return undefined
  const us = typeof row.ts_us === 'number' ? row.ts_us : instantUs(row.ts)
  if (us === undefined) return undefined
  const value = Object.hasOwn(row, column) ? row[column] : null
  return {
    eventId,
    us,
    laneKey: value === null || value === undefined ? null : String(value),
    outcome: typeof row.outcome === 'string' ? row.outcome : 'unknown',
    selected: eventId === selectedEvent,
  }
}

function instantUs(text: unknown): number | undefined {
  const instant = typeof text === 'string' ? parseInstant(text) : undefined
  return instant === undefined ? undefined : Number(instant.us)
}

/** The lit spans of a trace; where none is named, the trace's part in each service. */
function intervalsOf(tree: TraceTree, lit: Lit, selectedSpan: string | null): readonly IntervalMark[] {
  const trace = buildTrace(tree)
  const startUs = Number(trace.startNs / 1000n)
  const shown = trace.spans.filter(
    ({ span }) => span.span_id === selectedSpan || lit.spans.has(spanKey(tree.traceId, span.span_id)),
  )
  if (shown.length > 0) {
    return shown.map(({ span, index, startNs, endNs }) => ({
      key: `${tree.traceId}/${index}`,
      traceId: tree.traceId,
      spanId: span.span_id,
      service: serviceOf(span),
      fromUs: startUs + startNs / 1000,
      toUs: startUs + endNs / 1000,
      selected: span.span_id === selectedSpan,
    }))
  }
  const byService = new Map<string, { from: number; to: number }>()
  for (const { span, startNs, endNs } of trace.spans) {
    const known = byService.get(serviceOf(span))
    byService.set(serviceOf(span), {
      from: Math.min(known?.from ?? startNs, startNs),
      to: Math.max(known?.to ?? endNs, endNs),
    })
  }
  return [...byService].map(([service, { from, to }]) => ({
    key: `${tree.traceId}/${service}`,
    traceId: tree.traceId,
    spanId: null,
    service,
    fromUs: startUs + from / 1000,
    toUs: startUs + to / 1000,
    selected: false,
  }))
}

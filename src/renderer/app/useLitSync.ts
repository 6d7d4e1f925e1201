import { useEffect } from 'react'
import type { LinkRow } from '../../contract/traces'
import { type Lit, noLit, spanKey } from '../state/selection'
import { useEngineQuery } from '../state/useEngineQuery'
import { useSelection } from '../state/workbench'

/** Keeps `lit` up to date: what is linked to the selected event, span or trace. Once, in the shell. */
export function useLitSync(): void {
  const focus = useSelection((s) => s.focus)
  const eventId = useSelection((s) => s.eventId)
  const traceId = useSelection((s) => s.traceId)
  const spanId = useSelection((s) => s.spanId)
  const setLit = useSelection((s) => s.setLit)
  const byEvent = focus === 'event' && eventId !== null
  const byTrace = (focus === 'trace' || focus === 'span') && traceId !== null
  const links = useEngineQuery('links.list', byEvent ? { eventId } : byTrace ? { traceId } : {}, {
    enabled: byEvent || byTrace,
  })
  const rows = byEvent || byTrace ? links.data?.links : undefined
  const onlySpan = focus === 'span' ? spanId : null
  useEffect(() => setLit(rows === undefined ? noLit : litOf(rows, onlySpan)), [rows, onlySpan, setLit])
}

/** The ids on both sides of the links; with a span, only those of that span. */
export function litOf(links: readonly LinkRow[], spanId: string | null): Lit {
  const events = new Set<string>()
  const spans = new Set<string>()
  const traces = new Set<string>()
  for (const link of links) {
    if (spanId !== null && link.span_id !== spanId) continue
    events.add(link.event_id)
    if (link.trace_id === null) continue
    traces.add(link.trace_id)
    if (link.span_id !== null) spans.add(spanKey(link.trace_id, link.span_id))
  }
  return { events, spans, traces }
}

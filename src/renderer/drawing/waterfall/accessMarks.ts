/** Audit events on the rows of their spans: where each is drawn, and which one is under the pointer. */
import type { LinkRow } from '../../../contract/traces'
import type { TraceModel } from './model'
import { rowOf } from './rows'
import type { View } from './scale'

export interface AccessEvent {
  readonly eventId: string
  /** From the start of the trace; clocks differ, so it may lie outside the span and even outside the trace. */
  readonly atNs: number
  readonly outcome: string
  readonly title: string
  readonly link: LinkRow
  /** Index of the linked span; the first root where the link names the trace only or a span that is not here. */
  readonly spanIndex: number
  readonly toTrace: boolean
}

export interface EventRow {
  readonly eventId: string
  /** Microseconds since the epoch. */
  readonly us: number
  readonly outcome: string
  readonly title: string
}

/** One entry for each link whose event is known, in time order. */
export function accessEvents(
  trace: TraceModel,
  links: readonly LinkRow[],
  events: readonly EventRow[],
): readonly AccessEvent[] {
  const byId = new Map(events.map((event) => [event.eventId, event]))
  const indexOf = new Map<string, number>()
  for (const { span, index } of trace.spans) if (!indexOf.has(span.span_id)) indexOf.set(span.span_id, index)
  return links
    .flatMap((link): AccessEvent[] => {
      const event = byId.get(link.event_id)
      if (event === undefined || link.trace_id !== trace.traceId) return []
      const spanIndex = link.span_id === null ? undefined : indexOf.get(link.span_id)
      return [
        {
          eventId: event.eventId,
          atNs: Number(BigInt(Math.trunc(event.us)) * 1000n - trace.startNs),
          outcome: event.outcome,
          title: event.title,
          link,
          spanIndex: spanIndex ?? trace.roots[0] ?? 0,
          toTrace: spanIndex === undefined,
        },
      ]
    })
    .sort((a, b) => a.atNs - b.atNs || (a.eventId < b.eventId ? -1 : 1))
}

export interface PlacedMark {
  readonly event: AccessEvent
  readonly row: number
  readonly xPx: number
  /** The event's time is left or right of what is shown; it is drawn at the edge. */
  readonly beyond: 'before' | 'after' | null
  /** Drawn on a collapsed span above its own. */
  readonly folded: boolean
}

const EDGE_PX = 7

export function placeMarks(
  trace: TraceModel,
  rows: readonly number[],
  events: readonly AccessEvent[],
  view: View,
  widthPx: number,
): readonly PlacedMark[] {
  const perNs = widthPx / (view.toNs - view.fromNs)
  return events.flatMap((event): PlacedMark[] => {
    const row = rowOf(trace, rows, event.spanIndex)
    if (row < 0) return []
    const px = Math.round((event.atNs - view.fromNs) * perNs)
    const beyond = px < 0 ? 'before' : px > widthPx ? 'after' : null
    const xPx = Math.min(widthPx - EDGE_PX, Math.max(EDGE_PX, px))
    return [{ event, row, xPx, beyond, folded: rows[row] !== event.spanIndex }]
  })
}

/** The mark of a row nearest to `xPx`, within reach of a pointer. Of two at the same place the later one is on top. */
export function markAt(marks: readonly PlacedMark[], row: number, xPx: number, reachPx = 8): PlacedMark | undefined {
  let best: PlacedMark | undefined
  for (const mark of marks) {
    const distance = Math.abs(mark.xPx - xPx)
    if (mark.row !== row || distance > reachPx) continue
    if (best === undefined || distance <= Math.abs(best.xPx - xPx)) best = mark
  }
  return best
}

/** Events by the span that they are drawn on. */
export function eventsBySpan(events: readonly AccessEvent[]): ReadonlyMap<number, readonly AccessEvent[]> {
  const bySpan = new Map<number, AccessEvent[]>()
  for (const event of events) {
    const known = bySpan.get(event.spanIndex)
    if (known === undefined) bySpan.set(event.spanIndex, [event])
    else known.push(event)
  }
  return bySpan
}

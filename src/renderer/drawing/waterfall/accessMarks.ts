/** Audit events on the rows of their spans: where each is drawn, and which one is under the pointer. */
import type { LinkRow } from '../../../contract/traces'
import type { TraceModel } from './model'
import { rowOf } from './rows'
import type { View } from './scale'

export interface AccessEvent {
  readonly eventId: string
  /** From the start of the trace; clocks differ, so it may lie outside the span and even outside the trace. */
  readonly atNs: number
  /** The source writes times no finer than this: the event happened at some moment of `[atNs, atNs + spreadNs)`. */
  readonly spreadNs: number
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
  /** `s`, `ms` or `us`; anything else counts as exact. */
  readonly precision?: string | undefined
  readonly outcome: string
  readonly title: string
}

const spreads: ReadonlyMap<unknown, number> = new Map([
  ['s', 1_000_000_000],
  ['ms', 1_000_000],
])

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
          spreadNs: spreads.get(event.precision) ?? 0,
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
  /** The pixels in which the event happened, where its time is coarser than the drawing; null where it is a point. */
  readonly band: { readonly fromPx: number; readonly toPx: number } | null
}

const EDGE_PX = 7
/** Narrower bands are covered by the mark. */
const LEAST_BAND_PX = 14

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
    const pxOf = (ns: number) => (ns - view.fromNs) * perNs
    const fromPx = pxOf(event.atNs)
    const toPx = pxOf(event.atNs + event.spreadNs)
    const band = toPx - fromPx < LEAST_BAND_PX ? null : { fromPx, toPx }
    const px = Math.round(band === null ? fromPx : bandMiddle(trace, event, band, pxOf, widthPx))
    const beyond = px < 0 ? 'before' : px > widthPx ? 'after' : null
    const xPx = Math.min(widthPx - EDGE_PX, Math.max(EDGE_PX, px))
    return [{ event, row, xPx, beyond, folded: rows[row] !== event.spanIndex, band }]
  })
}

/**
 * Where the mark of a coarse time goes: the middle of what is in view of its band, and of its span where that ran
 * within the band. The band says that it is no more than a place to put it.
 */
function bandMiddle(
  trace: TraceModel,
  event: AccessEvent,
  band: { readonly fromPx: number; readonly toPx: number },
  pxOf: (ns: number) => number,
  widthPx: number,
): number {
  const span = event.toTrace ? undefined : trace.spans[event.spanIndex]
  const inView = [Math.max(0, band.fromPx), Math.min(widthPx, band.toPx)] as const
  if (inView[0] >= inView[1]) return band.toPx <= 0 ? band.toPx - 1 : band.fromPx + 1
  if (span === undefined) return (inView[0] + inView[1]) / 2
  const from = Math.max(inView[0], pxOf(span.startNs))
  const to = Math.min(inView[1], pxOf(span.endNs))
  return from <= to ? (from + to) / 2 : (inView[0] + inView[1]) / 2
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

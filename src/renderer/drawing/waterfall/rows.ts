/** Which spans are rows now, and which rows are on the screen. */
import type { TraceModel } from './model'

/** Indexes of the spans that are not inside a collapsed one, in order. One pass that jumps over what is hidden. */
export function visibleRows(trace: TraceModel, collapsed: ReadonlySet<number>): readonly number[] {
  const rows: number[] = []
  for (let index = 0; index < trace.spans.length; index++) {
    rows.push(index)
    if (collapsed.has(index)) index += trace.spans[index]?.below ?? 0
  }
  return rows
}

export interface RowRange {
  readonly first: number
  /** Exclusive. */
  readonly end: number
}

/** Rows that touch the viewport, with `overscan` more on both sides. */
export function rowRange(
  scrollTopPx: number,
  viewportPx: number,
  rowPx: number,
  count: number,
  overscan = 4,
): RowRange {
  const first = Math.min(count, Math.max(0, Math.floor(scrollTopPx / rowPx) - overscan))
  const end = Math.max(first, Math.min(count, Math.ceil((scrollTopPx + viewportPx) / rowPx) + overscan))
  return { first, end }
}

/** The row that shows the span: its own, or that of the nearest collapsed span above it; -1 where there is none. */
export function rowOf(trace: TraceModel, rows: readonly number[], spanIndex: number): number {
  for (let index = spanIndex; index >= 0; index = trace.spans[index]?.parent ?? -1) {
    const row = findSorted(rows, index)
    if (row >= 0) return row
  }
  return -1
}

function findSorted(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = sorted[middle] ?? -1
    if (found === value) return middle
    if (found < value) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** The collapsed set without the ancestors of a span, so that it becomes visible. */
export function revealed(trace: TraceModel, collapsed: ReadonlySet<number>, spanIndex: number): ReadonlySet<number> {
  const next = new Set(collapsed)
  for (let at = trace.spans[spanIndex]?.parent ?? -1; at >= 0; at = trace.spans[at]?.parent ?? -1) next.delete(at)
  return next.size === collapsed.size ? collapsed : next
}

/** The scroll position that brings a row into view with the least movement. */
export function scrollToRow(row: number, rowPx: number, scrollTopPx: number, viewportPx: number): number {
  const top = row * rowPx
  if (top < scrollTopPx) return top
  if (top + rowPx > scrollTopPx + viewportPx) return Math.max(0, top + rowPx - viewportPx)
  return scrollTopPx
}

/** Spans with something below them, but nothing that `matters`: folding them leaves all that matters in view. */
export function quietSpans(trace: TraceModel, matters: (index: number) => boolean): ReadonlySet<number> {
  const busy = new Uint8Array(trace.spans.length)
  const quiet = new Set<number>()
  // Backwards, so that children come before their parents.
  for (let index = trace.spans.length - 1; index >= 0; index--) {
    const span = trace.spans[index]
    if (span === undefined) continue
    if (span.below > 0 && busy[index] === 0) quiet.add(index)
    if (span.parent >= 0 && (busy[index] === 1 || matters(index))) busy[span.parent] = 1
  }
  return quiet
}

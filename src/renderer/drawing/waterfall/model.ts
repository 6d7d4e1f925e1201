/**
 * A trace as numbers that can be drawn: parents by index, times as nanoseconds from the start of the trace (a double
 * holds 104 days of them exactly). Spans keep the engine's order: depth first, children by start time.
 */
import type { TraceTree } from '../../../contract/traces'

export type SourceSpan = TraceTree['spans'][number]

export interface WaterfallSpan {
  readonly index: number
  readonly span: SourceSpan
  /** Index of the parent, or -1 for a root. */
  readonly parent: number
  readonly depth: number
  /** How many spans follow that are below this one. */
  readonly below: number
  readonly startNs: number
  readonly endNs: number
  readonly failed: boolean
  /** True where the span names a parent that the case does not hold. */
  readonly orphan: boolean
}

export interface TraceModel {
  readonly traceId: string
  readonly spans: readonly WaterfallSpan[]
  readonly roots: readonly number[]
  readonly childrenOf: readonly (readonly number[])[]
  readonly services: readonly string[]
  readonly durationNs: number
  readonly startNs: bigint
  readonly errorCount: number
}

export const noService = '(no service)'

/**
 * Parents come from the order and the `children` lists, not from ids alone: two spans may share an id (Zipkin's client
 * and server halves), and then only their places in the tree tell them apart.
 */
export function buildTrace(tree: TraceTree): TraceModel {
  const startNs = BigInt(tree.startNs)
  const parents = parentsOf(tree.spans)
  const depths: number[] = []
  const childrenOf: number[][] = tree.spans.map(() => [])
  const roots: number[] = []
  const below = tree.spans.map(() => 0)
  parents.forEach((parent, index) => {
    depths.push(parent < 0 ? 0 : (depths[parent] ?? 0) + 1)
    if (parent < 0) roots.push(index)
    else childrenOf[parent]?.push(index)
  })
  for (let index = parents.length - 1; index >= 0; index--) {
    const parent = parents[index] ?? -1
    if (parent >= 0) below[parent] = (below[parent] ?? 0) + (below[index] ?? 0) + 1
  }
  let lastNs = Number(BigInt(tree.durationNs))
  const spans = tree.spans.map((span, index): WaterfallSpan => {
    const from = Number(BigInt(span.start_ns) - startNs)
    const end = from + Math.max(0, Number(BigInt(span.duration_ns)))
    lastNs = Math.max(lastNs, end)
    const parent = parents[index] ?? -1
    return {
      index,
      span,
      parent,
      depth: depths[index] ?? 0,
      below: below[index] ?? 0,
      startNs: from,
      endNs: end,
      failed: span.status === 'error',
      orphan: parent < 0 && span.parent_span_id !== null,
    }
  })
  return {
    traceId: tree.traceId,
    spans,
    roots,
    childrenOf,
    services: tree.services,
    durationNs: lastNs,
    startNs,
    errorCount: spans.reduce((count, span) => count + (span.failed ? 1 : 0), 0),
  }
}

function parentsOf(spans: readonly SourceSpan[]): readonly number[] {
  const open: { index: number; waiting: string[] }[] = []
  return spans.map((span, index) => {
    while (open.length > 0) {
      const top = open[open.length - 1]
      const at = top?.waiting.indexOf(span.span_id) ?? -1
      if (top !== undefined && at >= 0) {
        top.waiting.splice(at, 1)
        open.push({ index, waiting: [...span.children] })
        return top.index
      }
      open.pop()
    }
    open.push({ index, waiting: [...span.children] })
    return -1
  })
}

export function serviceOf(span: SourceSpan): string {
  return span.service ?? noService
}

/**
 * Where the time of a trace was spent: for each operation the time in which its spans waited for none of their children.
 * Children that run side by side count once, and what outlives its parent is not taken from it.
 */
import { serviceOf, type TraceModel } from './model'

export interface OperationTime {
  readonly service: string
  readonly name: string
  readonly count: number
  readonly failed: number
  readonly selfNs: number
  readonly totalNs: number
  readonly longestNs: number
  /** Index of the span with the most self time. */
  readonly slowest: number
}

export function selfTimes(trace: TraceModel): readonly number[] {
  return trace.spans.map((span) => {
    const inner = (trace.childrenOf[span.index] ?? [])
      .flatMap((index) => {
        const child = trace.spans[index]
        if (child === undefined) return []
        const fromNs = Math.max(span.startNs, child.startNs)
        const toNs = Math.min(span.endNs, child.endNs)
        return toNs > fromNs ? [{ fromNs, toNs }] : []
      })
      .sort((a, b) => a.fromNs - b.fromNs)
    let covered = 0
    let reached = span.startNs
    for (const { fromNs, toNs } of inner) {
      covered += Math.max(0, toNs - Math.max(fromNs, reached))
      reached = Math.max(reached, toNs)
    }
    return Math.max(0, span.endNs - span.startNs - covered)
  })
}

/** Operations by self time, most first; then by service and name, so that the order is total. */
export function operationTimes(trace: TraceModel): readonly OperationTime[] {
  const selves = selfTimes(trace)
  const found = new Map<string, OperationTime>()
  for (const span of trace.spans) {
    const service = serviceOf(span.span)
    const { name } = span.span
    const key = JSON.stringify([service, name])
    const selfNs = selves[span.index] ?? 0
    const totalNs = span.endNs - span.startNs
    const before = found.get(key)
    const slower = before === undefined || selfNs > (selves[before.slowest] ?? 0)
    found.set(key, {
      service,
      name,
      count: (before?.count ?? 0) + 1,
      failed: (before?.failed ?? 0) + (span.failed ? 1 : 0),
      selfNs: (before?.selfNs ?? 0) + selfNs,
      totalNs: (before?.totalNs ?? 0) + totalNs,
      longestNs: Math.max(before?.longestNs ?? 0, totalNs),
      slowest: slower ? span.index : before.slowest,
    })
  }
  return [...found.values()].sort(
    (a, b) =>
      b.selfNs - a.selfNs || (a.service < b.service ? -1 : a.service > b.service ? 1 : a.name < b.name ? -1 : 1),
  )
}

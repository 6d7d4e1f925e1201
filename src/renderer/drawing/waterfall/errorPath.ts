/**
 * The error path: what failed first and how the failure travelled up. An origin is a failed span with no failed span
 * below it; the first one is the origin that ended first, since a failure is known when its span ends.
 */
import type { TraceModel } from './model'

export interface ErrorPath {
  /** From a root down to the first origin; empty where nothing failed. */
  readonly spans: readonly number[]
  readonly origin: number
  /** All origins, first failure first. */
  readonly origins: readonly number[]
  /** The highest span of the path up to which every span failed: how far the failure was passed on. */
  readonly reached: number
}

export const noErrorPath: ErrorPath = { spans: [], origin: -1, origins: [], reached: -1 }

export function errorPath(trace: TraceModel): ErrorPath {
  const failedBelow = new Uint8Array(trace.spans.length)
  const origins: number[] = []
  // Backwards, so that children come before their parents.
  for (let index = trace.spans.length - 1; index >= 0; index--) {
    const span = trace.spans[index]
    if (span === undefined) continue
    if (span.failed && failedBelow[index] === 0) origins.push(index)
    if (span.parent >= 0 && (span.failed || failedBelow[index] === 1)) failedBelow[span.parent] = 1
  }
  const endOf = (index: number) => trace.spans[index]?.endNs ?? 0
  origins.sort((a, b) => endOf(a) - endOf(b) || a - b)
  const origin = origins[0]
  if (origin === undefined) return noErrorPath
  const spans: number[] = []
  for (let at = origin; at >= 0; at = trace.spans[at]?.parent ?? -1) spans.push(at)
  let reached = origin
  for (const index of spans) {
    if (trace.spans[index]?.failed !== true) break
    reached = index
  }
  return { spans: spans.reverse(), origin, origins, reached }
}

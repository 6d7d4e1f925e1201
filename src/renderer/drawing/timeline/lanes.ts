/**
 * From the engine's sparse lane cells to stacks that can be drawn and counted. Nothing is dropped: a cell whose bucket
 * is outside the grid would be a fault of ours, and is counted in `outside` so that the view can say so.
 */
import type { Result } from '../../../contract'
import { outcomes } from '../../../contract/shared'

export type LanesResult = Result<'timeline.lanes'>

export interface StackPart {
  readonly series: string
  readonly count: number
}

export interface Stack {
  readonly bucket: number
  readonly total: number
  /** In the order of `seriesOrder`: what matters most lies at the bottom, on the base line, where it is compared best. */
  readonly parts: readonly StackPart[]
}

export interface Lane {
  readonly kind: 'events' | 'spans'
  readonly key: string
  /** As the engine states it; equals the sum of the stacks unless something is `outside`. */
  readonly total: number
  readonly peak: number
  readonly stacks: readonly Stack[]
  readonly bySeries: ReadonlyMap<string, number>
  readonly outside: number
}

/** Trouble first. Span series come after the outcomes. */
export const seriesOrder: readonly string[] = [
  'denied',
  'auth_failed',
  'throttled',
  'failed',
  'interrupted',
  'error',
  'unknown',
  'success',
  'ok',
  'unset',
]

export function seriesRank(series: string): number {
  const rank = seriesOrder.indexOf(series)
  return rank < 0 ? seriesOrder.length : rank
}

export function isOutcome(series: string): boolean {
  return outcomes.some((outcome) => outcome === series)
}

export function buildLanes(result: LanesResult): readonly Lane[] {
  return result.lanes.map((lane) => {
    const byBucket = new Map<number, Map<string, number>>()
    const bySeries = new Map<string, number>()
    let outside = 0
    for (const [bucket, series, count] of lane.cells) {
      if (bucket < 0 || bucket >= result.buckets) {
        outside += count
        continue
      }
      const stack = byBucket.get(bucket) ?? new Map<string, number>()
      stack.set(series, (stack.get(series) ?? 0) + count)
      byBucket.set(bucket, stack)
      bySeries.set(series, (bySeries.get(series) ?? 0) + count)
    }
    const stacks = [...byBucket].map(([bucket, counts]) => stackOf(bucket, counts)).sort((a, b) => a.bucket - b.bucket)
    const peak = stacks.reduce((most, stack) => Math.max(most, stack.total), 0)
    return { kind: lane.kind, key: lane.key, total: lane.total, peak, stacks, bySeries, outside }
  })
}

function stackOf(bucket: number, counts: ReadonlyMap<string, number>): Stack {
  const parts = [...counts]
    .map(([series, count]) => ({ series, count }))
    .sort((a, b) => seriesRank(a.series) - seriesRank(b.series) || (a.series < b.series ? -1 : 1))
  return { bucket, total: parts.reduce((sum, part) => sum + part.count, 0), parts }
}

/** What the bars of these lanes add up to. */
export function drawnTotal(lanes: readonly Lane[], kind: Lane['kind']): number {
  let total = 0
  for (const lane of lanes) {
    if (lane.kind !== kind) continue
    for (const stack of lane.stacks) total += stack.total
  }
  return total
}

/** Sums over all lanes of a kind, by series, most important first. */
export function seriesTotals(lanes: readonly Lane[], kind: Lane['kind']): readonly StackPart[] {
  const totals = new Map<string, number>()
  for (const lane of lanes) {
    if (lane.kind !== kind) continue
    for (const [series, count] of lane.bySeries) totals.set(series, (totals.get(series) ?? 0) + count)
  }
  return stackOf(0, totals).parts
}

/** The stack of a bucket, found by halving. */
export function stackAt(lane: Lane, bucket: number): Stack | undefined {
  let low = 0
  let high = lane.stacks.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const stack = lane.stacks[middle]
    if (stack === undefined) return undefined
    if (stack.bucket === bucket) return stack
    if (stack.bucket < bucket) low = middle + 1
    else high = middle - 1
  }
  return undefined
}

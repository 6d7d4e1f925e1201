/** Where lanes lie, and which lane and bucket is under a point. Pixels are CSS pixels from the plot's top left. */
import type { TimeScale } from '../time/window'
import type { BucketGrid } from './bars'
import type { Lane } from './lanes'

export interface LanePlace {
  readonly lane: Lane
  readonly topPx: number
  readonly heightPx: number
}

const LANE_PADDING = 4

/** Lanes share the height evenly between a least and a greatest height; where they do not fit, the plot scrolls. */
export function placeLanes(lanes: readonly Lane[], heightPx: number, leastPx = 30, mostPx = 96): readonly LanePlace[] {
  if (lanes.length === 0) return []
  const each = Math.max(leastPx, Math.min(mostPx, Math.floor(heightPx / lanes.length)))
  return lanes.map((lane, at) => ({ lane, topPx: at * each, heightPx: each }))
}

/** The part of a lane that bars may fill. */
export function barArea(place: LanePlace): { topPx: number; heightPx: number } {
  return { topPx: place.topPx + LANE_PADDING, heightPx: Math.max(1, place.heightPx - LANE_PADDING - 1) }
}

export function laneAt(places: readonly LanePlace[], yPx: number): LanePlace | undefined {
  return places.find((place) => yPx >= place.topPx && yPx < place.topPx + place.heightPx)
}

/** The bucket that holds the instant under `xPx`; undefined outside the grid. */
export function bucketAt(xPx: number, scale: TimeScale, grid: BucketGrid & { buckets: number }): number | undefined {
  const bucket = Math.floor((scale.toUs(xPx) - grid.startUs) / grid.widthUs)
  return bucket >= 0 && bucket < grid.buckets ? bucket : undefined
}

/**
 * Whole-microsecond window of a bucket. Buckets may have fractional widths; an event counts in the bucket where
 * `floor((ts - start) / width)` falls, so both ends are rounded up to keep exactly its instants.
 */
export function bucketWindow(bucket: number, grid: BucketGrid): { fromUs: number; toUs: number } {
  const fromUs = Math.ceil(grid.startUs + bucket * grid.widthUs)
  return { fromUs, toUs: Math.max(fromUs + 1, Math.ceil(grid.startUs + (bucket + 1) * grid.widthUs)) }
}

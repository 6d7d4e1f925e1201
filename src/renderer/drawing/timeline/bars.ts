/** Stacks as rectangles on whole pixels: crisp, and by far the fastest way to fill a canvas. */
import { scaleLinear, scaleSymlog } from 'd3'
import type { TimeScale } from '../time/window'
import type { Lane, Stack } from './lanes'

export interface BarRect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly series: string
}

export type HeightScale = 'linear' | 'log'

export interface BarFrame {
  /** Top of the lane's bars and their height, in CSS pixels. */
  readonly topPx: number
  readonly heightPx: number
  readonly leftPx: number
  readonly rightPx: number
  /** The count that fills the height. */
  readonly peak: number
  readonly heights: HeightScale
}

export interface BucketGrid {
  readonly startUs: number
  readonly widthUs: number
}

/**
 * Heights in whole pixels of the parts of a stack, same order. Every part that counts anything gets at least one pixel
 * (as long as there are pixels), so that one denial among a million successes is seen.
 */
export function partHeights(stack: Stack, stackPx: number): readonly number[] {
  const shown = stack.parts.filter((part) => part.count > 0).length
  const height = Math.max(Math.round(stackPx), shown)
  let spare = height - shown
  let restCount = stack.total
  return stack.parts.map((part) => {
    if (part.count <= 0) return 0
    const extra = restCount > 0 ? Math.round((spare * part.count) / restCount) : 0
    spare -= extra
    restCount -= part.count
    return 1 + extra
  })
}

export function stackHeightPx(total: number, frame: BarFrame): number {
  if (total <= 0) return 0
  const scale = (frame.heights === 'log' ? scaleSymlog() : scaleLinear())
    .domain([0, Math.max(1, frame.peak)])
    .range([0, frame.heightPx])
  return Math.max(1, Math.min(frame.heightPx, Math.round(scale(total))))
}

/** Left edge and width of a bucket on whole pixels: neighbours never overlap, and each is at least a pixel wide. */
export function bucketPx(bucket: number, grid: BucketGrid, scale: TimeScale): { x: number; width: number } {
  const x = Math.round(scale.toPx(grid.startUs + bucket * grid.widthUs))
  const right = Math.round(scale.toPx(grid.startUs + (bucket + 1) * grid.widthUs))
  const gap = right - x >= 4 ? 1 : 0
  return { x, width: Math.max(1, right - x - gap) }
}

/** Calls `draw` for each rectangle that is inside the frame; no array is made, since this runs on every frame. */
export function forEachBar(
  lane: Lane,
  grid: BucketGrid,
  scale: TimeScale,
  frame: BarFrame,
  draw: (rect: BarRect) => void,
): void {
  const base = frame.topPx + frame.heightPx
  for (const stack of lane.stacks) {
    const { x, width } = bucketPx(stack.bucket, grid, scale)
    if (x + width <= frame.leftPx || x >= frame.rightPx) continue
    const heights = partHeights(stack, stackHeightPx(stack.total, frame))
    let y = base
    stack.parts.forEach((part, at) => {
      const height = heights[at] ?? 0
      if (height === 0) return
      y -= height
      draw({ x, y, width, height, series: part.series })
    })
  }
}

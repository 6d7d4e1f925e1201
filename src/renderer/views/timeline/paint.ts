/** Draws lanes on a canvas: fills of whole-pixel rectangles, grouped by colour so that the fill style changes rarely. */
import type { TimeWindow } from '../../../contract/shared'
import { type DrawingTheme, nameColour, stateColour } from '../../drawing/colour/drawingTheme'
import { axisTicks } from '../../drawing/time/ticks'
import { timeScale } from '../../drawing/time/window'
import { type BarRect, type BucketGrid, forEachBar, type HeightScale } from '../../drawing/timeline/bars'
import { barArea, type LanePlace } from '../../drawing/timeline/geometry'
import type { TimeZone } from '../../text/zoneOffset'

export interface PlotPicture {
  readonly places: readonly LanePlace[]
  readonly grid: BucketGrid
  readonly window: TimeWindow
  readonly widthPx: number
  readonly heightPx: number
  readonly heights: HeightScale
  /** One peak for all lanes, or each lane its own. */
  readonly sharedPeak: boolean
  readonly zone: TimeZone
}

export function paintLanes(context: CanvasRenderingContext2D, theme: DrawingTheme, picture: PlotPicture): void {
  const { places, grid, window, widthPx, heightPx } = picture
  const scale = timeScale(window, 0, widthPx)
  context.fillStyle = theme.line
  for (const tick of axisTicks(window, widthPx, picture.zone)) {
    context.fillRect(Math.round(scale.toPx(tick.us)), 0, 1, heightPx)
  }
  for (const place of places) context.fillRect(0, place.topPx + place.heightPx - 1, widthPx, 1)

  const peakOf = (kind: string) =>
    places.reduce((most, place) => (place.lane.kind === kind ? Math.max(most, place.lane.peak) : most), 0)
  const peaks = new Map([
    ['events', peakOf('events')],
    ['spans', peakOf('spans')],
  ])
  const byColour = new Map<string, BarRect[]>()
  for (const place of places) {
    const { lane } = place
    const peak = picture.sharedPeak ? (peaks.get(lane.kind) ?? lane.peak) : lane.peak
    const frame = { ...barArea(place), leftPx: 0, rightPx: widthPx, peak, heights: picture.heights }
    forEachBar(lane, grid, scale, frame, (rect) => {
      const colour =
        lane.kind === 'spans' && rect.series !== 'error' ? nameColour(theme, lane.key) : stateColour(theme, rect.series)
      const rects = byColour.get(colour)
      if (rects === undefined) byColour.set(colour, [rect])
      else rects.push(rect)
    })
  }
  for (const [colour, rects] of byColour) {
    context.fillStyle = colour
    for (const rect of rects) context.fillRect(rect.x, rect.y, rect.width, rect.height)
  }
}

/** The whole trace in a few pixels: a row of pixels stands for several spans; failed ones are never painted over. */
import type { DrawingTheme } from '../colour/drawingTheme'
import type { ServiceColours } from '../colour/serviceColours'
import { serviceOf, type TraceModel } from './model'
import { fullView, spanBar } from './scale'

export function paintTraceMinimap(
  context: CanvasRenderingContext2D,
  theme: DrawingTheme,
  colours: ServiceColours,
  trace: TraceModel,
  rows: readonly number[],
  widthPx: number,
  heightPx: number,
): void {
  const view = fullView(trace.durationNs)
  const linePx = Math.max(1, Math.min(3, Math.floor(heightPx / Math.max(1, rows.length))))
  for (const failed of [false, true]) {
    rows.forEach((index, row) => {
      const span = trace.spans[index]
      if (span === undefined || span.failed !== failed) return
      const bar = spanBar(span.startNs, span.endNs, view, widthPx, 1)
      if (bar === undefined) return
      context.fillStyle = failed ? theme.danger : colours.paint(theme, serviceOf(span.span))
      context.fillRect(bar.x, minimapY(row, rows.length, heightPx), bar.width, linePx)
    })
  }
}

export function minimapY(row: number, rowCount: number, heightPx: number): number {
  const each = Math.min(3, heightPx / Math.max(1, rowCount))
  return Math.floor(row * each)
}

/** Draws the rows that are in view: bars, critical pieces, error outlines, span events, access events. */
import { drawOutcomeMark } from '../canvas/marks'
import { type DrawingTheme, stateColour } from '../colour/drawingTheme'
import type { ServiceColours } from '../colour/serviceColours'
import { formatDuration } from '../time/duration'
import type { PlacedMark } from './accessMarks'
import type { PathPiece } from './criticalPath'
import { serviceOf, type TraceModel, type WaterfallSpan } from './model'
import type { RowRange } from './rows'
import { rulerTicks, spanBar, type View } from './scale'

export interface WaterfallPicture {
  readonly trace: TraceModel
  readonly colours: ServiceColours
  readonly rows: readonly number[]
  readonly range: RowRange
  readonly view: View
  readonly widthPx: number
  readonly rowPx: number
  readonly collapsed: ReadonlySet<number>
  readonly critical: ReadonlyMap<number, readonly PathPiece[]>
  readonly onErrorPath: ReadonlySet<number>
  readonly marks: readonly PlacedMark[]
  readonly litEvents: ReadonlySet<string>
}

const BAR_TOP = 5
const BAR_PX = 10
const MARK_PX = 13

export function paintWaterfall(
  context: CanvasRenderingContext2D,
  theme: DrawingTheme,
  picture: WaterfallPicture,
): void {
  const { trace, rows, range, view, widthPx, rowPx } = picture
  const heightPx = (range.end - range.first) * rowPx
  const pxOf = (ns: number) => Math.round(((ns - view.fromNs) / (view.toNs - view.fromNs)) * widthPx)
  context.fillStyle = theme.line
  for (const tick of rulerTicks(view, widthPx)) context.fillRect(pxOf(tick.ns), 0, 1, heightPx)
  context.font = `11px ${theme.font}`
  context.textBaseline = 'middle'
  for (const mark of picture.marks) {
    if (mark.band === null || mark.row < range.first || mark.row >= range.end) continue
    paintBand(context, theme, mark, (mark.row - range.first) * rowPx, rowPx, widthPx)
  }
  for (let row = range.first; row < range.end; row++) {
    const span = trace.spans[rows[row] ?? -1]
    if (span !== undefined) paintSpan(context, theme, picture, span, (row - range.first) * rowPx, pxOf)
  }
  for (const mark of picture.marks) {
    if (mark.row < range.first || mark.row >= range.end) continue
    paintMark(context, theme, mark, (mark.row - range.first) * rowPx + BAR_TOP + BAR_PX / 2, picture.litEvents)
  }
}

function paintSpan(
  context: CanvasRenderingContext2D,
  theme: DrawingTheme,
  picture: WaterfallPicture,
  span: WaterfallSpan,
  topPx: number,
  pxOf: (ns: number) => number,
): void {
  const { view, widthPx, trace } = picture
  const y = topPx + BAR_TOP
  if (picture.collapsed.has(span.index) && span.below > 0) {
    // What is folded away, as a line: its whole extent, and red where something in it failed.
    const { fromNs, toNs, failed } = extentBelow(trace, span)
    const ghost = spanBar(fromNs, toNs, view, widthPx)
    context.fillStyle = failed ? theme.danger : theme.lineStrong
    if (ghost !== undefined) context.fillRect(ghost.x, y + 4, ghost.width, 3)
  }
  const bar = spanBar(span.startNs, span.endNs, view, widthPx)
  if (bar === undefined) return
  context.fillStyle = picture.colours.paint(theme, serviceOf(span.span))
  context.fillRect(bar.x, y, bar.width, BAR_PX)
  if (span.failed || picture.onErrorPath.has(span.index)) {
    context.fillStyle = theme.danger
    context.fillRect(bar.x, y - 3, bar.width, 2)
    if (span.failed) context.fillRect(Math.max(0, bar.x - 3), y - 3, 3, BAR_PX + 3)
  }
  for (const piece of picture.critical.get(span.index) ?? []) {
    const part = spanBar(piece.fromNs, piece.toNs, view, widthPx, 1)
    if (part === undefined) continue
    context.fillStyle = theme.text
    context.fillRect(part.x, y + BAR_PX + 1, part.width, 3)
  }
  for (const event of span.span.span_events) {
    const x = pxOf(Number(BigInt(event.time_ns) - trace.startNs))
    if (x < -1 || x > widthPx + 1) continue
    context.fillStyle = theme.surface
    context.fillRect(x - 2, y - 2, 4, BAR_PX + 4)
    context.fillStyle = theme.text
    context.fillRect(x - 1, y - 2, 2, BAR_PX + 4)
  }
  paintDuration(context, theme, span, bar, widthPx, topPx + BAR_TOP + BAR_PX / 2 + 1)
}

function paintDuration(
  context: CanvasRenderingContext2D,
  theme: DrawingTheme,
  span: WaterfallSpan,
  bar: { readonly x: number; readonly width: number },
  widthPx: number,
  y: number,
): void {
  const label = formatDuration(span.endNs - span.startNs)
  const labelPx = context.measureText(label).width
  context.fillStyle = theme.dim
  if (bar.x + bar.width + 10 + labelPx < widthPx) context.fillText(label, bar.x + bar.width + 10, y)
  else if (bar.x - 10 - labelPx > 0) context.fillText(label, bar.x - 10 - labelPx, y)
}

/** The whole second (or millisecond) in which a coarse time lies, with its ends where they are in view. */
function paintBand(
  context: CanvasRenderingContext2D,
  theme: DrawingTheme,
  { band, event }: PlacedMark,
  topPx: number,
  rowPx: number,
  widthPx: number,
): void {
  if (band === null) return
  const from = Math.max(0, Math.round(band.fromPx))
  const to = Math.min(widthPx, Math.round(band.toPx))
  if (to <= from) return
  context.save()
  context.fillStyle = stateColour(theme, event.outcome)
  context.globalAlpha = 0.14
  context.fillRect(from, topPx + 1, to - from, rowPx - 2)
  context.globalAlpha = 0.7
  if (from === Math.round(band.fromPx)) context.fillRect(from, topPx + 1, 2, rowPx - 2)
  if (to === Math.round(band.toPx)) context.fillRect(to - 2, topPx + 1, 2, rowPx - 2)
  context.restore()
}

function paintMark(
  context: CanvasRenderingContext2D,
  theme: DrawingTheme,
  mark: PlacedMark,
  y: number,
  lit: ReadonlySet<string>,
): void {
  if (lit.has(mark.event.eventId)) {
    context.strokeStyle = theme.lit
    context.lineWidth = 2
    context.strokeRect(mark.xPx - 8.5, y - 8.5, 17, 17)
  }
  drawOutcomeMark(context, theme, mark.event.outcome, mark.xPx, y, MARK_PX)
  if (mark.beyond === null) return
  context.fillStyle = theme.text
  const way = mark.beyond === 'before' ? -1 : 1
  context.beginPath()
  context.moveTo(mark.xPx + way * 7, y)
  context.lineTo(mark.xPx + way * 3, y - 4)
  context.lineTo(mark.xPx + way * 3, y + 4)
  context.fill()
}

export function extentBelow(
  trace: TraceModel,
  span: WaterfallSpan,
): { readonly fromNs: number; readonly toNs: number; readonly failed: boolean } {
  let fromNs = Number.POSITIVE_INFINITY
  let toNs = Number.NEGATIVE_INFINITY
  let failed = false
  for (let index = span.index + 1; index <= span.index + span.below; index++) {
    const inner = trace.spans[index]
    if (inner === undefined) continue
    fromNs = Math.min(fromNs, inner.startNs)
    toNs = Math.max(toNs, inner.endNs)
    failed ||= inner.failed
  }
  return { fromNs, toNs, failed }
}

/**
 * Arithmetic of time windows for zooming and panning. All times are microseconds since the epoch; results are whole
 * microseconds, never narrower than `MIN_WINDOW_US` and never outside `bounds`, so that a hand on the wheel cannot
 * leave the case.
 */
import type { TimeWindow } from '../../../contract/shared'

export const MIN_WINDOW_US = 10

export function widthOf(window: TimeWindow): number {
  return window.toUs - window.fromUs
}

/** Whole microseconds inside `bounds`; a window wider than the bounds becomes the bounds. */
export function clampWindow(window: TimeWindow, bounds: TimeWindow): TimeWindow {
  const boundsWidth = Math.max(MIN_WINDOW_US, widthOf(bounds))
  const width = Math.min(boundsWidth, Math.max(MIN_WINDOW_US, Math.round(widthOf(window))))
  const latest = bounds.fromUs + boundsWidth - width
  const fromUs = Math.floor(Math.min(latest, Math.max(bounds.fromUs, window.fromUs)))
  return { fromUs, toUs: fromUs + width }
}

/** Scales the window by `factor` (below 1 zooms in); the instant `anchorUs` keeps its place on the screen. */
export function zoomWindow(window: TimeWindow, factor: number, anchorUs: number, bounds: TimeWindow): TimeWindow {
  const width = Math.max(MIN_WINDOW_US, widthOf(window) * factor)
  const share = widthOf(window) > 0 ? (anchorUs - window.fromUs) / widthOf(window) : 0.5
  const fromUs = anchorUs - share * width
  return clampWindow({ fromUs, toUs: fromUs + width }, bounds)
}

export function panWindow(window: TimeWindow, byUs: number, bounds: TimeWindow): TimeWindow {
  return clampWindow({ fromUs: window.fromUs + byUs, toUs: window.toUs + byUs }, bounds)
}

export function sameWindow(a: TimeWindow, b: TimeWindow): boolean {
  return a.fromUs === b.fromUs && a.toUs === b.toUs
}

/** Two instants in either order, e.g. both ends of a brush, as a window. */
export function windowBetween(aUs: number, bUs: number, bounds: TimeWindow): TimeWindow {
  return clampWindow({ fromUs: Math.floor(Math.min(aUs, bUs)), toUs: Math.ceil(Math.max(aUs, bUs)) }, bounds)
}

/**
 * The window to show for a case: its time span with the last instant inside (windows are half-open) and, where all
 * records share an instant, a second of room around it.
 */
export function caseWindow(span: TimeWindow): TimeWindow {
  const fromUs = Math.floor(span.fromUs)
  const toUs = Math.max(fromUs, Math.ceil(span.toUs)) + 1
  if (toUs - fromUs >= 1000) return { fromUs, toUs }
  return { fromUs: fromUs - 500_000, toUs: toUs + 500_000 }
}

/** Linear map between instants and pixels. */
export interface TimeScale {
  toPx(us: number): number
  toUs(px: number): number
}

export function timeScale(window: TimeWindow, leftPx: number, rightPx: number): TimeScale {
  const pxPerUs = (rightPx - leftPx) / Math.max(1, widthOf(window))
  return {
    toPx: (us) => leftPx + (us - window.fromUs) * pxPerUs,
    toUs: (px) => window.fromUs + (px - leftPx) / pxPerUs,
  }
}

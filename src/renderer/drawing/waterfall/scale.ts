/** The waterfall's time axis: nanoseconds from the trace's start to pixels, zoomable. */
import { tickStep } from 'd3'
import { formatDuration } from '../time/duration'

export interface View {
  readonly fromNs: number
  readonly toNs: number
}

const MIN_VIEW_NS = 100

export function fullView(durationNs: number): View {
  return { fromNs: 0, toNs: Math.max(MIN_VIEW_NS, durationNs) }
}

export function zoomView(view: View, factor: number, anchorNs: number, durationNs: number): View {
  const whole = fullView(durationNs)
  const width = Math.min(whole.toNs, Math.max(MIN_VIEW_NS, (view.toNs - view.fromNs) * factor))
  const share = (anchorNs - view.fromNs) / (view.toNs - view.fromNs)
  return shiftInto({ fromNs: anchorNs - share * width, toNs: anchorNs - share * width + width }, whole)
}

export function panView(view: View, byNs: number, durationNs: number): View {
  return shiftInto({ fromNs: view.fromNs + byNs, toNs: view.toNs + byNs }, fullView(durationNs))
}

function shiftInto(view: View, whole: View): View {
  const width = view.toNs - view.fromNs
  const fromNs = Math.min(whole.toNs - width, Math.max(0, view.fromNs))
  return { fromNs, toNs: fromNs + width }
}

/** A span's bar on whole pixels: at least `leastPx` wide, cut at the edges; undefined where it is out of view. */
export function spanBar(
  startNs: number,
  endNs: number,
  view: View,
  widthPx: number,
  leastPx = 2,
): { readonly x: number; readonly width: number } | undefined {
  if (endNs < view.fromNs || startNs > view.toNs) return undefined
  const perNs = widthPx / (view.toNs - view.fromNs)
  const left = Math.max(0, Math.round((startNs - view.fromNs) * perNs))
  const right = Math.min(widthPx, Math.round((endNs - view.fromNs) * perNs))
  const width = Math.max(leastPx, right - left)
  return { x: Math.max(0, Math.min(left, widthPx - width)), width }
}

export interface RulerTick {
  readonly ns: number
  readonly label: string
}

/** Ticks at round offsets from the start of the trace. */
export function rulerTicks(view: View, widthPx: number, spacingPx = 90): readonly RulerTick[] {
  const wanted = Math.max(1, Math.floor(widthPx / spacingPx))
  const step = Math.max(1, tickStep(view.fromNs, view.toNs, wanted))
  const first = Math.ceil(view.fromNs / step)
  const last = Math.floor(view.toNs / step)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => {
    const ns = Math.round((first + at) * step)
    return { ns, label: formatOffset(ns, step) }
  })
}

const rulerUnits = [
  { unit: 's', ns: 1e9 },
  { unit: 'ms', ns: 1e6 },
  { unit: 'µs', ns: 1e3 },
] as const

/** Offsets of one ruler share a unit, so that they read as a scale. */
function formatOffset(ns: number, stepNs: number): string {
  if (ns === 0) return '0'
  if (ns >= 120e9 && stepNs >= 1e9) return formatDuration(ns)
  const { unit, ns: unitNs } = rulerUnits.find((candidate) => stepNs >= candidate.ns) ?? { unit: 'ns', ns: 1 }
  return `${Number((ns / unitNs).toFixed(3))} ${unit}`
}

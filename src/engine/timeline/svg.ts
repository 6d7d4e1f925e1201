/** The timeline as a figure: lanes with stacked bars by outcome over one UTC axis, and a legend in words. */
import { scaleUtc, utcFormat } from 'd3'
import { formatInstant } from '../../common/time'
import type { Result } from '../../contract'
import { element, fillOf, hatchDefs, seriesStyles, shorten, styleOf, svgDocument, text } from './svgText'

export interface TimelineSvgOptions {
  readonly title?: string
  /** False where the page around the figure says the title. */
  readonly heading?: boolean
  /** Pixels; the height follows from the number of lanes. */
  readonly width?: number
}

const laneHeight = 34
const labelWidth = 170
const margin = { top: 34, right: 24, bottom: 64 }

/** Standalone SVG text. The same lanes give the same bytes. */
export function timelineSvg(lanes: Result<'timeline.lanes'>, options: TimelineSvgOptions = {}): string {
  const { title = 'Timeline', width = 960, heading = true } = options
  const plotWidth = Math.max(120, width - labelWidth - margin.right)
  const endUs = lanes.startUs + lanes.widthUs * lanes.buckets
  const bottom = margin.top + Math.max(1, lanes.lanes.length) * laneHeight
  const x = (us: number) => labelWidth + ((us - lanes.startUs) / Math.max(1, endUs - lanes.startUs)) * plotWidth
  const used = usedSeries(lanes)
  const body = [
    hatchDefs(used),
    ...(heading ? [text(title, { x: 12, y: 20, 'font-size': 14, 'font-weight': 600 })] : []),
    ...axis(),
    ...lanes.lanes.flatMap((lane, index) => laneMarks(lane, margin.top + index * laneHeight)),
    ...(lanes.lanes.length === 0
      ? [text('Nothing happened in this stretch of time.', { x: 12, y: margin.top + 20 })]
      : []),
    ...legend(),
  ]
  return svgDocument({ width, height: bottom + margin.bottom }, title, description(), body)

  function laneMarks(lane: Result<'timeline.lanes'>['lanes'][number], top: number): string[] {
    const base = top + laneHeight - 6
    const stacks = new Map<number, number>()
    const order = new Map(used.map((series, index) => [series, index]))
    const cells = [...lane.cells].sort((a, b) => a[0] - b[0] || (order.get(a[1]) ?? 0) - (order.get(b[1]) ?? 0))
    for (const [bucket, , count] of cells) stacks.set(bucket, (stacks.get(bucket) ?? 0) + count)
    const tallest = Math.max(1, ...stacks.values())
    const drawn = new Map<number, number>()
    const barWidth = Math.max(1, plotWidth / lanes.buckets - 0.5)
    const bars = cells.map(([bucket, series, count]) => {
      const height = (count / tallest) * (laneHeight - 10)
      const above = drawn.get(bucket) ?? 0
      drawn.set(bucket, above + height)
      return element('rect', {
        x: x(lanes.startUs + bucket * lanes.widthUs),
        y: base - above - height,
        width: barWidth,
        height,
        fill: fillOf(series, used),
      })
    })
    const kind = lane.kind === 'spans' ? ' (spans)' : ''
    return [
      element('line', { x1: labelWidth, x2: labelWidth + plotWidth, y1: base, y2: base, stroke: '#d3d8de' }),
      text(`${shorten(lane.key, 22)}${kind}`, { x: 12, y: base - 9 }),
      text(`${lane.total}, at most ${tallest} a bar`, { x: 12, y: base + 2, 'font-size': 8.5, fill: '#5f6b7c' }),
      ...bars,
    ]
  }

  function axis(): string[] {
    const scale = scaleUtc()
      .domain([new Date(lanes.startUs / 1000), new Date(endUs / 1000)])
      .range([labelWidth, labelWidth + plotWidth])
    const times = scale.ticks(Math.max(2, Math.round(plotWidth / 110)))
    const format = tickFormat(times)
    const marks = times.flatMap((tick) => {
      const at = scale(tick)
      return [
        element('line', { x1: at, x2: at, y1: margin.top, y2: bottom, stroke: '#e5e8eb' }),
        text(format(tick), { x: at, y: bottom + 14, 'text-anchor': 'middle' }),
      ]
    })
    const span = `${formatInstant(lanes.startUs, 's')} to ${formatInstant(endUs, 's')} (UTC)`
    return [...marks, text(span, { x: labelWidth, y: bottom + 30, fill: '#5f6b7c' })]
  }

  function legend(): string[] {
    let at = 12
    return used.flatMap((series) => {
      const { label } = styleOf(series)
      const left = at
      at += 30 + label.length * 6.5
      return [
        element('rect', { x: left, y: bottom + 42, width: 14, height: 10, fill: fillOf(series, used) }),
        text(label, { x: left + 19, y: bottom + 51 }),
      ]
    })
  }

  function description(): string {
    const parts = lanes.lanes.map((lane) => `${lane.key}: ${lane.total}`)
    const folded = lanes.folded === 0 ? '' : ` ${lanes.folded} values are folded into (other).`
    return `${lanes.lanes.length} lanes, ${parts.join('; ')}.${folded}`
  }
}

/** Series that occur, in the order in which they are stacked. */
function usedSeries(lanes: Result<'timeline.lanes'>): string[] {
  const present = new Set(lanes.lanes.flatMap((lane) => lane.cells.map(([, series]) => series)))
  const known = [...seriesStyles.keys()].filter((series) => present.has(series))
  const rest = [...present].filter((series) => !seriesStyles.has(series)).sort()
  return [...known, ...rest]
}

/** 24 hours; dates where ticks are days apart, seconds and their parts where they are that near. */
function tickFormat(times: readonly Date[]): (time: Date) => string {
  const [first, second] = times
  const stepMs = first === undefined || second === undefined ? 3_600_000 : second.getTime() - first.getTime()
  if (stepMs >= 86_400_000) return utcFormat('%Y-%m-%d')
  if (stepMs >= 60_000) return utcFormat('%H:%M')
  return utcFormat(stepMs >= 1_000 ? '%H:%M:%S' : '%H:%M:%S.%L')
}

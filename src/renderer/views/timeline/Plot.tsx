import { type KeyboardEvent, useLayoutEffect, useMemo, useRef } from 'react'
import type { TimeWindow } from '../../../contract/shared'
import { prepareCanvas } from '../../drawing/canvas/surface'
import { useDrawingTheme } from '../../drawing/colour/useDrawingTheme'
import { timeScale, widthOf } from '../../drawing/time/window'
import type { HeightScale } from '../../drawing/timeline/bars'
import { bucketAt, bucketWindow, type LanePlace, laneAt } from '../../drawing/timeline/geometry'
import { type LanesResult, stackAt } from '../../drawing/timeline/lanes'
import { useSettings } from '../../state/workbench'
import { BarTooltip } from './BarTooltip'
import { MarkLayer } from './MarkLayer'
import { paintLanes } from './paint'
import type { Marks } from './useMarks'
import { type Point, usePlotGestures } from './usePlotGestures'
import type { WindowControl } from './useTimeWindow'

/** A bar that the analyst asked about. */
export interface BarRef {
  readonly kind: 'events' | 'spans'
  readonly key: string
  readonly bucket: number
}

interface Props {
  readonly places: readonly LanePlace[]
  readonly result: LanesResult | undefined
  readonly control: WindowControl
  readonly bounds: TimeWindow
  readonly widthPx: number
  readonly heightPx: number
  readonly heights: HeightScale
  readonly sharedPeak: boolean
  readonly marks: Marks
  readonly bar: BarRef | null
  readonly onBar: (bar: BarRef | null) => void
}

const emptyGrid = { startUs: 0, widthUs: 1, buckets: 0 }

export function Plot(props: Props) {
  const { places, control, bounds, widthPx, heightPx, heights, sharedPeak, bar, onBar } = props
  const grid = props.result ?? emptyGrid
  const element = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useDrawingTheme()
  const zone = useSettings((s) => s.timeZone)
  const scale = timeScale(control.window, 0, widthPx)

  const find = ({ xPx, yPx }: Point) => {
    const place = laneAt(places, yPx)
    const bucket = bucketAt(xPx, scale, grid)
    if (place === undefined || bucket === undefined) return undefined
    const stack = stackAt(place.lane, bucket)
    return stack === undefined ? undefined : { lane: place.lane, stack }
  }
  const { brush, hover, handlers } = usePlotGestures({
    plot: element,
    control,
    bounds,
    widthPx,
    onClick: (point) => {
      const hit = find(point)
      onBar(hit === undefined ? null : { kind: hit.lane.kind, key: hit.lane.key, bucket: hit.stack.bucket })
    },
  })

  useLayoutEffect(() => {
    if (canvas.current === null || widthPx === 0) return
    const context = prepareCanvas(canvas.current, widthPx, heightPx)
    if (context === null) return
    paintLanes(context, theme, { places, grid, window: control.window, widthPx, heightPx, heights, sharedPeak, zone })
  }, [places, grid, control.window, widthPx, heightPx, theme, zone, heights, sharedPeak])

  const keys = usePlotKeys(props)
  const under = hover === null ? undefined : find(hover)
  const picked = useMemo(() => {
    const place = bar === null ? undefined : places.find(({ lane }) => lane.kind === bar.kind && lane.key === bar.key)
    if (bar === null || place === undefined) return undefined
    const { fromUs, toUs } = bucketWindow(bar.bucket, grid)
    return { place, fromUs, toUs }
  }, [bar, places, grid])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing that takes keys; the table beside it is its text form
    <div
      ref={element}
      className="ct-tl-plot"
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the plot takes keys
      tabIndex={0}
      aria-label="Timeline plot. Plus and minus zoom, left and right move, 0 shows all, up and down choose a lane, comma and full stop step through its bars."
      style={{ height: heightPx }}
      onKeyDown={keys}
      {...handlers}
    >
      <canvas ref={canvas} style={{ width: widthPx, height: heightPx }} />
      {picked === undefined ? null : (
        <div
          className="ct-tl-bar"
          style={{
            top: picked.place.topPx,
            height: picked.place.heightPx,
            left: Math.round(scale.toPx(picked.fromUs)) - 1,
            width: Math.max(3, Math.round(scale.toPx(picked.toUs)) - Math.round(scale.toPx(picked.fromUs)) + 1),
          }}
        />
      )}
      <MarkLayer places={places} {...props.marks} window={control.window} widthPx={widthPx} heightPx={heightPx} />
      {brush === null ? null : (
        <div
          className="ct-tl-brush"
          style={{ left: Math.min(brush.fromPx, brush.toPx), width: Math.abs(brush.toPx - brush.fromPx) }}
        />
      )}
      {hover === null ? null : <div className="ct-tl-hair" style={{ left: Math.round(hover.xPx) }} />}
      {hover === null || under === undefined ? null : (
        <BarTooltip {...under} grid={grid} xPx={hover.xPx} yPx={hover.yPx} plotWidthPx={widthPx} />
      )}
    </div>
  )
}

function usePlotKeys({ places, control, bar, onBar }: Props) {
  const step = (by: number) => {
    const place = places.find(({ lane }) => lane.kind === bar?.kind && lane.key === bar.key) ?? places[0]
    if (place === undefined) return
    const { kind, key, stacks } = place.lane
    const at = bar === null ? -1 : stacks.findIndex((stack) => stack.bucket === bar.bucket)
    const next = stacks[Math.min(stacks.length - 1, Math.max(0, at + by))]
    if (next !== undefined) onBar({ kind, key, bucket: next.bucket })
  }
  const changeLane = (by: number) => {
    const at = places.findIndex(({ lane }) => lane.kind === bar?.kind && lane.key === bar.key)
    const lane = places[Math.min(places.length - 1, Math.max(0, at + by))]?.lane
    const wanted = bar?.bucket ?? 0
    const stack = lane?.stacks.find(({ bucket }) => bucket >= wanted) ?? lane?.stacks.at(-1)
    if (lane !== undefined && stack !== undefined) onBar({ kind: lane.kind, key: lane.key, bucket: stack.bucket })
  }
  const acts = new Map<string, () => void>([
    ['+', () => control.zoom(0.5)],
    ['=', () => control.zoom(0.5)],
    ['-', () => control.zoom(2)],
    ['0', control.showAll],
    ['ArrowLeft', () => control.pan(-widthOf(control.window) / 8)],
    ['ArrowRight', () => control.pan(widthOf(control.window) / 8)],
    ['ArrowUp', () => changeLane(-1)],
    ['ArrowDown', () => changeLane(1)],
    [',', () => step(-1)],
    ['.', () => step(1)],
    ...(bar === null ? [] : [['Escape', () => onBar(null)] as const]),
  ])
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const act = acts.get(event.key)
    if (act === undefined) return
    event.preventDefault()
    act()
  }
}

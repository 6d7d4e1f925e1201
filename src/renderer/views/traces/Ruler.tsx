import { type PointerEvent as ReactPointerEvent, useLayoutEffect, useRef, useState } from 'react'
import { prepareCanvas } from '../../drawing/canvas/surface'
import { useServiceColours } from '../../drawing/colour/serviceColours'
import { useDrawingTheme } from '../../drawing/colour/useDrawingTheme'
import { minimapY, paintTraceMinimap } from '../../drawing/waterfall/minimap'
import type { TraceModel } from '../../drawing/waterfall/model'
import { fullView, rulerTicks, type View } from '../../drawing/waterfall/scale'

const MAP_PX = 40
const RULER_PX = 20
/** A label nearer to the right edge than this would be cut. */
const LABEL_PX = 52

interface Props {
  readonly trace: TraceModel
  readonly rows: readonly number[]
  readonly view: View
  readonly widthPx: number
  /** First and last row on the screen. */
  readonly shownRows: readonly [number, number]
  readonly onView: (view: View) => void
  readonly onRow: (row: number) => void
}

/** The whole trace in small, with what is shown framed; below it the ruler. Drag to zoom, click to go there. */
export function Ruler({ trace, rows, view, widthPx, shownRows, onView, onRow }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useDrawingTheme()
  const colours = useServiceColours()
  const [drag, setDrag] = useState<{ readonly fromPx: number; readonly toPx: number } | null>(null)
  const whole = fullView(trace.durationNs)
  const pxOf = (ns: number) => (ns / whole.toNs) * widthPx
  useLayoutEffect(() => {
    if (canvas.current === null || widthPx === 0) return
    const context = prepareCanvas(canvas.current, widthPx, MAP_PX)
    if (context !== null) paintTraceMinimap(context, theme, colours, trace, rows, widthPx, MAP_PX - 2)
  }, [trace, colours, rows, widthPx, theme])

  const point = (event: ReactPointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    return { xPx: Math.min(widthPx, Math.max(0, event.clientX - box.left)), yPx: event.clientY - box.top }
  }
  const top = minimapY(shownRows[0], rows.length, MAP_PX - 2)
  const bottom = Math.max(top + 4, minimapY(shownRows[1], rows.length, MAP_PX - 2))
  return (
    <div className="ct-wf-ruler">
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing for the pointer; the rows have the keys for the same acts */}
      <div
        role="group"
        aria-label="The whole trace with the shown part"
        className="ct-wf-map"
        style={{ height: MAP_PX }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          const { xPx } = point(event)
          setDrag({ fromPx: xPx, toPx: xPx })
        }}
        onPointerMove={(event) => {
          if (drag !== null) setDrag({ ...drag, toPx: point(event).xPx })
        }}
        onPointerUp={(event) => {
          if (drag === null) return
          setDrag(null)
          const [left, right] = [Math.min(drag.fromPx, drag.toPx), Math.max(drag.fromPx, drag.toPx)]
          if (right - left > 4) {
            onView({ fromNs: (left / widthPx) * whole.toNs, toNs: (right / widthPx) * whole.toNs })
          } else {
            const each = Math.min(3, (MAP_PX - 2) / Math.max(1, rows.length))
            onRow(Math.min(rows.length - 1, Math.floor(point(event).yPx / each)))
          }
        }}
        onDoubleClick={() => onView(whole)}
      >
        <canvas ref={canvas} style={{ width: widthPx, height: MAP_PX }} />
        <i
          className="ct-wf-frame"
          style={{ left: pxOf(view.fromNs), width: pxOf(view.toNs - view.fromNs), top, height: bottom - top }}
        />
        {drag === null ? null : (
          <i
            className="ct-tl-brush"
            style={{ left: Math.min(drag.fromPx, drag.toPx), width: Math.abs(drag.toPx - drag.fromPx) }}
          />
        )}
      </div>
      <svg className="ct-wf-ticks" width={widthPx} height={RULER_PX} aria-hidden="true">
        {rulerTicks(view, widthPx).map((tick) => {
          const x = Math.round(((tick.ns - view.fromNs) / (view.toNs - view.fromNs)) * widthPx)
          return (
            <g key={tick.ns} transform={`translate(${x + 0.5},0)`}>
              <line y1={RULER_PX - 5} y2={RULER_PX} />
              {x > widthPx - LABEL_PX ? null : (
                <text x={3} y={13}>
                  {tick.label}
                </text>
              )}
            </g>
          )
        })}
      </svg>
    </div>
  )
}

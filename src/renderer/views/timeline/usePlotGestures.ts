/** Pointer and wheel on the plot: drag draws a window, Shift or middle drag pans, the wheel zooms around the pointer. */
import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { TimeWindow } from '../../../contract/shared'
import { timeScale, widthOf, windowBetween } from '../../drawing/time/window'
import type { WindowControl } from './useTimeWindow'

/** Shorter drags are clicks. */
const CLICK_PX = 4
const WHEEL_STEP = 0.0018

export interface Point {
  readonly xPx: number
  readonly yPx: number
}

interface Drag {
  readonly kind: 'brush' | 'pan'
  readonly from: Point
  readonly fromUs: number
  lastPx: number
}

interface Options {
  readonly plot: RefObject<HTMLElement | null>
  readonly control: WindowControl
  readonly bounds: TimeWindow
  readonly widthPx: number
  readonly onClick: (point: Point) => void
}

export function usePlotGestures({ plot, control, bounds, widthPx, onClick }: Options) {
  const drag = useRef<Drag | null>(null)
  const [brush, setBrush] = useState<{ readonly fromPx: number; readonly toPx: number } | null>(null)
  const [hover, setHover] = useState<Point | null>(null)
  const latest = useRef({ control, widthPx })
  latest.current = { control, widthPx }

  useEffect(() => {
    const element = plot.current
    if (element === null) return
    // React's wheel listeners are passive, and an unprevented wheel would scroll the lanes.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const now = latest.current
      const perPx = widthOf(now.control.window) / Math.max(1, now.widthPx)
      const unitPx = event.deltaMode === 1 ? 16 : 1
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        return now.control.pan((event.deltaX || event.deltaY) * unitPx * perPx)
      }
      const px = event.clientX - element.getBoundingClientRect().left
      const anchorUs = timeScale(now.control.window, 0, now.widthPx).toUs(px)
      now.control.zoom(Math.exp(event.deltaY * unitPx * WHEEL_STEP), anchorUs)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [plot])

  const pointOf = (event: ReactPointerEvent): Point => {
    const box = event.currentTarget.getBoundingClientRect()
    return { xPx: event.clientX - box.left, yPx: event.clientY - box.top }
  }
  const scale = timeScale(control.window, 0, widthPx)
  return {
    brush,
    hover: brush === null ? hover : null,
    handlers: {
      onPointerDown: (event: ReactPointerEvent<HTMLElement>) => {
        if (event.button > 1) return
        event.currentTarget.setPointerCapture(event.pointerId)
        const from = pointOf(event)
        const kind = event.shiftKey || event.button === 1 ? 'pan' : 'brush'
        drag.current = { kind, from, fromUs: scale.toUs(from.xPx), lastPx: from.xPx }
      },
      onPointerMove: (event: ReactPointerEvent<HTMLElement>) => {
        const point = pointOf(event)
        const current = drag.current
        if (current === null) return setHover(point)
        if (current.kind === 'pan') {
          control.pan(scale.toUs(current.lastPx) - scale.toUs(point.xPx))
          current.lastPx = point.xPx
        } else if (Math.abs(point.xPx - current.from.xPx) > CLICK_PX) {
          setBrush({ fromPx: scale.toPx(current.fromUs), toPx: Math.min(widthPx, Math.max(0, point.xPx)) })
        }
      },
      onPointerUp: (event: ReactPointerEvent<HTMLElement>) => {
        const current = drag.current
        drag.current = null
        if (brush !== null) control.show(windowBetween(scale.toUs(brush.fromPx), scale.toUs(brush.toPx), bounds))
        else if (current?.kind === 'brush') onClick(pointOf(event))
        setBrush(null)
      },
      onPointerCancel: () => {
        drag.current = null
        setBrush(null)
      },
      onPointerLeave: () => setHover(null),
    },
  }
}

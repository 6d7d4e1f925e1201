import { type PointerEvent as ReactPointerEvent, useLayoutEffect, useRef, useState } from 'react'
import type { Result } from '../../../contract'
import type { TimeWindow } from '../../../contract/shared'
import { prepareCanvas } from '../../drawing/canvas/surface'
import { stateColour } from '../../drawing/colour/drawingTheme'
import { useDrawingTheme } from '../../drawing/colour/useDrawingTheme'
import { timeScale, widthOf, windowBetween } from '../../drawing/time/window'
import { partHeights, stackHeightPx } from '../../drawing/timeline/bars'
import { seriesRank } from '../../drawing/timeline/lanes'
import type { WindowControl } from './useTimeWindow'

const HEIGHT_PX = 34
/** A grip of the window's edges, in pixels to each side. */
const GRIP_PX = 5

interface Props {
  readonly bounds: TimeWindow
  readonly overview: Result<'events.histogram'> | undefined
  readonly control: WindowControl
  readonly widthPx: number
}

type Drag =
  | { readonly kind: 'move'; readonly atPx: number; readonly from: TimeWindow }
  | { readonly kind: 'span'; readonly fixedUs: number }

/** The whole case at a glance, with the shown window on it: drag it, drag its edges, or draw a new one. */
export function Minimap({ bounds, overview, control, widthPx }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useDrawingTheme()
  const [drag, setDrag] = useState<Drag | null>(null)
  const [draft, setDraft] = useState<TimeWindow | null>(null)
  const scale = timeScale(bounds, 0, widthPx)
  const shown = draft ?? control.window
  const left = Math.round(scale.toPx(shown.fromUs))
  const right = Math.max(left + 2, Math.round(scale.toPx(shown.toUs)))

  useLayoutEffect(() => {
    if (canvas.current === null || overview === undefined) return
    const context = prepareCanvas(canvas.current, widthPx, HEIGHT_PX)
    if (context === null) return
    const toPx = timeScale(bounds, 0, widthPx).toPx
    const peak = overview.count.reduce((most, count) => Math.max(most, count), 0)
    const frame = { topPx: 2, heightPx: HEIGHT_PX - 3, leftPx: 0, rightPx: widthPx, peak, heights: 'log' as const }
    const names = Object.keys(overview.by).sort((a, b) => seriesRank(a) - seriesRank(b))
    overview.startUs.forEach((startUs, at) => {
      const total = overview.count[at] ?? 0
      if (total === 0) return
      const x = Math.round(toPx(startUs))
      const width = Math.max(1, Math.round(toPx(startUs + overview.widthUs)) - x)
      const parts = names.map((series) => ({ series, count: overview.by[series]?.[at] ?? 0 }))
      const heights = partHeights({ bucket: at, total, parts }, stackHeightPx(total, frame))
      let y = HEIGHT_PX - 1
      parts.forEach((part, index) => {
        const height = heights[index] ?? 0
        y -= height
        context.fillStyle = stateColour(theme, part.series)
        if (height > 0) context.fillRect(x, y, width, height)
      })
    })
  }, [overview, widthPx, theme, bounds])

  const pxOf = (event: ReactPointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left
  const down = (event: ReactPointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const px = pxOf(event)
    if (Math.abs(px - left) <= GRIP_PX) setDrag({ kind: 'span', fixedUs: shown.toUs })
    else if (Math.abs(px - right) <= GRIP_PX) setDrag({ kind: 'span', fixedUs: shown.fromUs })
    else if (px > left && px < right && !control.whole) setDrag({ kind: 'move', atPx: px, from: shown })
    else setDrag({ kind: 'span', fixedUs: scale.toUs(px) })
  }
  const move = (event: ReactPointerEvent) => {
    if (drag === null) return
    const us = scale.toUs(pxOf(event))
    if (drag.kind === 'span') return setDraft(windowBetween(drag.fixedUs, us, bounds))
    const by = Math.max(bounds.fromUs - drag.from.fromUs, us - scale.toUs(drag.atPx))
    const fromUs = Math.min(drag.from.fromUs + by, bounds.toUs - widthOf(drag.from))
    setDraft({ fromUs, toUs: fromUs + widthOf(drag.from) })
  }
  const up = () => {
    // A plain click, not a drag, must not shrink the window to nothing.
    if (draft !== null && (widthOf(draft) / widthOf(bounds)) * widthPx >= 3) control.show(draft)
    setDrag(null)
    setDraft(null)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing for the pointer; the plot has the keys for the same acts
    <div
      role="group"
      aria-label="The whole case with the shown window"
      className="ct-tl-minimap"
      style={{ height: HEIGHT_PX }}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onDoubleClick={control.showAll}
      title="The whole case. Drag to choose a window, double-click to show everything."
    >
      <canvas ref={canvas} style={{ width: widthPx, height: HEIGHT_PX }} />
      <div className="ct-tl-veil" style={{ left: 0, width: Math.max(0, left) }} />
      <div className="ct-tl-veil" style={{ left: right, right: 0 }} />
      <div className="ct-tl-window" style={{ left, width: right - left }} />
    </div>
  )
}

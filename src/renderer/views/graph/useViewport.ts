/** Pan and zoom of the drawing: wheel and drag for the pointer, acts for keys and buttons. */
import {
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { Size } from '../../drawing/canvas/useSize'
import type { Scene } from '../../drawing/graph/scene'
import { fitScene, fitWidth, type Viewport, zoomAt } from '../../drawing/graph/viewport'

const WHEEL_STEP = 0.0018
/** Shorter drags are clicks. */
const CLICK_PX = 4

export function useViewport(element: RefObject<HTMLElement | null>, scene: Scene | undefined, size: Size) {
  const [viewport, setViewport] = useState<Viewport>({ x: 0, y: 0, scale: 1 })
  const [touched, setTouched] = useState(false)
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null)
  const { widthPx, heightPx } = size
  const sceneWidth = scene?.widthPx
  const sceneHeight = scene?.heightPx

  // Follows the scene and the pane until the analyst moves it.
  useLayoutEffect(() => {
    if (touched || sceneWidth === undefined || sceneHeight === undefined || widthPx === 0) return
    setViewport(fitWidth({ widthPx: sceneWidth, heightPx: sceneHeight }, widthPx, heightPx))
  }, [touched, sceneWidth, sceneHeight, widthPx, heightPx])

  const change = useCallback((next: (before: Viewport) => Viewport) => {
    setTouched(true)
    setViewport(next)
  }, [])
  useEffect(() => {
    const target = element.current
    if (target === null) return
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const unitPx = event.deltaMode === 1 ? 16 : 1
      const box = target.getBoundingClientRect()
      change((before) =>
        event.ctrlKey || event.metaKey
          ? zoomAt(
              before,
              Math.exp(-event.deltaY * unitPx * WHEEL_STEP * 2),
              event.clientX - box.left,
              event.clientY - box.top,
            )
          : event.shiftKey
            ? { ...before, x: before.x - (event.deltaX || event.deltaY) * unitPx }
            : { ...before, x: before.x - event.deltaX * unitPx, y: before.y - event.deltaY * unitPx },
      )
    }
    target.addEventListener('wheel', onWheel, { passive: false })
    return () => target.removeEventListener('wheel', onWheel)
  }, [element, change])

  return {
    viewport,
    change,
    zoom: (factor: number) => change((before) => zoomAt(before, factor, widthPx / 2, heightPx / 2)),
    /** The readable fit again, which then follows the pane. */
    reset: () => setTouched(false),
    fitAll: () => scene !== undefined && change(() => fitScene(scene, widthPx, heightPx)),
    /** True when the last press was a drag, so that the click after it means nothing. */
    wasDrag: () => drag.current?.moved ?? false,
    handlers: {
      onPointerDown: (event: ReactPointerEvent) => {
        drag.current =
          event.button === 0 || event.button === 1 ? { x: event.clientX, y: event.clientY, moved: false } : null
      },
      onPointerMove: (event: ReactPointerEvent<HTMLElement>) => {
        const from = drag.current
        if (from === null || event.buttons === 0) return
        const dx = event.clientX - from.x
        const dy = event.clientY - from.y
        if (!from.moved && Math.hypot(dx, dy) < CLICK_PX) return
        // Capture only now: a captured press would take the click away from the node under it.
        if (!from.moved) event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { x: event.clientX, y: event.clientY, moved: true }
        change((before) => ({ ...before, x: before.x + dx, y: before.y + dy }))
      },
    },
  }
}

/** The part of the trace's time that is shown. Ctrl and the wheel zoom, Shift and the wheel pan; the plain wheel scrolls. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { fullView, panView, type View, zoomView } from '../../drawing/waterfall/scale'

const WHEEL_STEP = 0.0025

export function useTimeView(
  durationNs: number,
  scroll: RefObject<HTMLElement | null>,
  namesPx: number,
  plotPx: number,
) {
  const [view, setView] = useState<View>(() => fullView(durationNs))
  const latest = useRef({ namesPx, plotPx, durationNs })
  latest.current = { namesPx, plotPx, durationNs }
  useEffect(() => {
    const element = scroll.current
    if (element === null) return
    const onWheel = (event: WheelEvent) => {
      const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
      if (!event.ctrlKey && !event.metaKey && !sideways) return
      event.preventDefault()
      const now = latest.current
      const unitPx = event.deltaMode === 1 ? 16 : 1
      if (sideways) {
        const px = (event.deltaX || event.deltaY) * unitPx
        return setView((before) => panView(before, (px * (before.toNs - before.fromNs)) / now.plotPx, now.durationNs))
      }
      const px = event.clientX - element.getBoundingClientRect().left - now.namesPx
      const share = Math.min(1, Math.max(0, px / now.plotPx))
      setView((before) => {
        const anchorNs = before.fromNs + share * (before.toNs - before.fromNs)
        return zoomView(before, Math.exp(event.deltaY * unitPx * WHEEL_STEP), anchorNs, now.durationNs)
      })
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [scroll])
  const zoom = useCallback(
    (factor: number | null) =>
      setView((before) =>
        factor === null
          ? fullView(durationNs)
          : zoomView(before, factor, (before.fromNs + before.toNs) / 2, durationNs),
      ),
    [durationNs],
  )
  const pan = useCallback(
    (share: number) => setView((before) => panView(before, share * (before.toNs - before.fromNs), durationNs)),
    [durationNs],
  )
  return { view, setView, zoom, pan }
}

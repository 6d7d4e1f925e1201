/**
 * The window under the hand. Wheel and drag change it at once, so that the picture follows; the scope, which asks the
 * engine and makes an undo step, follows when the hand rests.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { TimeWindow } from '../../../contract/shared'
import { clampWindow, panWindow, sameWindow, widthOf, zoomWindow } from '../../drawing/time/window'
import { useScope } from '../../state/workbench'

const REST_MS = 180

export interface WindowControl {
  readonly window: TimeWindow
  /** True while the whole case is shown. */
  readonly whole: boolean
  zoom(factor: number, anchorUs?: number): void
  pan(byUs: number): void
  /** Shows the window and puts it into the scope now. */
  show(window: TimeWindow): void
  showAll(): void
}

export function useTimeWindow(bounds: TimeWindow): WindowControl {
  const { window: chosen, setWindow } = useScope()
  const settled = chosen ?? bounds
  const [live, setLive] = useState<TimeWindow | null>(null)
  const current = useRef(settled)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const window = live ?? settled
  current.current = window

  const commit = useCallback(
    (next: TimeWindow) => {
      clearTimeout(timer.current)
      setLive(null)
      setWindow(sameWindow(next, bounds) ? null : next)
    },
    [bounds, setWindow],
  )
  const move = useCallback(
    (next: TimeWindow) => {
      current.current = next
      setLive(next)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => commit(next), REST_MS)
    },
    [commit],
  )
  useEffect(() => () => clearTimeout(timer.current), [])

  return useMemo(
    () => ({
      window,
      whole: sameWindow(window, bounds),
      zoom: (factor, anchorUs) => {
        const at = anchorUs ?? current.current.fromUs + widthOf(current.current) / 2
        move(zoomWindow(current.current, factor, at, bounds))
      },
      pan: (byUs) => move(panWindow(current.current, byUs, bounds)),
      show: (next) => commit(clampWindow(next, bounds)),
      showAll: () => commit(bounds),
    }),
    [window, bounds, move, commit],
  )
}

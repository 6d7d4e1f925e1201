/** The scene of a graph in the chosen layout. Large force layouts run in slices, so that the window stays free. */
import { useEffect, useMemo, useState } from 'react'
import type { AccessGraph } from '../../../contract/traces'
import { FORCE_AT_ONCE, FORCE_TICKS, forceLayout } from '../../drawing/graph/force'
import { layeredScene } from '../../drawing/graph/layered'
import type { Scene } from '../../drawing/graph/scene'

export type LayoutKind = 'layered' | 'force'

const SLICE_MS = 10

/** Widths in steps, so that a pane that is being resized does not lay out anew at every pixel. */
const WIDTH_STEP_PX = 20

export function useScene(graph: AccessGraph | undefined, kind: LayoutKind, paneWidthPx: number): Scene | undefined {
  const widthPx = Math.floor(paneWidthPx / WIDTH_STEP_PX) * WIDTH_STEP_PX
  const layered = useMemo(
    () => (graph === undefined || kind !== 'layered' || widthPx === 0 ? undefined : layeredScene(graph, widthPx)),
    [graph, kind, widthPx],
  )
  const [forced, setForced] = useState<Scene | undefined>(undefined)
  useEffect(() => {
    if (graph === undefined || kind !== 'force') return
    const layout = forceLayout(graph)
    if (graph.nodes.length <= FORCE_AT_ONCE) {
      layout.advance(FORCE_TICKS)
      return setForced(layout.scene())
    }
    let frame = 0
    const slice = () => {
      const until = performance.now() + SLICE_MS
      let finished = false
      do finished = layout.advance(1)
      while (!finished && performance.now() < until)
      if (finished) setForced(layout.scene())
      else frame = requestAnimationFrame(slice)
    }
    frame = requestAnimationFrame(slice)
    return () => cancelAnimationFrame(frame)
  }, [graph, kind])
  return kind === 'layered' ? layered : forced
}

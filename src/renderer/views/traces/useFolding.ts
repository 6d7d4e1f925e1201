/** Which spans are folded, and the rows that remain. Long traces begin with everything open: rows cost nothing unseen. */
import { useCallback, useMemo, useState } from 'react'
import type { PathPiece } from '../../drawing/waterfall/criticalPath'
import type { ErrorPath } from '../../drawing/waterfall/errorPath'
import type { TraceModel } from '../../drawing/waterfall/model'
import { quietSpans, visibleRows } from '../../drawing/waterfall/rows'

export interface TracePaths {
  readonly critical: ReadonlyMap<number, readonly PathPiece[]>
  readonly errors: ErrorPath
}

const nothing: ReadonlySet<number> = new Set()

export function useFolding(trace: TraceModel, paths: TracePaths) {
  const [collapsed, setCollapsed] = useState(nothing)
  const rows = useMemo(() => visibleRows(trace, collapsed), [trace, collapsed])
  const toggle = useCallback((index: number, collapse: boolean) => {
    setCollapsed((before) => {
      const next = new Set(before)
      if (collapse) next.add(index)
      else next.delete(index)
      return next
    })
  }, [])
  const fold = useCallback(
    (how: 'all' | 'none' | 'critical') => {
      if (how === 'none') setCollapsed(nothing)
      else if (how === 'all') setCollapsed(new Set(trace.roots))
      else setCollapsed(quietSpans(trace, (index) => paths.critical.has(index) || trace.spans[index]?.failed === true))
    },
    [trace, paths],
  )
  return { collapsed, rows, toggle, fold, setCollapsed }
}

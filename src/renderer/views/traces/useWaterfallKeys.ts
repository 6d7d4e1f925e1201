/** Keys of the waterfall, as of a tree: up, down, left and right; and the jumps to failures. The window has `e` for the linked event. */
import type { KeyboardEvent } from 'react'
import type { TraceModel } from '../../drawing/waterfall/model'
import { rowOf } from '../../drawing/waterfall/rows'

interface Options {
  readonly trace: TraceModel
  readonly rows: readonly number[]
  readonly collapsed: ReadonlySet<number>
  /** Index of the selected span, or -1. */
  readonly selected: number
  readonly pageRows: number
  /** Failed spans, first failure first. */
  readonly origins: readonly number[]
  readonly onSpan: (index: number) => void
  readonly onToggle: (index: number, collapse: boolean) => void
  readonly onZoom: (factor: number | null) => void
  readonly onPan: (share: number) => void
}

export function useWaterfallKeys(options: Options): (event: KeyboardEvent) => void {
  const { trace, rows, collapsed, selected, pageRows, origins, onSpan, onToggle, onZoom, onPan } = options
  const row = selected < 0 ? -1 : rowOf(trace, rows, selected)
  const go = (to: number) => {
    const index = rows[Math.min(rows.length - 1, Math.max(0, to))]
    if (index !== undefined) onSpan(index)
  }
  const left = () => {
    const index = rows[row]
    if (index === undefined) return
    const span = trace.spans[index]
    if (span !== undefined && span.below > 0 && !collapsed.has(index)) onToggle(index, true)
    else if (span !== undefined && span.parent >= 0) onSpan(span.parent)
  }
  const right = () => {
    const index = rows[row]
    if (index === undefined) return
    const span = trace.spans[index]
    if (span === undefined || span.below === 0) return
    if (collapsed.has(index)) onToggle(index, false)
    else onSpan(index + 1)
  }
  const nextFailure = () => {
    const at = origins.indexOf(selected)
    const next = origins[(at + 1) % Math.max(1, origins.length)]
    if (next !== undefined) onSpan(next)
  }
  const acts = new Map<string, () => void>([
    ['ArrowDown', () => go(row + 1)],
    ['j', () => go(row + 1)],
    ['ArrowUp', () => go(row - 1)],
    ['k', () => go(row - 1)],
    ['PageDown', () => go(row + pageRows)],
    ['PageUp', () => go(row - pageRows)],
    ['Home', () => go(0)],
    ['End', () => go(rows.length - 1)],
    ['ArrowLeft', left],
    ['ArrowRight', right],
    ['+', () => onZoom(0.5)],
    ['=', () => onZoom(0.5)],
    ['-', () => onZoom(2)],
    ['0', () => onZoom(null)],
    ['[', () => onPan(-0.25)],
    [']', () => onPan(0.25)],
    ['x', nextFailure],
  ])
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const act = acts.get(event.key)
    if (act === undefined) return
    event.preventDefault()
    act()
  }
}

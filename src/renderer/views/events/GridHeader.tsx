// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by window, which table elements cannot do
import { type PointerEvent, useRef } from 'react'
import { useSettings } from '../../state/workbench'
import { zoneLabel } from '../../text/time'
import type { PlacedColumn } from './columns'
import type { EventOrder } from './useEventPager'

/** The new width of a column, with the drawn widths of all columns in their order. */
export type OnWidth = (columnId: string, widthPx: number, drawnPx: readonly number[]) => void

const MIN_PX = 40
const MAX_PX = 1_200
const KEY_STEP_PX = 16

/** Column heads: time sorts, every edge drags (or moves by arrow keys). */
export function GridHeader({
  columns,
  template,
  order,
  onOrder,
  onWidth,
}: {
  readonly columns: readonly PlacedColumn[]
  readonly template: string
  readonly order: EventOrder
  readonly onOrder: (order: EventOrder) => void
  readonly onWidth: OnWidth
}) {
  const zone = useSettings((s) => s.timeZone)
  return (
    <div role="rowgroup" className="ct-grid-head">
      {/* biome-ignore lint/a11y/useFocusableInteractive: the head's buttons take the focus */}
      <div role="row" aria-rowindex={1} className="ct-row ct-row-head" style={{ gridTemplateColumns: template }}>
        {columns.map((column, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the head's buttons take the focus
          <div
            key={column.id}
            role="columnheader"
            aria-colindex={index + 1}
            aria-sort={column.kind === 'time' ? (order === 'ts' ? 'ascending' : 'descending') : undefined}
            className={`ct-cell ct-cell-${column.kind}`}
          >
            {column.kind === 'time' ? (
              <button type="button" className="ct-sort" onClick={() => onOrder(order === 'ts' ? '-ts' : 'ts')}>
                Time ({zoneLabel(zone)}) <span aria-hidden="true">{order === 'ts' ? '↑' : '↓'}</span>
              </button>
            ) : (
              <span className={column.kind === 'marks' ? 'ct-hidden' : 'ct-clip'}>{column.title}</span>
            )}
            <ResizeHandle column={column} onWidth={onWidth} />
          </div>
        ))}
      </div>
    </div>
  )
}

function ResizeHandle({ column, onWidth }: { readonly column: PlacedColumn; readonly onWidth: OnWidth }) {
  const start = useRef<{ readonly x: number; readonly widthPx: number } | null>(null)
  const set = (handle: Element, widthPx: number) =>
    onWidth(column.id, Math.max(MIN_PX, Math.min(MAX_PX, Math.round(widthPx))), drawnWidths(handle))
  const onMove = (event: PointerEvent) => {
    if (start.current !== null) set(event.currentTarget, start.current.widthPx + event.clientX - start.current.x)
  }
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Width of ${column.title}`}
      aria-valuenow={column.shownPx}
      aria-valuemin={MIN_PX}
      aria-valuemax={MAX_PX}
      className="ct-resize"
      onPointerDown={(event) => {
        const width = event.currentTarget.parentElement?.getBoundingClientRect().width ?? column.shownPx
        start.current = { x: event.clientX, widthPx: width }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={onMove}
      onPointerUp={() => {
        start.current = null
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
        event.preventDefault()
        event.stopPropagation()
        set(event.currentTarget, column.shownPx + (event.key === 'ArrowLeft' ? -KEY_STEP_PX : KEY_STEP_PX))
      }}
    />
  )
}

function drawnWidths(handle: Element): readonly number[] {
  const cells = handle.closest('[role=row]')?.children ?? []
  return Array.from(cells, (cell) => Math.round(cell.getBoundingClientRect().width))
}

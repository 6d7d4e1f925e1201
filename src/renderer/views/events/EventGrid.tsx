// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by window, which table elements cannot do
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { useDebounced } from '../../filter/useDebounced'
import { useSelection, useSettings } from '../../state/workbench'
import { formatCount } from '../../text/numbers'
import { gridTemplate, type PlacedColumn } from './columns'
import { EventCells } from './EventCells'
import type { EventPager } from './eventPager'
import { GridHeader, type OnWidth } from './GridHeader'
import { baseFor, moveBy, rebase, WINDOW_ROWS, windowSize } from './rowWindow'
import { useChoice } from './useChoice'
import type { EventOrder } from './useEventPager'
import { useMarks } from './useMarks'

const ROW_PX = { compact: 22, comfortable: 28 } as const

export interface EventGridProps {
  readonly pager: EventPager
  readonly columns: readonly PlacedColumn[]
  readonly order: EventOrder
  readonly onOrder: (order: EventOrder) => void
  readonly onWidth: OnWidth
  /** Whether the widths were chosen by the analyst. */
  readonly chosenWidths: boolean
  /** Index of the row to show, from a selection made elsewhere; `serial` repeats a wish. */
  readonly reveal: { readonly index: number; readonly serial: number } | null
}

/** The event table: an ARIA grid with one focus stop, rows by window, any size. Moving selects. */
export function EventGrid({ pager, columns, order, onOrder, onWidth, chosenWidths, reveal }: EventGridProps) {
  const selection = useSelection()
  const density = useSettings((s) => s.density)
  const rowPx = ROW_PX[density]
  const total = pager.total
  const choice = useChoice(pager)
  const [base, setBase] = useState(0)
  const [active, setActive] = useState(-1)
  const scroller = useRef<HTMLDivElement>(null)
  const gridId = useId()
  const size = windowSize(base, total)
  const virtual = useVirtualizer({
    count: size,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 8,
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const from = Math.max(0, startIndex - overscan)
      const to = Math.min(count - 1, endIndex + overscan)
      const indexes = Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => from + step)
      // The row named by aria-activedescendant has to be in the document.
      const kept = active - base
      if (kept >= 0 && kept < count && (kept < from || kept > to)) indexes.push(kept)
      return indexes
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of density changes every row's size
  useEffect(() => virtual.measure(), [rowPx])

  const items = virtual.getVirtualItems()
  const range = virtual.range
  const first = base + (range?.startIndex ?? 0)
  const last = base + (range?.endIndex ?? 0)
  const pageRows = Math.max(1, last - first - 1)

  useEffect(() => pager.need(Math.max(0, first - 20), last + 60), [pager, first, last])

  /** Where the scroller was sent together with a new base, until it is there: what is visible meanwhile says nothing. */
  const sentTo = useRef<number | null>(null)
  const moveBase = (next: number, top: number) => {
    const element = scroller.current
    if (element === null) return
    setBase(next)
    // The window's height is the same for every base, so that this can be done at once.
    element.scrollTop = top
    sentTo.current = element.scrollTop
  }
  const scrollTo = useEffectEvent((index: number, align: 'auto' | 'center') => {
    if (index >= base && index < base + WINDOW_ROWS) {
      virtual.scrollToIndex(index - base, { align })
      return
    }
    const next = baseFor(index, total)
    const half = (scroller.current?.clientHeight ?? 0) / 2
    moveBase(next, Math.max(0, (index - next) * rowPx - half))
  })
  const keepBase = useEffectEvent(() => {
    const element = scroller.current
    if (element === null) return
    if (sentTo.current !== null) {
      if (Math.abs((virtual.scrollOffset ?? 0) - sentTo.current) > rowPx) return
      sentTo.current = null
    }
    const next = rebase(base, first, last, total)
    if (next !== base) moveBase(next, element.scrollTop + (base - next) * rowPx)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for every move of the visible rows
  useEffect(() => keepBase(), [first, last])
  const previousPager = useRef(pager)
  useEffect(() => {
    if (previousPager.current === pager) return
    previousPager.current = pager
    setBase(0)
    setActive(-1)
    scroller.current?.scrollTo({ top: 0 })
  }, [pager])
  useEffect(() => {
    if (reveal === null) return
    setActive(reveal.index)
    scrollTo(reveal.index, 'center')
  }, [reveal])

  // Moving selects, once the row is here and the keys rest: the inspector does not flicker through every row.
  const activeId = useDebounced(active >= 0 ? text(pager.row(active)?.event_id) : '', 90)
  const pickActive = useEffectEvent((id: string) => {
    if (id !== '' && id !== selection.eventId) selection.pickEvent(id)
  })
  useEffect(() => pickActive(activeId), [activeId])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey) return
    if (event.ctrlKey || event.metaKey) {
      if (event.key === 'a') choice.all()
      else if (event.key === ' ') toggleRow(active)
      else return
      if (selection.eventId === null || event.key === 'a')
        selection.pickEvent(text(pager.row(Math.max(0, active))?.event_id))
      event.preventDefault()
      return
    }
    if (event.key === 'Escape' && selection.chosen.size > 0) {
      choice.none(active)
      event.preventDefault()
      return
    }
    if (event.key === 'Enter' || event.key === ' ') {
      const id = text(pager.row(active)?.event_id)
      if (id !== '') selection.pickEvent(id)
      event.preventDefault()
      return
    }
    const next = moveBy(event.key, active, total, pageRows)
    if (next === undefined) return
    event.preventDefault()
    if (event.shiftKey) choice.extend(next, active)
    else choice.none(next)
    setActive(next)
    scrollTo(next, 'auto')
  }
  const toggleRow = (index: number) => {
    const id = text(pager.row(index)?.event_id)
    if (id !== '') choice.toggle(index, id)
  }
  const onRowClick = (event: MouseEvent, index: number, id: string) => {
    if (id === '') return
    if (event.shiftKey) choice.extend(index, active)
    else if (event.ctrlKey || event.metaKey) choice.toggle(index, id)
    else choice.none(index)
    selection.pickEvent(id)
  }

  const visibleIds = useDebounced(
    items.flatMap((item) => text(pager.row(base + item.index)?.event_id) || []).join(' '),
    80,
  )
  const marks = useMarks(visibleIds === '' ? [] : visibleIds.split(' '))
  const template = gridTemplate(columns, chosenWidths)
  return (
    <div className="ct-grid-box">
      <div
        ref={scroller}
        className="ct-grid"
        role="grid"
        tabIndex={0}
        aria-label={`Events, ${formatCount(total)} rows`}
        aria-rowcount={total + 1}
        aria-colcount={columns.length}
        aria-multiselectable
        aria-activedescendant={active >= base && active < base + size ? `${gridId}-${active}` : undefined}
        onKeyDown={onKeyDown}
        onFocus={() => {
          if (active < 0 && total > 0) setActive(first)
        }}
      >
        <GridHeader columns={columns} template={template} order={order} onOrder={onOrder} onWidth={onWidth} />
        <div role="rowgroup" className="ct-grid-rows" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const index = base + item.index
            const row = pager.row(index)
            const id = text(row?.event_id)
            const chosen = id !== '' && (id === selection.eventId || selection.chosen.has(id))
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid holds the focus and handles the keys
              <div
                key={item.key}
                id={`${gridId}-${index}`}
                role="row"
                tabIndex={-1}
                aria-rowindex={index + 2}
                aria-selected={chosen}
                className={rowClass(chosen, index === active, selection.lit.events.has(id))}
                style={{ height: rowPx, transform: `translateY(${item.start}px)`, gridTemplateColumns: template }}
                onMouseDown={(event) => {
                  // A range by the mouse chooses rows, not their text.
                  if (event.shiftKey) event.preventDefault()
                  else setActive(index)
                }}
                onClick={(event) => {
                  onRowClick(event, index, id)
                  setActive(index)
                }}
              >
                <EventCells
                  row={row}
                  columns={columns}
                  link={marks.links.get(id)}
                  noted={marks.noted.has(id)}
                  mark={marks.marked.get(id)}
                />
              </div>
            )
          })}
        </div>
      </div>
      {total > WINDOW_ROWS ? (
        <input
          type="range"
          className="ct-grid-rail"
          aria-label="Position in all rows"
          min={0}
          max={total - 1}
          value={first}
          onChange={(event) => scrollTo(Number(event.target.value), 'center')}
        />
      ) : null}
    </div>
  )
}

function rowClass(chosen: boolean, active: boolean, lit: boolean): string {
  return ['ct-row', chosen ? 'ct-row-chosen' : '', active ? 'ct-row-active' : '', lit ? 'ct-row-lit' : '']
    .filter((name) => name !== '')
    .join(' ')
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

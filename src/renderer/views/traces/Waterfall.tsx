import {
  type MouseEvent,
  type UIEvent,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { prepareCanvas } from '../../drawing/canvas/surface'
import { useSize } from '../../drawing/canvas/useSize'
import { useServiceColours } from '../../drawing/colour/serviceColours'
import { useDrawingTheme } from '../../drawing/colour/useDrawingTheme'
import { Splitter } from '../../drawing/controls/Splitter'
import { type AccessEvent, eventsBySpan, markAt, placeMarks } from '../../drawing/waterfall/accessMarks'
import type { TraceModel } from '../../drawing/waterfall/model'
import { paintWaterfall } from '../../drawing/waterfall/paint'
import { revealed, rowOf, rowRange, scrollToRow } from '../../drawing/waterfall/rows'
import { spanKey } from '../../state/selection'
import { useSelection } from '../../state/workbench'
import { type Hovered, MarkTip } from './MarkTip'
import { Ruler } from './Ruler'
import { SelfTimeTable } from './SelfTimeTable'
import { TraceHead } from './TraceHead'
import { type TracePaths, useFolding } from './useFolding'
import { useTimeView } from './useTimeView'
import { useWaterfallKeys } from './useWaterfallKeys'
import { WaterfallRow } from './WaterfallRow'

const ROW_PX = 22
const noEvents: readonly AccessEvent[] = []

interface Props {
  readonly trace: TraceModel
  readonly paths: TracePaths
  readonly access: readonly AccessEvent[]
  readonly truncated: boolean
}

/** One trace: names on the left, time on the right. Only the rows in view exist. Remount for another trace. */
export function Waterfall({ trace, paths, access, truncated }: Props) {
  const id = useId()
  const theme = useDrawingTheme()
  const colours = useServiceColours()
  const spanId = useSelection((s) => s.spanId)
  const lit = useSelection((s) => s.lit)
  const pickSpan = useSelection((s) => s.pickSpan)
  const pickEvent = useSelection((s) => s.pickEvent)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [scroll, size] = useSize<HTMLDivElement>()
  const [scrollTopPx, setScrollTopPx] = useState(0)
  const [namesPx, setNamesPx] = useState(330)
  const [byOperation, setByOperation] = useState(false)
  const [hovered, setHovered] = useState<Hovered | null>(null)
  const { collapsed, rows, toggle, fold, setCollapsed } = useFolding(trace, paths)
  const plotPx = Math.max(40, size.widthPx - namesPx)
  const { view, setView, zoom, pan } = useTimeView(trace.durationNs, scroll, namesPx, plotPx)
  const selected = useMemo(
    () => (spanId === null ? -1 : trace.spans.findIndex(({ span }) => span.span_id === spanId)),
    [trace, spanId],
  )
  const range = rowRange(scrollTopPx, size.heightPx, ROW_PX, rows.length)
  const onErrorPath = useMemo(() => new Set(paths.errors.spans), [paths])
  const marks = useMemo(() => placeMarks(trace, rows, access, view, plotPx), [trace, rows, access, view, plotPx])
  const bySpan = useMemo(() => eventsBySpan(access), [access])

  // Follows a selection that was made elsewhere, and the keys.
  useEffect(() => {
    if (selected < 0) return
    setCollapsed((before) => revealed(trace, before, selected))
  }, [trace, selected, setCollapsed])
  useEffect(() => {
    const element = scroll.current
    const row = selected < 0 ? -1 : rowOf(trace, rows, selected)
    if (element === null || row < 0) return
    element.scrollTop = scrollToRow(row, ROW_PX, element.scrollTop, element.clientHeight)
  }, [trace, rows, selected, scroll])

  const { first, end } = range
  useLayoutEffect(() => {
    if (canvas.current === null) return
    const context = prepareCanvas(canvas.current, plotPx, Math.max(1, (end - first) * ROW_PX))
    if (context === null) return
    paintWaterfall(context, theme, {
      trace,
      colours,
      rows,
      range: { first, end },
      view,
      widthPx: plotPx,
      rowPx: ROW_PX,
      collapsed,
      critical: paths.critical,
      onErrorPath,
      marks,
      litEvents: lit.events,
    })
  }, [trace, colours, rows, first, end, view, plotPx, collapsed, paths, onErrorPath, marks, lit.events, theme])

  const pick = useCallback(
    (index: number) => {
      const span = trace.spans[index]?.span
      if (span !== undefined) pickSpan(trace.traceId, span.span_id)
    },
    [trace, pickSpan],
  )
  const onKeyDown = useWaterfallKeys({
    trace,
    rows,
    collapsed,
    selected,
    pageRows: Math.max(1, Math.floor(size.heightPx / ROW_PX) - 1),
    origins: paths.errors.origins,
    onSpan: pick,
    onToggle: toggle,
    onZoom: zoom,
    onPan: pan,
  })
  /** Row and pixel in the plot under a mouse event, from the scroll container. */
  const place = (event: MouseEvent) => {
    const box = scroll.current?.getBoundingClientRect()
    const top = scroll.current?.scrollTop ?? 0
    const xPx = event.clientX - (box?.left ?? 0) - namesPx
    return { row: Math.floor((event.clientY - (box?.top ?? 0) + top) / ROW_PX), xPx }
  }
  const onHover = (event: MouseEvent) => {
    const { row, xPx } = place(event)
    const box = scroll.current?.getBoundingClientRect()
    const span = trace.spans[rows[row] ?? -1]
    if (xPx < 0 || span === undefined || box === undefined) return setHovered(null)
    const mark = markAt(marks, row, xPx)
    setHovered({ span, mark, leftPx: event.clientX - box.left, topPx: event.clientY - box.top, widthPx: size.widthPx })
  }
  const onClickRow = (index: number, event: MouseEvent) => {
    const { row, xPx } = place(event)
    const mark = xPx < 0 ? undefined : markAt(marks, row, xPx)
    pick(mark?.event.toTrace === false ? mark.event.spanIndex : index)
    if (mark !== undefined) pickEvent(mark.event.eventId)
  }
  const latestClick = useRef(onClickRow)
  latestClick.current = onClickRow
  const onPick = useCallback((index: number, event: MouseEvent) => latestClick.current(index, event), [])
  const activeRow = selected < 0 ? -1 : rowOf(trace, rows, selected)
  const shownRows = [Math.floor(scrollTopPx / ROW_PX), Math.ceil((scrollTopPx + size.heightPx) / ROW_PX)] as const
  return (
    <div className="ct-wf">
      <TraceHead
        trace={trace}
        errors={paths.errors}
        eventCount={access.length}
        truncated={truncated}
        onSpan={pick}
        onFold={fold}
        onZoom={zoom}
        byOperation={byOperation}
        onByOperation={setByOperation}
      />
      {byOperation ? (
        <SelfTimeTable
          trace={trace}
          onSpan={(index) => {
            setByOperation(false)
            pick(index)
          }}
        />
      ) : null}
      <div className="ct-wf-top" hidden={byOperation}>
        <span className="ct-tl-corner" style={{ width: namesPx }}>
          {rows.length === trace.spans.length ? '' : `${rows.length} of ${trace.spans.length} spans shown`}
        </span>
        <Splitter
          label="Width of the names"
          kind="column"
          valuePx={namesPx}
          leastPx={140}
          mostPx={700}
          onChange={setNamesPx}
        />
        <Ruler
          trace={trace}
          rows={rows}
          view={view}
          widthPx={plotPx}
          shownRows={shownRows}
          onView={setView}
          onRow={(row) => {
            if (scroll.current !== null) scroll.current.scrollTop = row * ROW_PX - scroll.current.clientHeight / 2
          }}
        />
      </div>
      <div
        ref={scroll}
        className="ct-wf-scroll"
        hidden={byOperation}
        role="treegrid"
        aria-label="Spans. Left and right fold, plus and minus zoom, x goes to the next failure, e to the linked event."
        aria-rowcount={rows.length}
        tabIndex={0}
        {...(activeRow >= first && activeRow < end ? { 'aria-activedescendant': `${id}-${activeRow}` } : {})}
        onScroll={(event: UIEvent<HTMLDivElement>) => setScrollTopPx(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
        onMouseMove={onHover}
        onMouseLeave={() => setHovered(null)}
      >
        <div role="presentation" className="ct-wf-all" style={{ height: rows.length * ROW_PX }}>
          {Array.from({ length: end - first }, (_, offset) => {
            const row = first + offset
            const span = trace.spans[rows[row] ?? -1]
            if (span === undefined) return null
            return (
              <WaterfallRow
                key={span.index}
                id={`${id}-${row}`}
                span={span}
                row={row}
                topPx={row * ROW_PX}
                heightPx={ROW_PX}
                namesPx={namesPx}
                collapsed={collapsed.has(span.index)}
                selected={row === activeRow}
                lit={lit.spans.has(spanKey(trace.traceId, span.span.span_id))}
                onErrorPath={onErrorPath.has(span.index)}
                critical={paths.critical.has(span.index)}
                events={bySpan.get(span.index) ?? noEvents}
                onToggle={toggle}
                onPick={onPick}
              />
            )
          })}
          <canvas
            ref={canvas}
            className="ct-wf-canvas"
            style={{ left: namesPx, top: first * ROW_PX, width: plotPx, height: (end - first) * ROW_PX }}
          />
        </div>
      </div>
      {hovered === null ? null : <MarkTip {...hovered} critical={paths.critical.get(hovered.span.index)} />}
    </div>
  )
}

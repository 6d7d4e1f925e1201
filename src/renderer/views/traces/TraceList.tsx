// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid, whose rows come and go, is no table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys for its rows
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useId, useRef } from 'react'
import type { TraceSummary } from '../../../contract/traces'
import { useServiceColours } from '../../drawing/colour/serviceColours'
import { noService } from '../../drawing/waterfall/model'
import { useSelection, useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatCount } from '../../text/numbers'
import { formatDurationUs, formatTime, zoneLabel } from '../../text/time'
import { OutcomeMark } from '../../theme/OutcomeMark'

const ROW_PX = 24
const HEAD_PX = 25

/** The traces that were found; moving through them opens them below. */
export function TraceList({ traces }: { readonly traces: readonly TraceSummary[] }) {
  const zone = useSettings((s) => s.timeZone)
  const traceId = useSelection((s) => s.traceId)
  const lit = useSelection((s) => s.lit.traces)
  const pickTrace = useSelection((s) => s.pickTrace)
  const scroll = useRef<HTMLDivElement>(null)
  const id = useId()
  const longest = traces.reduce((most, trace) => Math.max(most, trace.durationUs), 1)
  const at = traces.findIndex((trace) => trace.traceId === traceId)
  const rows = useVirtualizer({
    count: traces.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
    // The head lies in the same scroll container and stays on top.
    scrollMargin: HEAD_PX,
    scrollPaddingStart: HEAD_PX,
  })
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at)
  }, [at, rows])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? ROW_PX) / ROW_PX) - 1)
    const moves = new Map([
      ['ArrowDown', at + 1],
      ['j', at + 1],
      ['ArrowUp', at - 1],
      ['k', at - 1],
      ['PageDown', at + page],
      ['PageUp', at - page],
      ['Home', 0],
      ['End', traces.length - 1],
    ])
    const wanted = moves.get(event.key)
    if (wanted === undefined) return
    event.preventDefault()
    const next = traces[Math.min(traces.length - 1, Math.max(0, wanted))]
    if (next !== undefined) pickTrace(next.traceId)
  }
  return (
    <div
      ref={scroll}
      className="ct-tr-list"
      role="grid"
      aria-label="Traces"
      aria-rowcount={traces.length + 1}
      tabIndex={0}
      {...(at < 0 ? {} : { 'aria-activedescendant': `${id}-${at}` })}
      onKeyDown={onKeyDown}
    >
      <div role="row" aria-rowindex={1} className="ct-tr-row ct-tr-header">
        <span role="columnheader">Start ({zoneLabel(zone, traces[0]?.startUs ?? 0)})</span>
        <span role="columnheader">Root</span>
        <span role="columnheader">Service</span>
        <span role="columnheader">Duration</span>
        <span role="columnheader" className="ct-num">
          Spans
        </span>
        <span role="columnheader" className="ct-num">
          Errors
        </span>
        <span role="columnheader" className="ct-num">
          Linked events
        </span>
        <span role="columnheader">Services</span>
      </div>
      <div role="rowgroup">
        <div role="presentation" style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map((item) => {
            const trace = traces[item.index]
            if (trace === undefined) return null
            return (
              <TraceRow
                key={trace.traceId}
                id={`${id}-${item.index}`}
                index={item.index}
                topPx={item.start - HEAD_PX}
                trace={trace}
                longestUs={longest}
                selected={item.index === at}
                lit={lit.has(trace.traceId)}
                start={formatTime(trace.startUs, zone, 'ms')}
                onPick={() => pickTrace(trace.traceId)}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

/** Durations span decades: the full bar is the longest trace, an empty one a ten-thousandth of it. */
export function barShare(durationUs: number, longestUs: number): number {
  if (durationUs <= 0 || longestUs <= 0) return 0.01
  return Math.min(1, Math.max(0.01, 1 + Math.log10(durationUs / longestUs) / 4))
}

interface RowProps {
  readonly id: string
  readonly index: number
  readonly topPx: number
  readonly trace: TraceSummary
  readonly longestUs: number
  readonly selected: boolean
  readonly lit: boolean
  readonly start: string
  readonly onPick: () => void
}

function TraceRow({ id, index, topPx, trace, longestUs, selected, lit, start, onPick }: RowProps) {
  const colours = useServiceColours()
  const service = trace.rootService ?? noService
  const tone = selected ? ' ct-selected' : lit ? ' ct-lit' : ''
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`ct-tr-row${tone}`}
      style={{ position: 'absolute', top: 0, left: 0, right: 0, height: ROW_PX, transform: `translateY(${topPx}px)` }}
      onClick={onPick}
    >
      <span role="gridcell">
        <time>{start}</time>
      </span>
      <span role="gridcell">
        <Evidence text={trace.rootName} />
      </span>
      <span role="gridcell">
        <i className="ct-swatch" style={{ background: colours.css(service) }} /> <Evidence text={service} />
      </span>
      <span role="gridcell" className="ct-tr-duration">
        <span className="ct-tr-bar" title="Logarithmic, over four decades up to the longest trace of the list">
          <i style={{ width: `${barShare(trace.durationUs, longestUs) * 100}%` }} />
        </span>
        {formatDurationUs(trace.durationUs)}
      </span>
      <span role="gridcell" className="ct-num">
        {formatCount(trace.spanCount)}
      </span>
      <span role="gridcell" className={trace.errorCount > 0 ? 'ct-num ct-warn' : 'ct-num ct-dim'}>
        {formatCount(trace.errorCount)}
      </span>
      <span role="gridcell" className={trace.eventCount > 0 ? 'ct-num' : 'ct-num ct-dim'}>
        {trace.deniedCount > 0 ? (
          <span className="ct-tr-denied" title={`${formatCount(trace.deniedCount)} of them denied`}>
            <OutcomeMark outcome="denied" bare />
            {formatCount(trace.deniedCount)} of{' '}
          </span>
        ) : null}
        {formatCount(trace.eventCount)}
      </span>
      <span role="gridcell" className="ct-dim">
        <Evidence text={trace.services.join(', ')} />
      </span>
    </div>
  )
}

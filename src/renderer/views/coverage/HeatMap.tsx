import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { CoverageCell, CoverageMap } from '../../../contract/analyses'
import { useSize } from '../../drawing/canvas/useSize'
import { useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatCount, formatShare } from '../../text/numbers'
import { formatShortTime, zoneLabel } from '../../text/time'
import { CellShape } from './CellShape'
import { type CellPlace, cellOf } from './places'

const ROW_PX = 20
const LABEL_PX = 300

interface Props {
  readonly map: CoverageMap
  readonly picked: CellPlace | null
  readonly onPick: (cell: CoverageCell) => void
}

/** Rows by time. The strength of a cell is how much it holds, its shape what that means. */
export function HeatMap({ map, picked, onPick }: Props) {
  const [box, size] = useSize<HTMLDivElement>()
  const zone = useSettings((s) => s.timeZone)
  const mark = useRef<SVGRectElement>(null)
  useEffect(() => {
    if (picked !== null) mark.current?.scrollIntoView({ block: 'nearest' })
  }, [picked])
  const width = Math.max(map.buckets, size.widthPx - LABEL_PX - 24)
  const step = width / map.buckets
  const pick = (row: number, bucket: number) => {
    const cell = cellOf(
      map,
      Math.min(map.rows.length - 1, Math.max(0, row)),
      Math.min(map.buckets - 1, Math.max(0, bucket)),
    )
    if (cell !== null) onPick(cell)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    }
    const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined
    if (move === undefined) return
    event.preventDefault()
    pick((picked?.row ?? 0) + move[0], (picked?.from ?? 0) + move[1])
  }
  const end = map.startUs + map.buckets * map.widthUs
  return (
    <div ref={box} className="ct-cov-map">
      <div className="ct-cov-axis" style={{ paddingInlineStart: LABEL_PX }}>
        <span>
          {formatShortTime(map.startUs, zone)} {zoneLabel(zone, map.startUs)}
        </span>
        <span>{formatShortTime(end, zone)}</span>
      </div>
      <div className="ct-cov-rows" style={{ gridTemplateColumns: `${LABEL_PX}px ${width}px` }}>
        <ol className="ct-cov-labels">
          {map.rows.map((row) => (
            <li key={`${row.kind}/${row.source ?? ''}/${row.area}`} style={{ height: ROW_PX }}>
              <span className="ct-cov-name">
                <span className="ct-dim">
                  {row.kind === 'service' ? 'spans of' : <Evidence text={row.source ?? ''} />}
                </span>{' '}
                <Evidence text={row.area} />
              </span>
              <span className="ct-dim">
                {row.kind === 'service'
                  ? formatCount(row.spans)
                  : `${formatCount(row.events)}, ${formatShare(row.linked, row.events)} linked`}
              </span>
            </li>
          ))}
        </ol>
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing that takes keys; the table is its text form */}
        <div
          role="group"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the map takes keys
          tabIndex={0}
          className="ct-cov-plot"
          aria-label="Coverage map. Arrow keys move from cell to cell; the details are below."
          onKeyDown={onKeyDown}
          onClick={(event) => {
            const { left, top } = event.currentTarget.getBoundingClientRect()
            pick(Math.floor((event.clientY - top) / ROW_PX), Math.floor((event.clientX - left) / step))
          }}
        >
          <svg width={width} height={map.rows.length * ROW_PX} aria-hidden="true">
            {map.rows.map((row, at) => {
              const most = row.cells.reduce((max, [, events, , spans]) => Math.max(max, events, spans), 1)
              return (
                <g key={`${row.kind}/${row.source ?? ''}/${row.area}`}>
                  <line
                    className="ct-cov-line"
                    x1={0}
                    x2={width}
                    y1={(at + 1) * ROW_PX - 0.5}
                    y2={(at + 1) * ROW_PX - 0.5}
                  />
                  {row.cells.map(([bucket, events, , spans, state]) => (
                    <g key={bucket} opacity={0.45 + 0.55 * (Math.log1p(Math.max(events, spans)) / Math.log1p(most))}>
                      <CellShape
                        state={state}
                        x={bucket * step + 0.5}
                        y={at * ROW_PX + 3}
                        width={Math.max(1, step - 1)}
                        height={ROW_PX - 6}
                      />
                    </g>
                  ))}
                </g>
              )
            })}
            {picked === null ? null : (
              <rect
                ref={mark}
                className="ct-cov-picked"
                x={picked.from * step}
                y={picked.row * ROW_PX + 1}
                width={(picked.to - picked.from + 1) * step}
                height={ROW_PX - 2}
              />
            )}
          </svg>
        </div>
      </div>
    </div>
  )
}

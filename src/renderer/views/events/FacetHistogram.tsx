import { useRef, useState } from 'react'
import { rangeTerm, type Terms } from '../../filter/facetTerm'
import { withoutRange, withTerm } from '../../state/filterText'
import { useScope, useSettings } from '../../state/workbench'
import { formatCount, plural } from '../../text/numbers'
import { formatDurationUs, formatShortTime, zoneLabel } from '../../text/time'
import { type Bin, binAt, binsOf, type Distribution, scaleFields, stretch, stretchTerm, timeEnds } from './distribution'

interface FacetHistogramProps {
  readonly title: string
  readonly distribution: Distribution
  readonly terms: Terms
}

const HEIGHT_PX = 34

/** A facet on a scale: a drag over it, or arrows with Shift and Enter, narrows to that stretch. */
export function FacetHistogram({ title, distribution, terms }: FacetHistogramProps) {
  const { filter, setFilter, setWindow, window } = useScope()
  const zone = useSettings((s) => s.timeZone)
  const [brush, setBrush] = useState<readonly [anchor: number, head: number] | null>(null)
  const dragging = useRef(false)
  const { field, scale } = distribution
  const bins = binsOf(distribution)
  const kind = scaleFields.get(field)
  const show = (value: number) =>
    kind === 'time' ? formatShortTime(value, zone) : kind === 'duration' ? formatDurationUs(value) : formatCount(value)
  const range = rangeTerm(terms, field)
  const narrowed = field === 'ts' ? window !== null : range !== undefined

  const apply = ([first, last]: readonly [number, number]) => {
    const from = bins[first]?.from
    const to = bins[last]?.to
    setBrush(null)
    if (from === undefined || to === undefined) return
    if (field === 'ts') return setWindow({ fromUs: from, toUs: to })
    const term = stretchTerm(field, from, to)
    setFilter(
      range === undefined ? withTerm(filter, term) : `${filter.slice(0, range.start)}${term}${filter.slice(range.end)}`,
    )
  }
  const whole = () => {
    if (field === 'ts') setWindow(null)
    else if (range !== undefined) setFilter(withoutRange(filter, range.start, range.end))
  }
  const at = (event: React.PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return binAt(event.clientX - box.left, box.width, bins.length)
  }
  const chosen = brush === null ? null : stretch(brush[0], brush[1])
  const told = chosen === null ? null : toldStretch(bins, chosen, show)
  const first = bins[0]?.from ?? 0
  const last = bins.at(-1)?.to ?? 0
  const ends = kind === 'time' ? timeEnds(show(first), show(last)) : { from: show(first), to: show(last), day: '' }
  return (
    <div className="ct-facet-scale">
      <div
        role="slider"
        tabIndex={0}
        aria-label={`${title}, choose a stretch`}
        aria-valuemin={0}
        aria-valuemax={bins.length - 1}
        aria-valuenow={brush?.[1] ?? 0}
        aria-valuetext={told ?? `${plural(bins.length, 'bin')}, nothing chosen`}
        title={told ?? 'Drag over a stretch; or arrows, Shift with arrows, Enter'}
        className="ct-facet-bins"
        style={{ blockSize: HEIGHT_PX }}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          dragging.current = true
          setBrush([at(event), at(event)])
        }}
        onPointerMove={(event) => {
          if (dragging.current && brush !== null) setBrush([brush[0], at(event)])
        }}
        onPointerUp={() => {
          if (dragging.current && chosen !== null) apply(chosen)
          dragging.current = false
        }}
        onPointerCancel={() => {
          dragging.current = false
          setBrush(null)
        }}
        onBlur={() => setBrush(null)}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
          if (step !== 0) {
            const head = brush === null ? 0 : Math.max(0, Math.min(bins.length - 1, brush[1] + step))
            setBrush([event.shiftKey && brush !== null ? brush[0] : head, head])
          } else if (event.key === 'Enter' && chosen !== null) apply(chosen)
          else if (event.key === 'Escape' && brush !== null) setBrush(null)
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      >
        {bins.map((bin, index) => (
          <span
            key={bin.from}
            className={
              chosen !== null && index >= chosen[0] && index <= chosen[1]
                ? 'ct-facet-bin ct-facet-bin-on'
                : 'ct-facet-bin'
            }
            style={{ blockSize: `${bin.height * 100}%` }}
          />
        ))}
      </div>
      <div className="ct-facet-ends ct-dim">
        {told === null ? (
          <>
            <span className="ct-clip">{ends.from}</span>
            {scale === 'log' ? <span title="Bins grow with the values">log</span> : null}
            <span className="ct-clip">{ends.to}</span>
          </>
        ) : (
          <span className="ct-clip" title={told}>
            {told}
          </span>
        )}
      </div>
      <div className="ct-facet-ends ct-dim">
        {kind === 'time' ? <span>{`${ends.day} ${zoneLabel(zone, first)}`.trim()}</span> : null}
        {distribution.absent > 0 ? <span>{formatCount(distribution.absent)} without</span> : null}
        {narrowed ? (
          <button type="button" className="ct-link" onClick={whole}>
            Whole range
          </button>
        ) : null}
      </div>
    </div>
  )
}

function toldStretch(
  bins: readonly Bin[],
  [first, last]: readonly [number, number],
  show: (value: number) => string,
): string {
  const inside = bins.slice(first, last + 1)
  const count = inside.reduce((sum, bin) => sum + bin.count, 0)
  return `${formatCount(count)}: ${show(inside[0]?.from ?? 0)} to ${show(inside.at(-1)?.to ?? 0)}`
}

import { Button } from '@blueprintjs/core'
import type { CoverageCell, CoverageMap, TraceRate } from '../../../contract/analyses'
import { fieldTerm } from '../../state/filterText'
import { useLayout, useScope, useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatCount, formatShare } from '../../text/numbers'
import { formatShortTime, zoneLabel } from '../../text/time'
import { type CellPlace, figuresAt } from './places'
import { meaningOf, wordOf } from './states'

interface Props {
  readonly map: CoverageMap
  readonly cell: CoverageCell | null
  readonly at: CellPlace | null
}

/** What a cell holds, and what that allows to say. */
export function CellDetails({ map, cell, at }: Props) {
  const zone = useSettings((s) => s.timeZone)
  const { set } = useScope()
  const showView = useLayout((s) => s.showView)
  const row = at === null ? undefined : map.rows[at.row]
  if (cell === null || at === null || row === undefined)
    return (
      <section className="ct-cov-details" aria-label="Cell" aria-live="polite">
        <p className="ct-dim">
          {cell === null
            ? 'Choose a cell: its figures, the services whose traces reach it, and what they allow to say appear here.'
            : 'The chosen cell is not on this map: the filter or the times leave it out.'}
        </p>
      </section>
    )
  const figures = figuresAt(row, at)
  const states = figures.states.length === 0 ? (['empty'] as const) : figures.states
  return (
    <section className="ct-cov-details" aria-label="Cell" aria-live="polite">
      <header>
        <h2>
          {row.source === null ? 'spans of ' : <Evidence text={`${row.source}, `} />}
          <Evidence text={row.area} />
        </h2>
        <span>
          {formatShortTime(cell.fromUs, zone)} – {formatShortTime(cell.toUs, zone)} {zoneLabel(zone, cell.fromUs)}
        </span>
        <span className="ct-spring" />
        {row.source === null ? null : (
          <Button
            size="small"
            onClick={() => {
              set({ filter: fieldTerm('source', row.source), window: { fromUs: cell.fromUs, toUs: cell.toUs } })
              showView('events')
            }}
          >
            Events of the source here
          </Button>
        )}
      </header>
      <p>{states.map((state) => `${wordOf(state)}: ${meaningOf(state)}`).join('. ')}.</p>
      <p>
        {formatCount(figures.events)} accesses, {formatCount(figures.linked)} linked (
        {formatShare(figures.linked, figures.events)}), {formatCount(figures.spans)} spans.
        {row.services.length === 0 ? '' : ' Reached by '}
        <Evidence text={row.services.join(', ')} />
        {row.services.length === 0 ? '' : '.'}
      </p>
      <p className="ct-dim">
        {row.rate === null ? 'How many traces are kept is not known for this row.' : rateText(row.rate)}
        {row.declared === null ? '' : ` The spans declare ${formatShare(row.declared * 1e6, 1e6)}.`}
      </p>
    </section>
  )
}

export function rateText(rate: TraceRate): string {
  const share = (value: number) => formatShare(value * 1e6, 1e6)
  if (rate.basis === 'declared') return `${share(rate.value)} of the traces are kept, as the spans declare.`
  return `Of the accesses of traced programs ${share(rate.value)} come with a trace (95 %: ${share(rate.low)} to ${share(rate.high)}, from ${formatCount(rate.n)}).`
}

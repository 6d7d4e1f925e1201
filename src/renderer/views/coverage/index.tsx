import { useState } from 'react'
import type { CoverageCell, CoverageMap } from '../../../contract/analyses'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useScope, useSelection } from '../../state/workbench'
import { plural } from '../../text/numbers'
import { Empty, LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { CellDetails } from './CellDetails'
import { CellShape } from './CellShape'
import { CoverageTable } from './CoverageTable'
import { HeatMap } from './HeatMap'
import { cellAt } from './places'
import { stateWords } from './states'
import '../../drawing/drawn.css'
import './coverage.css'

/** As fine as the slices in which accesses are judged. */
const BUCKETS = 96

/** Where traces cover the accesses: a row for each area of a source and for each service, over time. */
export function CoverageView() {
  const { scope } = useScope()
  const { data, error, refetch, isFetching } = useEngineQuery(
    'coverage.map',
    { scope, buckets: BUCKETS },
    { keepPrevious: true },
  )
  const [asTable, setAsTable] = useState(false)
  return (
    <div className="ct-drawn ct-cov">
      <LoadingLine active={isFetching} />
      <div className="ct-tools">
        <label className="ct-tool">
          <input type="checkbox" checked={asTable} onChange={(event) => setAsTable(event.currentTarget.checked)} /> As a
          table
        </label>
        <ul className="ct-cov-legend" aria-label="States">
          {stateWords.map(({ state, word, means }) => (
            <li key={state} title={means}>
              <svg width="16" height="12" aria-hidden="true">
                <CellShape state={state} x={1} y={1} width={14} height={10} />
              </svg>
              {word}
            </li>
          ))}
        </ul>
      </div>
      <QueryError error={error} retry={refetch} />
      {data === undefined ? null : data.rows.length === 0 ? (
        <Empty title="Nothing to cover">
          Neither accesses nor spans are in what the filter and the times leave. Coverage shows where the absence of a
          trace says something.
        </Empty>
      ) : asTable ? (
        <CoverageTable map={data} />
      ) : (
        <Mapped map={data} />
      )}
    </div>
  )
}

function Mapped({ map }: { readonly map: CoverageMap }) {
  const cell = useSelection((s) => s.cell)
  const pickCell = useSelection((s) => s.pickCell)
  const at = cell === null ? null : cellAt(map, cell)
  const choose = (next: CoverageCell) => pickCell(next)
  return (
    <>
      <HeatMap map={map} picked={at} onPick={choose} />
      {map.truncated ? <p className="ct-cov-more ct-dim">Only the first {plural(map.rows.length, 'row')}.</p> : null}
      <CellDetails map={map} cell={cell} at={at} />
    </>
  )
}

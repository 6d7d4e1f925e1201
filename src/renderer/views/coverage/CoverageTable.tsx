import type { CoverageMap } from '../../../contract/analyses'
import { Evidence } from '../../text/Evidence'
import { formatCount, formatShare } from '../../text/numbers'
import { rateText } from './CellDetails'
import { stateWords } from './states'

/** The map as text: each row with its figures and in how many of the cells it is in which state. */
export function CoverageTable({ map }: { readonly map: CoverageMap }) {
  return (
    <div className="ct-cov-map">
      <table className="ct-table">
        <caption>Coverage, over {formatCount(map.buckets)} stretches of time</caption>
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Area or service</th>
            <th scope="col">Accesses</th>
            <th scope="col">Linked</th>
            <th scope="col">Spans</th>
            {stateWords.map(({ state, word }) => (
              <th key={state} scope="col">
                {word}
              </th>
            ))}
            <th scope="col">Rate</th>
          </tr>
        </thead>
        <tbody>
          {map.rows.map((row) => (
            <tr key={`${row.kind}/${row.source ?? ''}/${row.area}`}>
              <td>{row.source === null ? 'spans of' : <Evidence text={row.source} />}</td>
              <th scope="row">
                <Evidence text={row.area} />
              </th>
              <td className="ct-num">{formatCount(row.events)}</td>
              <td className="ct-num">{formatShare(row.linked, row.events)}</td>
              <td className="ct-num">{formatCount(row.spans)}</td>
              {stateWords.map(({ state }) => (
                <td key={state} className="ct-num">
                  {formatCount(row.cells.filter((cell) => cell[4] === state).length)}
                </td>
              ))}
              <td>{row.rate === null ? '' : rateText(row.rate)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

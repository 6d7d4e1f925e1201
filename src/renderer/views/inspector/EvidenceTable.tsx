import type { LinkRow } from '../../../contract/traces'
import { Evidence } from '../../text/Evidence'

/** What speaks for and against a link: both values, the weight as figure and bar, the sentence below. */
export function EvidenceTable({ evidence }: { readonly evidence: LinkRow['evidence'] }) {
  const most = evidence.reduce((max, { weight }) => Math.max(max, Math.abs(weight)), 1)
  if (evidence.length === 0) return null
  return (
    <table className="ct-evidence-table">
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col">Event</th>
          <th scope="col">Span</th>
          <th scope="col">Weight</th>
        </tr>
      </thead>
      {evidence.map((item) => (
        <tbody key={`${item.item}/${item.text}`}>
          <tr>
            <th scope="row">
              <Evidence text={item.item} />
            </th>
            <td>
              <Evidence text={item.event_value ?? ''} />
            </td>
            <td>
              <Evidence text={item.span_value ?? ''} />
            </td>
            <td className="ct-num">
              {item.weight >= 0 ? '+' : '−'}
              {Math.abs(item.weight).toFixed(1)}
              <svg width="100%" height="4" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect
                  className={item.weight >= 0 ? 'ct-weight-for' : 'ct-weight-against'}
                  width={(100 * Math.abs(item.weight)) / most}
                  height="4"
                />
              </svg>
            </td>
          </tr>
          <tr>
            <td colSpan={4} className="ct-dim">
              <Evidence text={item.text} />
            </td>
          </tr>
        </tbody>
      ))}
    </table>
  )
}

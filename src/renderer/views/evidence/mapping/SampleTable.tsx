import type { MappingSuggestion } from '../../../../contract/mapping'
import { Evidence } from '../../../text/Evidence'
import { formatCount } from '../../../text/numbers'

/** The first records as they stand in the file. */
export function SampleTable({ suggestion }: { readonly suggestion: MappingSuggestion }) {
  const { fields, preview } = suggestion
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="ct-mapping-sample" aria-label="First records" tabIndex={0}>
      <table className="ct-table">
        <thead>
          <tr>
            <th scope="col" className="ct-num">
              Line
            </th>
            {fields.map(({ place }) => (
              <th key={place} scope="col">
                <Evidence text={place} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.map(({ line, cells }, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: records of one line are told apart by their place only
            <tr key={`${line}/${row}`}>
              <td className="ct-num">{formatCount(line)}</td>
              {fields.map(({ place }, index) => (
                <td key={place} title={cells[index] ?? ''}>
                  {cells[index] == null ? <span className="ct-none">–</span> : <Evidence text={cells[index]} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

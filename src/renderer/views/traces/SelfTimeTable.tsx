import { useMemo } from 'react'
import { useServiceColours } from '../../drawing/colour/serviceColours'
import { formatDuration } from '../../drawing/time/duration'
import type { TraceModel } from '../../drawing/waterfall/model'
import { operationTimes } from '../../drawing/waterfall/selfTime'
import { Evidence } from '../../text/Evidence'
import { formatCount, formatShare, plural } from '../../text/numbers'

const MAX_ROWS = 500

/** The operations of a trace by the time that they spent themselves. A name leads to its slowest span. */
export function SelfTimeTable({
  trace,
  onSpan,
}: {
  readonly trace: TraceModel
  readonly onSpan: (index: number) => void
}) {
  const operations = useMemo(() => operationTimes(trace), [trace])
  const colours = useServiceColours()
  const whole = operations.reduce((sum, operation) => sum + operation.selfNs, 0)
  const most = operations[0]?.selfNs ?? 0
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keys
    <section className="ct-scroll" aria-label="Operations by self time" tabIndex={0}>
      <table className="ct-table ct-self">
        <thead>
          <tr>
            <th scope="col">Operation</th>
            <th scope="col">Service</th>
            <th scope="col" className="ct-num">
              Spans
            </th>
            <th scope="col" className="ct-num">
              Failed
            </th>
            <th scope="col" className="ct-num" title="Time in which a span waited for none of its children">
              Self time
            </th>
            <th scope="col">Share</th>
            <th scope="col" className="ct-num" title="Durations added up; spans side by side count each">
              Total
            </th>
            <th scope="col" className="ct-num">
              Longest
            </th>
          </tr>
        </thead>
        <tbody>
          {operations.slice(0, MAX_ROWS).map((operation) => (
            <tr key={JSON.stringify([operation.service, operation.name])}>
              <th scope="row">
                <button
                  type="button"
                  className="ct-link"
                  title="Show its slowest span"
                  onClick={() => onSpan(operation.slowest)}
                >
                  <Evidence text={operation.name} />
                </button>
              </th>
              <td>
                <i className="ct-swatch" style={{ background: colours.css(operation.service) }} />{' '}
                <Evidence text={operation.service} />
              </td>
              <td className="ct-num">{formatCount(operation.count)}</td>
              <td className={operation.failed > 0 ? 'ct-num ct-warn' : 'ct-num ct-dim'}>
                {formatCount(operation.failed)}
              </td>
              <td className="ct-num">{formatDuration(operation.selfNs)}</td>
              <td>
                <span className="ct-self-bar" aria-hidden="true">
                  <i
                    style={{
                      width: `${most === 0 ? 0 : (operation.selfNs / most) * 100}%`,
                      background: colours.css(operation.service),
                    }}
                  />
                </span>
                {formatShare(operation.selfNs, whole)}
              </td>
              <td className="ct-num">{formatDuration(operation.totalNs)}</td>
              <td className="ct-num">{formatDuration(operation.longestNs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {operations.length > MAX_ROWS ? (
        <p className="ct-dim ct-pad">
          The first {formatCount(MAX_ROWS)} of {plural(operations.length, 'operation')}.
        </p>
      ) : null}
    </section>
  )
}

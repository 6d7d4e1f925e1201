import type { Result } from '../../../contract'
import { useLayout, useScope, useSelection, useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatCount } from '../../text/numbers'
import { formatRowTime, zoneLabel } from '../../text/time'
import { Empty } from '../../ui/Empty'
import { useOpenCell } from './useOpenCell'

/** Spans of kinds that their source usually records, without an event; and stretches in which a source falls silent. */
export function AuditGaps({ result }: { readonly result: Result<'auditGaps.list'> }) {
  const zone = useSettings((s) => s.timeZone)
  const selection = useSelection()
  const showView = useLayout((s) => s.showView)
  const { setWindow } = useScope()
  const openCell = useOpenCell()
  const { gaps, silences, total } = result
  if (gaps.length === 0 && silences.length === 0)
    return (
      <Empty title="No audit gap">
        A gap is claimed only for calls of a kind of which at least 5, and four in five, left an event here. No such
        call lacks its event, and no source falls silent against its own rhythm.
      </Empty>
    )
  return (
    <div className="ct-ob-body">
      {silences.length === 0 ? null : (
        <section className="ct-ob-group">
          <h2>Silences</h2>
          <ul className="ct-ob-list">
            {silences.map((silence) => (
              <li key={`${silence.source}/${silence.fromUs}`}>
                <Evidence text={silence.text} />{' '}
                <button
                  type="button"
                  className="ct-link"
                  onClick={() => {
                    setWindow({ fromUs: silence.fromUs, toUs: silence.toUs })
                    showView('timeline')
                  }}
                >
                  On the timeline
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {gaps.length === 0 ? null : (
        <section className="ct-ob-group ct-ob-events">
          <table className="ct-table">
            <caption>
              Traced calls without an event
              {gaps.length < total ? `: ${formatCount(gaps.length)} of ${formatCount(total)}` : ''}
            </caption>
            <thead>
              <tr>
                <th scope="col">Time ({zoneLabel(zone)})</th>
                <th scope="col">Span</th>
                <th scope="col">Missing in</th>
                <th scope="col">Alike with event</th>
                <th scope="col">Why</th>
                <th scope="col">Rests on</th>
              </tr>
            </thead>
            <tbody>
              {gaps.map((gap) => (
                <tr
                  key={`${gap.trace_id}/${gap.span_id}`}
                  className={gap.span_id === selection.spanId ? 'ct-selected' : undefined}
                >
                  <th scope="row">
                    <button
                      type="button"
                      className="ct-link"
                      onClick={() => {
                        selection.pickSpan(gap.trace_id, gap.span_id)
                        showView('traces')
                      }}
                    >
                      {formatRowTime(gap.ts, zone)}
                    </button>
                  </th>
                  <td>
                    <Evidence text={`${gap.service ?? ''}: ${gap.name}`} />
                  </td>
                  <td>
                    <Evidence text={gap.source} />
                    {gap.silent ? ' (silent then)' : ''}
                  </td>
                  <td className="ct-num">
                    {formatCount(gap.alikeLinked)} of {formatCount(gap.alike)}
                  </td>
                  <td className="ct-wrap">
                    <Evidence text={gap.reason} />
                  </td>
                  <td>
                    <button type="button" className="ct-link" onClick={() => openCell(gap.cell)}>
                      Coverage
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  )
}

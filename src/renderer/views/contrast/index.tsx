import { useMemo, useState } from 'react'
import type { Difference } from '../../../contract/contrast'
import { valueMark } from '../../filter/valueMark'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useScope } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { visibleText } from '../../text/marks'
import { formatCount, formatShare, plural } from '../../text/numbers'
import { Empty, LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import './contrast.css'

const SIGNIFICANT = 0.05

/** What sets the events of the filter and window apart from the others. */
export function ContrastView() {
  const { scope, filter, window } = useScope()
  const [typed, setTyped] = useState('')
  const [against, setAgainst] = useState('')
  const [chance, setChance] = useState(false)
  const narrowed = filter !== '' || window !== null
  const params = useMemo(
    () => ({ region: scope, limit: 300, ...(against === '' ? {} : { against: { filter: against } }) }),
    [scope, against],
  )
  const contrast = useEngineQuery('events.contrast', params, { enabled: narrowed, keepPrevious: true })
  if (!narrowed) {
    return (
      <Empty title="Contrast needs a region">
        Filter, or drag over the timeline. The events inside are then set against all others: which values of which
        fields, also of the spans they are linked to, are more or less frequent than elsewhere.
      </Empty>
    )
  }
  const { data } = contrast
  const shown = (data?.differences ?? []).filter(({ p }) => chance || p < SIGNIFICANT)
  return (
    <div className="ct-contrast">
      <form
        className="ct-bar"
        onSubmit={(event) => {
          event.preventDefault()
          setAgainst(typed.trim())
        }}
      >
        <label className="ct-contrast-against">
          Against{' '}
          <input
            className="ct-input"
            aria-label="Filter of the events to compare with"
            placeholder="all other events; a filter and Enter for some of them"
            spellCheck={false}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <label>
          <input type="checkbox" checked={chance} onChange={(event) => setChance(event.target.checked)} /> Also what may
          be chance
        </label>
        <span className="ct-grow" />
        {data === undefined ? null : (
          <span className="ct-dim" aria-live="polite">
            {plural(data.inside, 'event')} against {formatCount(data.outside)} · {formatCount(data.compared)} values
            compared, {formatCount(data.significant)} differ by more than chance
          </span>
        )}
      </form>
      <LoadingLine active={contrast.isFetching} />
      <QueryError error={contrast.error} retry={contrast.refetch} />
      {data === undefined ? null : data.inside === 0 || data.outside === 0 ? (
        <Empty title="Nothing to compare">
          {data.inside === 0 ? 'No event is inside this filter and time window.' : 'There is no event outside.'}
        </Empty>
      ) : shown.length === 0 ? (
        <Empty title="No difference beyond chance">
          Nothing in these events is more or less frequent than elsewhere by more than chance explains.
        </Empty>
      ) : (
        <Differences differences={shown} />
      )}
    </div>
  )
}

function Differences({ differences }: { readonly differences: readonly Difference[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="ct-scroll" tabIndex={0} aria-label="Differences">
      <table className="ct-table">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Value</th>
            <th scope="col">Here and elsewhere</th>
            <th scope="col" className="ct-num">
              Difference
            </th>
            <th scope="col" className="ct-num">
              n here
            </th>
            <th scope="col" className="ct-num">
              n elsewhere
            </th>
            <th scope="col" className="ct-num" title="Corrected for all values that were compared">
              p
            </th>
          </tr>
        </thead>
        <tbody>
          {differences.map((one) => (
            <DifferenceRow key={`${one.of} ${one.field} ${JSON.stringify(one.value)}`} difference={one} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function DifferenceRow({ difference }: { readonly difference: Difference }) {
  const { addTerm } = useScope()
  const { of, field, value, inside, insideOf, outside, outsideOf, shareDifference, p } = difference
  const text = value === null ? 'absent' : value === '' ? 'empty' : String(value)
  const points = shareDifference * 100
  return (
    <tr>
      <td>
        {field}
        {of === 'span' ? <span className="ct-dim"> of linked spans</span> : null}
      </td>
      <td className="ct-contrast-value" title={visibleText(text)} {...(of === 'span' ? {} : valueMark(field, value))}>
        {of === 'span' ? (
          <Evidence text={text} />
        ) : (
          <button
            type="button"
            className="ct-link ct-clip"
            title={`${visibleText(text)}\nClick to filter, Alt+click to exclude`}
            onClick={(event) => addTerm(field, scalar(value), event.altKey)}
          >
            {value === null || value === '' ? <i className="ct-dim">{text}</i> : <Evidence text={text} />}
          </button>
        )}
      </td>
      <td>
        <Share kind="here" part={inside} whole={insideOf} />
        <Share kind="elsewhere" part={outside} whole={outsideOf} />
      </td>
      <td className="ct-num">
        {points > 0 ? '+' : '−'}
        {Math.abs(points).toFixed(1)}
      </td>
      <td className="ct-num">{formatCount(inside)}</td>
      <td className="ct-num">{formatCount(outside)}</td>
      <td className="ct-num">{p < 0.001 ? '< 0.001' : p.toFixed(3)}</td>
    </tr>
  )
}

function Share({ kind, part, whole }: { readonly kind: string; readonly part: number; readonly whole: number }) {
  return (
    <span className={`ct-share ct-share-${kind}`} title={`${kind}: ${formatCount(part)} of ${formatCount(whole)}`}>
      <span className="ct-share-bar">
        <span style={{ inlineSize: `${whole === 0 ? 0 : (100 * part) / whole}%` }} />
      </span>
      <span className="ct-num">{formatShare(part, whole)}</span>
    </span>
  )
}

function scalar(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

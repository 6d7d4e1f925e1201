import { isOutcome, type Lane, seriesTotals } from '../../drawing/timeline/lanes'
import { useScope } from '../../state/workbench'
import { formatCount } from '../../text/numbers'
import { OutcomeMark } from '../../theme/OutcomeMark'

/** Colours with shapes, words and counts. A click narrows to the outcome, with Alt it excludes it. */
export function Legend({ lanes }: { readonly lanes: readonly Lane[] }) {
  const { addTerm } = useScope()
  const totals = seriesTotals(lanes, 'events')
  return (
    <ul className="ct-tl-legend" aria-label="Outcomes">
      {totals.map(({ series, count }) => (
        <li key={series}>
          <button
            type="button"
            className="ct-tl-chip"
            disabled={!isOutcome(series)}
            title={`Only ${series} (Alt: without ${series})`}
            onClick={(event) => addTerm('outcome', series, event.altKey)}
          >
            <OutcomeMark outcome={series} /> <b>{formatCount(count)}</b>
          </button>
        </li>
      ))}
    </ul>
  )
}

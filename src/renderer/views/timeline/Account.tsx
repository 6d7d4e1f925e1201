import { formatCount, plural } from '../../text/numbers'
import type { TimelineData } from './useTimelineData'

/** That binning lost nothing, or that it did: what the bars add up to beside what the scope holds. */
export function Account({ data, scoped }: { readonly data: TimelineData; readonly scoped: boolean }) {
  const { drawn, counted, undated, result, settled } = data
  if (counted === undefined || result === undefined) return <p className="ct-tl-account" aria-live="polite" />
  const spans = data.lanes.reduce((sum, lane) => sum + (lane.kind === 'spans' ? lane.total : 0), 0)
  return (
    <p className="ct-tl-account" aria-live="polite">
      {settled && drawn !== counted ? (
        <strong className="ct-warn">
          The bars hold {formatCount(drawn)} of {plural(counted, 'event')}: the rest is not drawn.
        </strong>
      ) : (
        <span>
          All {plural(counted, 'event')} of the {scoped ? 'scope' : 'case'} {counted === 1 ? 'is' : 'are'} in the bars
        </span>
      )}
      {spans > 0 ? <span> · {plural(spans, 'span')}, counted at their start</span> : null}
      {result.folded > 0 ? <span> · {plural(result.folded, 'more value')} together as (other)</span> : null}
      {undated !== undefined && undated > 0 ? (
        <span> · {plural(undated, 'event')} without a time cannot be drawn</span>
      ) : null}
    </p>
  )
}

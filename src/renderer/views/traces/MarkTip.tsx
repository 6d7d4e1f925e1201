import { formatDuration } from '../../drawing/time/duration'
import type { PlacedMark } from '../../drawing/waterfall/accessMarks'
import type { PathPiece } from '../../drawing/waterfall/criticalPath'
import { serviceOf, type WaterfallSpan } from '../../drawing/waterfall/model'
import { Evidence } from '../../text/Evidence'
import { OutcomeMark } from '../../theme/OutcomeMark'

export interface Hovered {
  readonly span: WaterfallSpan
  readonly mark: PlacedMark | undefined
  readonly leftPx: number
  readonly topPx: number
  readonly widthPx: number
}

/** What is under the pointer: the audit event, or the span. The details say the same to those who do not point. */
export function MarkTip({
  span,
  mark,
  leftPx,
  topPx,
  widthPx,
  critical,
}: Hovered & { readonly critical: readonly PathPiece[] | undefined }) {
  const side = leftPx > widthPx - 320 ? { right: widthPx - leftPx + 14 } : { left: leftPx + 14 }
  const criticalNs = (critical ?? []).reduce((sum, piece) => sum + piece.toNs - piece.fromNs, 0)
  return (
    <div className="ct-tip-host" aria-hidden="true">
      <div className="ct-tip" style={{ top: topPx + 16, ...side }}>
        {mark === undefined ? (
          <>
            <div className="ct-tip-title">
              <Evidence text={span.span.name} />
            </div>
            <div className="ct-dim">
              <Evidence text={serviceOf(span.span)} /> · {span.span.kind}
              {span.failed ? ' · failed' : ''}
            </div>
            <div>
              {formatDuration(span.endNs - span.startNs)}, starts at {formatDuration(span.startNs)}
              {criticalNs > 0 ? `, ${formatDuration(criticalNs)} on the critical path` : ''}
            </div>
          </>
        ) : (
          <>
            <div className="ct-tip-title">
              <OutcomeMark outcome={mark.event.outcome} /> <Evidence text={mark.event.title} />
            </div>
            <div className="ct-dim">
              {mark.event.link.level} link{mark.event.toTrace ? ' to the trace as a whole' : ''},{' '}
              {mark.band === null
                ? `at ${formatDuration(mark.event.atNs)}`
                : `at some moment of the ${mark.event.spreadNs >= 1e9 ? 'second' : 'millisecond'} from ${formatDuration(mark.event.atNs)}: its source writes no finer`}
              {mark.beyond === null ? '' : ` (${mark.beyond} what is shown)`}
              {mark.folded ? ', on a folded span' : ''}
            </div>
            <Evidence text={mark.event.link.evidence[0]?.text ?? ''} />
          </>
        )}
      </div>
    </div>
  )
}

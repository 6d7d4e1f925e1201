import type { TimeWindow } from '../../../contract/shared'
import { timeScale } from '../../drawing/time/window'
import type { LanePlace } from '../../drawing/timeline/geometry'
import type { InstantMark, IntervalMark } from '../../drawing/timeline/marks'
import { asOutcome, outcomeStyles, shapePath } from '../../theme/outcomes'
import { otherLane } from './fields'

interface Props {
  readonly places: readonly LanePlace[]
  readonly instants: readonly InstantMark[]
  readonly intervals: readonly IntervalMark[]
  readonly window: TimeWindow
  readonly widthPx: number
  readonly heightPx: number
}

/** What is selected and what is linked to it, on the lanes where it belongs. */
export function MarkLayer({ places, instants, intervals, window, widthPx, heightPx }: Props) {
  const scale = timeScale(window, 0, widthPx)
  const placeOf = (kind: string, key: string) =>
    places.find(({ lane }) => lane.kind === kind && lane.key === key) ??
    places.find(({ lane }) => lane.kind === kind && lane.key === otherLane)
  return (
    <svg className="ct-tl-marks" width={widthPx} height={heightPx} aria-hidden="true">
      {intervals.map((mark) => {
        const place = placeOf('spans', mark.service)
        const left = Math.round(scale.toPx(mark.fromUs))
        const width = Math.max(3, Math.round(scale.toPx(mark.toUs)) - left)
        if (place === undefined || left > widthPx || left + width < 0) return null
        return (
          <rect
            key={mark.key}
            className={mark.selected ? 'ct-tl-interval ct-tl-picked' : 'ct-tl-interval'}
            x={left - 0.5}
            y={place.topPx + 2.5}
            width={width}
            height={place.heightPx - 5}
          />
        )
      })}
      {instants.map((mark) => {
        const place = mark.laneKey === null ? undefined : placeOf('events', mark.laneKey)
        const x = Math.round(scale.toPx(mark.us))
        if (x < 0 || x > widthPx) return null
        const top = place?.topPx ?? 0
        const height = place?.heightPx ?? heightPx
        const outcome = outcomeStyles[asOutcome(mark.outcome)]
        return (
          <g key={mark.eventId} className={mark.selected ? 'ct-tl-instant ct-tl-picked' : 'ct-tl-instant'}>
            {mark.selected ? <line className="ct-tl-thread" x1={x + 0.5} x2={x + 0.5} y1={0} y2={heightPx} /> : null}
            <line x1={x + 0.5} x2={x + 0.5} y1={top + 2} y2={top + height - 2} />
            <path
              d={shapePath[outcome.shape]}
              fillRule="evenodd"
              transform={`translate(${x - 6.5},${top + 3}) scale(0.8)`}
              style={{ fill: `var(${outcome.cssVar})` }}
            />
          </g>
        )
      })}
    </svg>
  )
}

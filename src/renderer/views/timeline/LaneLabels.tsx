import { nameCssColour } from '../../drawing/colour/drawingTheme'
import type { LanePlace } from '../../drawing/timeline/geometry'
import { useScope } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { visibleText } from '../../text/marks'
import { formatCount } from '../../text/numbers'
import { otherLane } from './fields'

interface Props {
  readonly places: readonly LanePlace[]
  readonly laneBy: string
  readonly folded: number
}

/** Name and total of each lane; a click narrows to it. */
export function LaneLabels({ places, laneBy, folded }: Props) {
  const { addTerm } = useScope()
  return (
    <div className="ct-tl-labels">
      {places.map(({ lane, topPx, heightPx }) => {
        const other = lane.key === otherLane
        const spans = lane.kind === 'spans'
        const name = other && !spans ? `${formatCount(folded)} more` : lane.key
        return (
          <button
            type="button"
            key={`${lane.kind}/${lane.key}`}
            className="ct-tl-label"
            style={{ top: topPx, height: heightPx }}
            disabled={other || spans}
            title={spans ? `Spans of ${visibleText(lane.key)}, by their start` : `Only ${visibleText(lane.key)}`}
            onClick={(event) => addTerm(laneBy, lane.key, event.altKey)}
          >
            <span className="ct-tl-name">
              {spans ? <i className="ct-swatch" style={{ background: nameCssColour(lane.key) }} /> : null}
              <Evidence text={name} />
            </span>
            <span className="ct-tl-total">
              {formatCount(lane.total)} {spans ? (lane.total === 1 ? 'span' : 'spans') : ''}
              {heightPx >= 40 ? <small>peak {formatCount(lane.peak)}</small> : null}
            </span>
          </button>
        )
      })}
    </div>
  )
}

import { nameCssColour } from '../../drawing/colour/drawingTheme'
import type { LanePlace } from '../../drawing/timeline/geometry'
import type { Lane } from '../../drawing/timeline/lanes'
import { useScope } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { visibleText } from '../../text/marks'
import { formatCount } from '../../text/numbers'
import { missingLane, otherLane } from './fields'

interface Props {
  readonly places: readonly LanePlace[]
  readonly laneBy: string
}

/** Name and total of each lane; a click narrows to it. */
export function LaneLabels({ places, laneBy }: Props) {
  const { addTerm } = useScope()
  return (
    <div className="ct-tl-labels">
      {places.map(({ lane, topPx, heightPx }) => {
        const other = lane.key === otherLane
        const spans = lane.kind === 'spans'
        return (
          <button
            type="button"
            key={`${lane.kind}/${lane.key}`}
            className="ct-tl-label"
            style={{ top: topPx, height: heightPx }}
            disabled={other || spans}
            title={titleOf(lane)}
            onClick={(event) => addTerm(laneBy, lane.key === missingLane ? null : lane.key, event.altKey)}
          >
            <span className="ct-tl-name">
              {spans ? <i className="ct-swatch" style={{ background: nameCssColour(lane.key) }} /> : null}
              <Evidence text={lane.key} />
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

function titleOf(lane: Lane): string {
  const name = visibleText(lane.key)
  if (lane.kind === 'spans') return `Spans of ${name}, counted at their start`
  if (lane.key === otherLane) return 'All values that have no lane of their own'
  return `${name}. Click: only this (Alt: without this).`
}

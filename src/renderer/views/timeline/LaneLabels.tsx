import { nameCssColour } from '../../drawing/colour/drawingTheme'
import type { LanePlace } from '../../drawing/timeline/geometry'
import type { Lane } from '../../drawing/timeline/lanes'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useScope } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { visibleText } from '../../text/marks'
import { formatCount } from '../../text/numbers'
import { formatDurationUs } from '../../text/time'
import { activeOffsetUs } from '../clocks/bands'
import { missingLane, otherLane } from './fields'

interface Props {
  readonly places: readonly LanePlace[]
  readonly laneBy: string
}

/** Name and total of each lane; a click narrows to it. */
export function LaneLabels({ places, laneBy }: Props) {
  const { addTerm } = useScope()
  const clocks = useEngineQuery('clocks.list', {}, { enabled: laneBy === 'source' }).data?.clocks
  const clockOf = (lane: Lane) =>
    laneBy !== 'source' || lane.kind === 'spans'
      ? undefined
      : clocks?.find(({ source, service }) => source === lane.key && service === null)
  return (
    <div className="ct-tl-labels">
      {places.map(({ lane, topPx, heightPx }) => {
        const clock = clockOf(lane)
        const offset = clock === undefined ? null : activeOffsetUs(clock)
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
            {heightPx >= 54 && clock !== undefined && offset !== null ? (
              <span
                className="ct-tl-total"
                title="The clock that links are looked for with; stated times are not moved"
              >
                clock {offset > 0 ? '+' : ''}
                {formatDurationUs(offset)} ± {formatDurationUs(clock.jitterUs)}
              </span>
            ) : null}
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

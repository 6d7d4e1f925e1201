import type { TimeWindow } from '../../../contract/shared'
import { axisTicks } from '../../drawing/time/ticks'
import { timeScale } from '../../drawing/time/window'
import { useSettings } from '../../state/workbench'

export const AXIS_PX = 30
/** A label nearer to the right edge than this would be cut. */
const LABEL_PX = 38

/** Date above, time below; both in the zone of the settings, which the corner beside the axis names. */
export function TimeAxis({ window, widthPx }: { readonly window: TimeWindow; readonly widthPx: number }) {
  const zone = useSettings((s) => s.timeZone)
  const scale = timeScale(window, 0, widthPx)
  return (
    <svg className="ct-tl-axis" width={widthPx} height={AXIS_PX} aria-hidden="true">
      {axisTicks(window, widthPx, zone).map((tick) => {
        const x = Math.round(scale.toPx(tick.us)) + 0.5
        return (
          <g key={tick.us} transform={`translate(${x},0)`}>
            <line y1={AXIS_PX - 5} y2={AXIS_PX} />
            {tick.date === null || x > widthPx - 2 * LABEL_PX ? null : (
              <text className="ct-tl-date" x={3} y={11}>
                {tick.date}
              </text>
            )}
            {x > widthPx - LABEL_PX ? null : (
              <text x={3} y={AXIS_PX - 6}>
                {tick.label}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}

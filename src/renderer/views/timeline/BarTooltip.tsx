import type { BucketGrid } from '../../drawing/timeline/bars'
import { bucketWindow } from '../../drawing/timeline/geometry'
import type { Lane, Stack } from '../../drawing/timeline/lanes'
import { useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatCount } from '../../text/numbers'
import { formatTime, zoneLabel } from '../../text/time'
import { OutcomeMark } from '../../theme/OutcomeMark'

interface Props {
  readonly lane: Lane
  readonly stack: Stack
  readonly grid: BucketGrid
  readonly xPx: number
  readonly yPx: number
  readonly plotWidthPx: number
}

/** Exact counts of the bar under the pointer. The table says the same to those who do not point. */
export function BarTooltip({ lane, stack, grid, xPx, yPx, plotWidthPx }: Props) {
  const zone = useSettings((s) => s.timeZone)
  const { fromUs, toUs } = bucketWindow(stack.bucket, grid)
  const precision = toUs - fromUs >= 10_000_000 ? 's' : toUs - fromUs >= 10_000 ? 'ms' : 'us'
  const side = xPx > plotWidthPx - 300 ? { right: plotWidthPx - xPx + 14 } : { left: xPx + 14 }
  return (
    <div className="ct-tip" style={{ top: Math.max(0, yPx - 10), ...side }} aria-hidden="true">
      <div className="ct-tip-title">
        <Evidence text={lane.key} />
      </div>
      <div className="ct-tip-time">
        {formatTime(fromUs, zone, precision)} – {formatTime(toUs, zone, precision).slice(11)} {zoneLabel(zone, fromUs)}
      </div>
      <table>
        <tbody>
          {stack.parts.map((part) => (
            <tr key={part.series}>
              <th>{lane.kind === 'spans' ? `spans ${part.series}` : <OutcomeMark outcome={part.series} />}</th>
              <td>{formatCount(part.count)}</td>
            </tr>
          ))}
          {stack.parts.length > 1 ? (
            <tr className="ct-tip-sum">
              <th>together</th>
              <td>{formatCount(stack.total)}</td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  )
}

import { useMemo } from 'react'
import type { Result } from '../../../contract'
import type { TimeWindow } from '../../../contract/shared'
import { useSize } from '../../drawing/canvas/useSize'
import { axisTicks } from '../../drawing/time/ticks'
import { timeScale } from '../../drawing/time/window'
import { partHeights } from '../../drawing/timeline/bars'
import { seriesRank } from '../../drawing/timeline/lanes'
import { useScope, useSettings } from '../../state/workbench'
import { formatCount, plural } from '../../text/numbers'
import { formatDurationUs, formatShortTime, zoneLabel } from '../../text/time'
import { OutcomeMark } from '../../theme/OutcomeMark'
import { asOutcome, outcomeStyles } from '../../theme/outcomes'
import { findSpikes } from './spikes'
import { Tile } from './Tile'
import { failedTerm, useOpenEvents } from './useOpenEvents'

const HEIGHT_PX = 96
const MAX_SPIKES = 4
const failedSeries: readonly string[] = ['denied', 'auth_failed', 'throttled', 'failed']

/** Events over time by outcome, and the spikes of those that failed. */
export function OverTime({ data }: { readonly data: Result<'events.histogram'> }) {
  const [ref, { widthPx }] = useSize<HTMLDivElement>()
  const zone = useSettings((s) => s.timeZone)
  const { setWindow } = useScope()
  const open = useOpenEvents()
  const series = useMemo(() => Object.entries(data.by).sort(([a], [b]) => seriesRank(a) - seriesRank(b)), [data])
  const failed = useMemo(
    () => data.count.map((_, at) => failedSeries.reduce((sum, name) => sum + (data.by[name]?.[at] ?? 0), 0)),
    [data],
  )
  const spikes = useMemo(() => findSpikes(failed), [failed])
  const first = data.startUs[0]
  if (first === undefined) return null
  const whole = { fromUs: first, toUs: first + data.count.length * data.widthUs }
  const windowOf = (from: number, to: number): TimeWindow => ({
    fromUs: Math.ceil(first + from * data.widthUs),
    toUs: Math.ceil(first + to * data.widthUs),
  })
  const scale = timeScale(whole, 0, Math.max(1, widthPx))
  const peak = Math.max(1, ...data.count)
  const x = (bucket: number) => Math.round(scale.toPx(first + bucket * data.widthUs))
  return (
    <Tile
      title="Events over time"
      className="ct-tile-wide"
      aside={`${zoneLabel(zone, first)} · a bar is ${formatDurationUs(data.widthUs)} · highest ${formatCount(peak)} · click: that time`}
    >
      <div ref={ref} className="ct-dash-plot">
        <svg
          width="100%"
          height={HEIGHT_PX + 18}
          role="img"
          aria-label={`${plural(spikes.length, 'spike')} of failures`}
        >
          {spikes.map((spike) => (
            <rect
              key={spike.from}
              className="ct-dash-spike"
              x={x(spike.from)}
              width={Math.max(2, x(spike.to) - x(spike.from))}
              height={HEIGHT_PX}
            />
          ))}
          {data.count.map((total, bucket) => {
            if (total === 0) return null
            const parts = series.map(([name, counts]) => ({ series: name, count: counts[bucket] ?? 0 }))
            const heights = partHeights({ bucket, total, parts }, Math.max(1, (total / peak) * (HEIGHT_PX - 4)))
            const at = windowOf(bucket, bucket + 1)
            let y = HEIGHT_PX
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions: the same times are reached by the timeline's keys
              <g key={at.fromUs} className="ct-dash-bar" onClick={() => setWindow(at)}>
                <title>{`${formatShortTime(at.fromUs, zone)}: ${plural(total, 'event')}, ${formatCount(failed[bucket] ?? 0)} failed`}</title>
                <rect x={x(bucket)} width={Math.max(1, x(bucket + 1) - x(bucket))} height={HEIGHT_PX} opacity={0} />
                {parts.map((part, index) => {
                  const height = heights[index] ?? 0
                  y -= height
                  return height === 0 ? null : (
                    <rect
                      key={part.series}
                      x={x(bucket)}
                      y={y}
                      width={Math.max(1, x(bucket + 1) - x(bucket) - 1)}
                      height={height}
                      fill={`var(${outcomeStyles[asOutcome(part.series)].cssVar})`}
                    />
                  )
                })}
              </g>
            )
          })}
          <line x1={0} x2="100%" y1={HEIGHT_PX + 0.5} y2={HEIGHT_PX + 0.5} className="ct-dash-base" />
          {axisTicks(whole, widthPx, zone, 120).map((tick) => (
            <text key={tick.us} x={scale.toPx(tick.us) + 3} y={HEIGHT_PX + 14}>
              {tick.date === null ? tick.label : `${tick.date} ${tick.label}`}
            </text>
          ))}
        </svg>
      </div>
      <div className="ct-dash-spikes">
        <ul className="ct-dash-legend">
          {series.map(([name, counts]) => (
            <li key={name}>
              <button type="button" className="ct-tl-chip" onClick={() => open([`outcome:${name}`])}>
                <OutcomeMark outcome={name} /> {formatCount(counts.reduce((sum, count) => sum + count, 0))}
              </button>
            </li>
          ))}
        </ul>
        {spikes.slice(0, MAX_SPIKES).map((spike) => (
          <button
            key={spike.from}
            type="button"
            className="ct-link"
            onClick={() => open([failedTerm], windowOf(spike.from, spike.to))}
          >
            Spike {formatShortTime(windowOf(spike.from, spike.to).fromUs, zone)}: {formatCount(spike.count)} failed,
            usual {spike.usual < 1 ? 'below 1' : formatCount(Math.round(spike.usual))}
          </button>
        ))}
      </div>
    </Tile>
  )
}

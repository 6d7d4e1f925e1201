import { useMemo } from 'react'
import type { Result } from '../../../contract'
import { buildLanes } from '../../drawing/timeline/lanes'
import { valueMark } from '../../filter/valueMark'
import { fieldTerm } from '../../state/filterText'
import { useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatCount } from '../../text/numbers'
import { formatDurationUs, formatShortTime, zoneLabel } from '../../text/time'
import { Tile } from './Tile'
import { useOpenEvents } from './useOpenEvents'

interface Props {
  readonly lanes: Result<'timeline.lanes'>
  readonly silences: Result<'events.silences'>
}

/** When each source speaks, all on one time axis, and where one falls silent against its own rhythm. */
export function Sources({ lanes, silences }: Props) {
  const zone = useSettings((s) => s.timeZone)
  const open = useOpenEvents()
  const built = useMemo(() => buildLanes(lanes), [lanes])
  const width = lanes.buckets * lanes.widthUs
  return (
    <Tile title="Sources and their times" aside={zoneLabel(zone, lanes.startUs)} className="ct-tile-wide">
      <ul className="ct-dash-list">
        {built.map((lane) => {
          const first = lane.stacks[0]
          const last = lane.stacks.at(-1)
          if (first === undefined || last === undefined) return null
          const from = lanes.startUs + first.bucket * lanes.widthUs
          const to = lanes.startUs + (last.bucket + 1) * lanes.widthUs
          const own = lane.kind === 'events' ? silences.filter((silence) => silence.source === lane.key) : []
          return (
            <li key={`${lane.kind}/${lane.key}`}>
              <button
                type="button"
                className="ct-dash-source"
                {...(lane.kind === 'events' ? valueMark('source', lane.key) : {})}
                disabled={lane.kind === 'spans'}
                title={`${formatShortTime(from, zone)} – ${formatShortTime(to, zone)} ${zoneLabel(zone, from)}`}
                onClick={() => open([fieldTerm('source', lane.key)])}
              >
                <span className="ct-clip">
                  {lane.kind === 'spans' ? 'spans: ' : ''}
                  <Evidence text={lane.key} />
                </span>
                <svg viewBox={`0 0 ${lanes.buckets} 10`} preserveAspectRatio="none" aria-hidden="true">
                  {own.map((silence) => (
                    <rect
                      key={silence.fromUs}
                      className="ct-dash-silence"
                      x={((silence.fromUs - lanes.startUs) / width) * lanes.buckets}
                      width={((silence.toUs - silence.fromUs) / width) * lanes.buckets}
                      height={10}
                    />
                  ))}
                  {lane.stacks.map((stack) => {
                    const height = 2 + 8 * Math.sqrt(stack.total / Math.max(1, lane.peak))
                    return <rect key={stack.bucket} x={stack.bucket} y={10 - height} width={1.05} height={height} />
                  })}
                </svg>
                <span className="ct-num">{formatCount(lane.total)}</span>
              </button>
            </li>
          )
        })}
      </ul>
      {silences.length === 0 ? null : (
        <ul className="ct-dash-silences" aria-label="Silences">
          {silences.slice(0, 6).map((silence) => (
            <li key={`${silence.source}/${silence.fromUs}`}>
              <button
                type="button"
                className="ct-link"
                title="All events of these times, of every source"
                onClick={() => open([], { fromUs: silence.fromUs, toUs: silence.toUs })}
              >
                <Evidence text={silence.source} /> silent for {formatDurationUs(silence.toUs - silence.fromUs)}
              </button>{' '}
              <span className="ct-dim">
                from {formatShortTime(silence.fromUs, zone)}, usually at most {formatDurationUs(silence.usualUs)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Tile>
  )
}

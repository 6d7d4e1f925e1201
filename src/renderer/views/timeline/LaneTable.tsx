import type { BucketGrid } from '../../drawing/timeline/bars'
import { bucketWindow } from '../../drawing/timeline/geometry'
import { type Lane, seriesTotals } from '../../drawing/timeline/lanes'
import { useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatCount } from '../../text/numbers'
import { formatShortTime, zoneLabel } from '../../text/time'
import { OutcomeMark } from '../../theme/OutcomeMark'

/** The same lanes as text: for reading, for screen readers, for copying into a mail. */
export function LaneTable({ lanes, grid }: { readonly lanes: readonly Lane[]; readonly grid: BucketGrid }) {
  const zone = useSettings((s) => s.timeZone)
  const time = (us: number) => formatShortTime(us, zone)
  return (
    <div className="ct-tl-tables">
      <LanesOf kind="events" lanes={lanes} grid={grid} time={time} zone={zoneLabel(zone, grid.startUs)} />
      <LanesOf kind="spans" lanes={lanes} grid={grid} time={time} zone={zoneLabel(zone, grid.startUs)} />
    </div>
  )
}

interface LanesOfProps {
  readonly kind: Lane['kind']
  readonly lanes: readonly Lane[]
  readonly grid: BucketGrid
  readonly time: (us: number) => string
  readonly zone: string
}

function LanesOf({ kind, lanes, grid, time, zone }: LanesOfProps) {
  const own = lanes.filter((lane) => lane.kind === kind)
  if (own.length === 0) return null
  const series = seriesTotals(own, kind).map((part) => part.series)
  return (
    <table className="ct-table">
      <caption>{kind === 'events' ? 'Audit events by lane' : 'Spans by service, counted at their start'}</caption>
      <thead>
        <tr>
          <th scope="col">{kind === 'events' ? 'Lane' : 'Service'}</th>
          <th scope="col" className="ct-num">
            Total
          </th>
          {series.map((name) => (
            <th scope="col" className="ct-num" key={name}>
              {kind === 'events' ? <OutcomeMark outcome={name} /> : name}
            </th>
          ))}
          <th scope="col">First ({zone})</th>
          <th scope="col">Last ({zone})</th>
          <th scope="col">Busiest ({zone})</th>
          <th scope="col" className="ct-num">
            Peak
          </th>
        </tr>
      </thead>
      <tbody>
        {own.map((lane) => {
          const first = lane.stacks[0]
          const last = lane.stacks.at(-1)
          const busiest = lane.stacks.find((stack) => stack.total === lane.peak)
          const at = (bucket: number | undefined) =>
            bucket === undefined ? '–' : time(bucketWindow(bucket, grid).fromUs)
          return (
            <tr key={lane.key}>
              <th scope="row">
                <Evidence text={lane.key} />
              </th>
              <td className="ct-num">{formatCount(lane.total)}</td>
              {series.map((name) => (
                <td className="ct-num" key={name}>
                  {formatCount(lane.bySeries.get(name) ?? 0)}
                </td>
              ))}
              <td>{at(first?.bucket)}</td>
              <td>{at(last?.bucket)}</td>
              <td>{at(busiest?.bucket)}</td>
              <td className="ct-num">{formatCount(lane.peak)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

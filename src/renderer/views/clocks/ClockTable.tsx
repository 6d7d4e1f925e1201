import { Button } from '@blueprintjs/core'
import type { ClockRow } from '../../../contract/linking'
import { Evidence } from '../../text/Evidence'
import { formatCount } from '../../text/numbers'
import { formatDurationUs } from '../../text/time'
import { activeOffsetUs, bandOf, reachUs } from './bands'

const bases: Readonly<Record<ClockRow['basis'], string>> = {
  links: 'measured on exact links',
  pairs: 'measured on pairs without a rival',
  search: 'found by a search',
  set: 'set only',
}

interface Props {
  readonly clocks: readonly ClockRow[]
  readonly onSet: (clock: ClockRow) => void
}

export function ClockTable({ clocks, onSet }: Props) {
  const reach = reachUs(clocks)
  return (
    <table className="ct-table">
      <caption>Clocks, against those of the spans</caption>
      <thead>
        <tr>
          <th scope="col">Source</th>
          <th scope="col">Spans of</th>
          <th scope="col">Offset</th>
          <th scope="col">
            −{formatDurationUs(reach)} … +{formatDurationUs(reach)}
          </th>
          <th scope="col">Scatter</th>
          <th scope="col">Drift</th>
          <th scope="col">Pairs</th>
          <th scope="col">How</th>
          <th scope="col">In use</th>
          <th scope="col">Act</th>
        </tr>
      </thead>
      <tbody>
        {clocks.map((clock) => {
          const active = activeOffsetUs(clock)
          const name = `${clock.source} and ${clock.service ?? 'all services'}`
          return (
            <tr key={`${clock.source}/${clock.service ?? ''}`} title={clock.text}>
              <th scope="row">
                <Evidence text={clock.source} />
              </th>
              <td>{clock.service === null ? 'all services' : <Evidence text={clock.service} />}</td>
              <td className="ct-num">{signed(clock.offsetUs)}</td>
              <td>
                <Band clock={clock} reach={reach} />
              </td>
              <td className="ct-num">± {formatDurationUs(clock.jitterUs)}</td>
              <td className="ct-num">{clock.driftPpm === 0 ? '' : `${clock.driftPpm.toFixed(1)} µs/s`}</td>
              <td className="ct-num">{formatCount(clock.pairs)}</td>
              <td>
                {bases[clock.basis]}
                {clock.suggested ? <strong> · suggested</strong> : ''}
              </td>
              <td>
                {active === null ? 'no' : signed(active)}
                {clock.set === null ? '' : ' · set by '}
                <Evidence text={clock.set?.author ?? ''} />
              </td>
              <td>
                <Button size="small" aria-label={`Set the clock of ${name}`} onClick={() => onSet(clock)}>
                  {clock.suggested ? 'Agree…' : 'Set…'}
                </Button>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Band({ clock, reach }: { readonly clock: ClockRow; readonly reach: number }) {
  const { zero, offset, from, to } = bandOf(clock, reach)
  return (
    <svg className="ct-ck-band" viewBox="0 0 200 14" width="200" height="14" aria-hidden="true">
      <line className="ct-ck-zero" x1={zero * 200} x2={zero * 200} y1="0" y2="14" />
      <rect className="ct-ck-scatter" x={from * 200} width={Math.max(1, (to - from) * 200)} y="4" height="6" />
      <line className="ct-ck-offset" x1={offset * 200} x2={offset * 200} y1="1" y2="13" />
    </svg>
  )
}

/** Ahead is plus: the source states later times than the spans. */
export function signed(us: number): string {
  return us > 0 ? `+${formatDurationUs(us)}` : formatDurationUs(us)
}

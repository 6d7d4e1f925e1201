import type { Result } from '../../../contract'
import { valueMark } from '../../filter/valueMark'
import { fieldTerm } from '../../state/filterText'
import { Evidence } from '../../text/Evidence'
import { visibleText } from '../../text/marks'
import { formatCount, plural } from '../../text/numbers'
import { Tile } from './Tile'
import { failedTerm, useOpenEvents } from './useOpenEvents'

type Top = Result<'events.top'>[number]

interface Props {
  readonly title: string
  readonly top: Top
  /** What the bars are drawn by. */
  readonly by: 'count' | 'failed'
}

/** The leading values of a field: bar for the count, its dark part for those that failed. */
export function TopTile({ title, top, by }: Props) {
  const open = useOpenEvents()
  const most = Math.max(1, ...top.values.map((value) => value[by]))
  if (top.values.length === 0) return null
  const note = `${formatCount(top.distinct)} ${top.distinct === 1 ? 'value' : 'values'}${top.absent > 0 ? ` · ${plural(top.absent, 'event')} without` : ''}`
  return (
    <Tile title={title} aside={note}>
      <ul className="ct-dash-list">
        {top.values.map(({ value, count, failed }) => (
          <li key={value}>
            <button
              type="button"
              className="ct-dash-row"
              {...valueMark(top.field, value)}
              title={`${visibleText(value)}: ${plural(count, 'event')}, ${formatCount(failed)} failed`}
              onClick={() => open([fieldTerm(top.field, value), ...(by === 'failed' ? [failedTerm] : [])])}
            >
              <i style={{ inlineSize: `${((by === 'count' ? count : failed) / most) * 100}%` }} />
              <i className="ct-dash-failed" style={{ inlineSize: `${(failed / most) * 100}%` }} />
              <span className="ct-clip">
                <Evidence text={value} />
              </span>
              {failed > 0 ? <b>{formatCount(failed)} failed</b> : null}
              <span className="ct-num">{formatCount(count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Tile>
  )
}

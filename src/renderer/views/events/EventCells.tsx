// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by window, which table elements cannot do

import { Annotation, Link } from '@blueprintjs/icons'
import { memo } from 'react'
import type { EventRow } from '../../../contract/events'
import type { LinkLevel } from '../../../contract/shared'
import type { Mark } from '../../../contract/work'
import { SeverityShape, StarShape, VerdictShape } from '../../casework/MarkShape'
import { valueMark } from '../../filter/valueMark'
import { useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { visibleText } from '../../text/marks'
import { formatRowTime } from '../../text/time'
import type { TimeZone } from '../../text/zoneOffset'
import { OutcomeMark } from '../../theme/OutcomeMark'
import { cellField, cellText, type PlacedColumn } from './columns'

interface CellsProps {
  readonly row: EventRow | undefined
  readonly columns: readonly PlacedColumn[]
  readonly link: LinkLevel | undefined
  readonly noted: boolean
  readonly mark: Mark | undefined
}

/** Cells of one row; a row that is still on its way shows quiet bars. */
export const EventCells = memo(function EventCells({ row, columns, link, noted, mark }: CellsProps) {
  const zone = useSettings((s) => s.timeZone)
  return columns.map((column, index) => (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has one focus stop and names its active row
    <div
      key={column.id}
      role="gridcell"
      aria-colindex={index + 1}
      className={`ct-cell ct-cell-${column.kind}`}
      {...markOf(row, column)}
    >
      {row === undefined ? (
        <span className="ct-bone" />
      ) : (
        <Cell row={row} column={column} link={link} noted={noted} mark={mark} zone={zone} />
      )}
    </div>
  ))
})

/** Times and marks have no term that means them. */
function markOf(row: EventRow | undefined, column: PlacedColumn) {
  if (row === undefined || column.kind === 'time' || column.kind === 'marks') return {}
  const field = cellField(row, column) ?? column.fields[0]
  return field === undefined ? {} : valueMark(field, row[field] ?? null)
}

function Cell({
  row,
  column,
  link,
  noted,
  mark,
  zone,
}: Omit<CellsProps, 'row' | 'columns'> & {
  readonly row: EventRow
  readonly column: PlacedColumn
  readonly zone: TimeZone
}) {
  if (column.kind === 'outcome') return <OutcomeMark outcome={row.outcome} />
  if (column.kind === 'marks') {
    return (
      <>
        {mark === undefined ? null : <MarkCell mark={mark} />}
        {link === undefined ? null : (
          <span className="ct-mark-link" role="img" aria-label={`Linked, ${link}`} title={`Linked to a trace: ${link}`}>
            <Link size={11} />
            {link.charAt(0).toUpperCase()}
          </span>
        )}
        {noted ? (
          <span role="img" aria-label="Has a note" title="Has a note">
            <Annotation size={11} />
          </span>
        ) : null}
      </>
    )
  }
  const text = cellText(row, column)
  if (text === '') return <span className="ct-none">{column.kind === 'time' ? 'no time' : '–'}</span>
  if (column.kind === 'time') return <span className="ct-num">{formatRowTime(text, zone)}</span>
  return (
    <span className="ct-clip" title={text.length > 18 ? text : undefined}>
      <Evidence text={text.length > 400 ? `${text.slice(0, 400)}…` : text} />
    </span>
  )
}

function MarkCell({ mark }: { readonly mark: Mark }) {
  const words = [
    mark.star ? 'starred' : '',
    mark.verdict ?? '',
    mark.severity === null ? '' : `severity ${mark.severity}`,
    ...mark.techniques,
    ...mark.tags.map(visibleText),
  ].filter((word) => word !== '')
  const label = `Marked: ${words.join(', ')}`
  return (
    <span className="ct-wk-cell" role="img" aria-label={label} title={label}>
      {mark.star ? <StarShape on /> : null}
      {mark.verdict === null ? null : <VerdictShape verdict={mark.verdict} />}
      {mark.severity === null ? null : <SeverityShape severity={mark.severity} />}
      {mark.techniques.length + mark.tags.length > 0 ? (
        <span className="ct-wk-count">{mark.techniques.length + mark.tags.length}</span>
      ) : null}
    </span>
  )
}

import { CaretDown, CaretRight, Cross, Disable, Duplicate, Tick, WarningSign } from '@blueprintjs/icons'
import { useState } from 'react'
import type { FileAccount, RecordCounts } from '../../../contract/import'
import { useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatBytes, formatCount } from '../../text/numbers'
import { formatRowTime } from '../../text/time'
import { ShortHash } from '../../ui/CopyButton'
import { addsUp } from './account'
import { RejectList } from './RejectList'

const statusIcons = {
  imported: Tick,
  partial: WarningSign,
  refused: Cross,
  skipped: Disable,
  duplicate: Duplicate,
} as const

export const columnCount = 13

/** One file of the evidence, and below it, when opened, its limits and rejects. */
export function FileRows({ file }: { readonly file: FileAccount }) {
  const [open, setOpen] = useState(false)
  const zone = useSettings((s) => s.timeZone)
  const Icon = statusIcons[file.status]
  const more = file.records.rejected > 0 || file.rejects.length > 0 || file.limits.length > 0
  return (
    <>
      <tr className={`ct-file ct-file-${file.status}`}>
        <td>
          <button
            type="button"
            className="ct-icon-button"
            aria-expanded={open}
            aria-label={`Details of ${file.name}`}
            onClick={() => setOpen(!open)}
          >
            {open ? <CaretDown size={14} /> : <CaretRight size={14} />}
          </button>
        </td>
        <td className="ct-file-name" title={file.name}>
          <Evidence text={file.name} />
        </td>
        <td>
          <span className="ct-status">
            <Icon size={12} /> {file.status}
            {file.limits.length > 0 ? <span className="ct-warn"> limit</span> : null}
          </span>
        </td>
        <td>{file.formats.join(', ') || <span className="ct-none">–</span>}</td>
        <CountCells records={file.records} />
        <td className="ct-num">
          <Rows file={file} />
        </td>
        <td className="ct-num ct-span-cell">
          {file.firstTs === null ? (
            <span className="ct-none">–</span>
          ) : (
            `${formatRowTime(file.firstTs, zone).slice(0, 19)} – ${formatRowTime(file.lastTs ?? file.firstTs, zone).slice(0, 19)}`
          )}
        </td>
        <td className="ct-num">{formatBytes(file.sizeBytes)}</td>
        <td>
          <ShortHash hash={file.sha256} />
        </td>
      </tr>
      {open ? (
        <tr className="ct-file-more">
          <td colSpan={columnCount}>
            {file.limits.map((limit) => (
              <p key={limit} className="ct-warn">
                Limit: {limit}
              </p>
            ))}
            {more ? <RejectList sha256={file.sha256} /> : <p className="ct-dim">Every record of this file was read.</p>}
          </td>
        </tr>
      ) : null}
    </>
  )
}

/** read = kept + duplicate + skipped + rejected, as five cells; a sum that does not close is marked. */
export function CountCells({ records }: { readonly records: RecordCounts }) {
  const closed = addsUp(records)
  return (
    <>
      <td
        className="ct-num ct-strong"
        title={closed ? 'kept + duplicate + skipped + rejected' : 'The account does not add up'}
      >
        {closed ? '' : '≠ '}
        {formatCount(records.read)}
      </td>
      {(['kept', 'duplicate', 'skipped', 'rejected'] as const).map((key) => (
        <td key={key} className={key === 'rejected' && records[key] > 0 ? 'ct-num ct-warn' : 'ct-num'}>
          {records[key] === 0 ? <span className="ct-none">0</span> : formatCount(records[key])}
        </td>
      ))}
    </>
  )
}

function Rows({ file }: { readonly file: FileAccount }) {
  const { access_event, span, log_record, metric_point } = file.rows
  const parts = [
    ...(access_event > 0 ? [`${formatCount(access_event)} ev`] : []),
    ...(span > 0 ? [`${formatCount(span)} sp`] : []),
    ...(log_record > 0 ? [`${formatCount(log_record)} log`] : []),
    ...(metric_point > 0 ? [`${formatCount(metric_point)} pt`] : []),
  ]
  return parts.length === 0 ? <span className="ct-none">–</span> : parts.join(', ')
}

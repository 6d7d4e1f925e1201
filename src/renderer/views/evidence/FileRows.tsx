import { CaretDown, CaretRight, Cross, Disable, Duplicate, Tick, WarningSign } from '@blueprintjs/icons'
import { useState } from 'react'
import type { FileAccount, RecordCounts } from '../../../contract/import'
import { zoneNotes } from '../../../contract/zoneNotes'
import { useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatBytes, formatCount, plural } from '../../text/numbers'
import { formatRowTime } from '../../text/time'
import { ShortHash } from '../../ui/CopyButton'
import { addsUp, zoneInDoubt } from './account'
import { RejectList } from './RejectList'

const statusIcons = {
  imported: Tick,
  partial: WarningSign,
  refused: Cross,
  skipped: Disable,
  duplicate: Duplicate,
} as const

export const columnCount = 11

/** One file of the evidence, and below it, when opened, its limits, zones and rejects. */
export function FileRows({ file, onMap }: { readonly file: FileAccount; readonly onMap?: (() => void) | undefined }) {
  const [open, setOpen] = useState(false)
  const Icon = statusIcons[file.status]
  const zones = zoneNotes(file.zones)
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
          <div className="ct-dim ct-file-second">
            {formatBytes(file.sizeBytes)} · <ShortHash hash={file.sha256} />
          </div>
        </td>
        <td>
          <span className="ct-status">
            <Icon size={12} /> {file.status}
            {file.limits.length > 0 ? <span className="ct-warn"> limit</span> : null}
            {zoneInDoubt(file.zones) ? <span className="ct-warn"> zone</span> : null}
          </span>
        </td>
        <td>
          {file.formats.join(', ') || (onMap === undefined ? <span className="ct-none">–</span> : null)}
          {onMap === undefined ? null : (
            <button type="button" className="ct-link" aria-label={`Map ${file.name}`} onClick={onMap}>
              Map…
            </button>
          )}
        </td>
        <CountCells records={file.records} />
        <td className="ct-num">
          <Rows file={file} />
        </td>
        <td className="ct-num ct-span-cell">
          <TimeSpan firstTs={file.firstTs} lastTs={file.lastTs} />
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
            {zones.map((note) => (
              <p key={note} className={zoneInDoubt(file.zones) ? 'ct-warn' : 'ct-dim'}>
                Zone: <Evidence text={note} />
              </p>
            ))}
            {more ? (
              <RejectList sha256={file.sha256} fileName={file.name} />
            ) : (
              <p className="ct-dim">Every record of this file was read.</p>
            )}
          </td>
        </tr>
      ) : null}
    </>
  )
}

/** First and last time, one below the other. */
export function TimeSpan({ firstTs, lastTs }: { readonly firstTs: string | null; readonly lastTs: string | null }) {
  const zone = useSettings((s) => s.timeZone)
  if (firstTs === null) return <span className="ct-none">–</span>
  return (
    <>
      <div>{formatRowTime(firstTs, zone).slice(0, 19)}</div>
      <div>{formatRowTime(lastTs ?? firstTs, zone).slice(0, 19)}</div>
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
    ...(access_event > 0 ? [plural(access_event, 'event')] : []),
    ...(span > 0 ? [plural(span, 'span')] : []),
    ...(log_record > 0 ? [plural(log_record, 'log')] : []),
    ...(metric_point > 0 ? [plural(metric_point, 'point')] : []),
  ]
  if (parts.length === 0) return <span className="ct-none">–</span>
  return parts.map((part) => <div key={part}>{part}</div>)
}

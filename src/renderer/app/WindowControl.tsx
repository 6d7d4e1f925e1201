import { Button, PopoverNext } from '@blueprintjs/core'
import { Cross, Time } from '@blueprintjs/icons'
import { useState } from 'react'
import { parseInstant } from '../../common/time'
import type { TimeWindow } from '../../contract/shared'
import { useScope, useSettings } from '../state/workbench'
import { formatDurationUs, formatTime, zoneLabel } from '../text/time'
import type { TimeZone } from '../text/zoneOffset'

/** The time window of all views: what it is, typing another, and back to all times. */
export function WindowControl({ caseSpan }: { readonly caseSpan: TimeWindow | null }) {
  const { window, setWindow } = useScope()
  const zone = useSettings((s) => s.timeZone)
  const label =
    window === null
      ? 'All times'
      : `${formatTime(window.fromUs, zone, 's')} – ${endText(window, zone)} ${zoneLabel(zone, window.fromUs)} (${formatDurationUs(window.toUs - window.fromUs)})`
  return (
    <div className="ct-window">
      <PopoverNext
        placement="bottom-end"
        content={<WindowForm window={window} caseSpan={caseSpan} onApply={setWindow} />}
        shouldReturnFocusOnClose
      >
        <Button size="small" variant="outlined" icon={<Time size={12} />} aria-label={`Time window: ${label}`}>
          <span className="ct-num">{label}</span>
        </Button>
      </PopoverNext>
      {window === null ? null : (
        <button
          type="button"
          className="ct-icon-button"
          aria-label="Show all times"
          title="Show all times"
          onClick={() => setWindow(null)}
        >
          <Cross size={12} />
        </button>
      )}
    </div>
  )
}

/** The date is said once where both ends are on the same day. */
function endText(window: TimeWindow, zone: TimeZone): string {
  const from = formatTime(window.fromUs, zone, 's')
  const to = formatTime(window.toUs, zone, 's')
  return from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to
}

function WindowForm({
  window,
  caseSpan,
  onApply,
}: {
  readonly window: TimeWindow | null
  readonly caseSpan: TimeWindow | null
  readonly onApply: (window: TimeWindow | null) => void
}) {
  const start = window ?? caseSpan
  const [from, setFrom] = useState(start === null ? '' : formatTime(start.fromUs, 'utc', 'ms'))
  const [to, setTo] = useState(start === null ? '' : formatTime(start.toUs, 'utc', 'ms'))
  const [problem, setProblem] = useState<string | null>(null)
  return (
    <form
      className="ct-window-form"
      onSubmit={(event) => {
        event.preventDefault()
        const fromUs = parseInstant(from.trim())?.us
        const toUs = parseInstant(to.trim())?.us
        if (fromUs === undefined || toUs === undefined) setProblem('Write times like 2026-01-02 03:04:05 (UTC).')
        else if (toUs <= fromUs) setProblem('The end has to be after the start.')
        else {
          setProblem(null)
          onApply({ fromUs: Number(fromUs), toUs: Number(toUs) })
        }
      }}
    >
      <label>
        From (UTC)
        <input className="ct-input" value={from} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label>
        To, not included (UTC)
        <input className="ct-input" value={to} onChange={(event) => setTo(event.target.value)} />
      </label>
      {problem === null ? null : (
        <p className="ct-warn" role="alert">
          {problem}
        </p>
      )}
      <div className="ct-bar">
        <Button size="small" intent="primary" type="submit">
          Apply
        </Button>
        <Button size="small" onClick={() => onApply(null)}>
          All times
        </Button>
      </div>
    </form>
  )
}

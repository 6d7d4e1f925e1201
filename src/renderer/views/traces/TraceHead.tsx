import { Button, ButtonGroup } from '@blueprintjs/core'
import { memo } from 'react'
import { useServiceColours } from '../../drawing/colour/serviceColours'
import { formatDuration } from '../../drawing/time/duration'
import type { ErrorPath } from '../../drawing/waterfall/errorPath'
import { serviceOf, type TraceModel } from '../../drawing/waterfall/model'
import { useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { plural } from '../../text/numbers'
import { formatTime, zoneLabel } from '../../text/time'
import { CopyButton } from '../../ui/CopyButton'

interface Props {
  readonly trace: TraceModel
  readonly errors: ErrorPath
  readonly eventCount: number
  readonly truncated: boolean
  readonly onSpan: (index: number) => void
  readonly onFold: (fold: 'all' | 'none' | 'critical') => void
  readonly onZoom: (factor: number | null) => void
  readonly byOperation: boolean
  readonly onByOperation: (byOperation: boolean) => void
}

/** What the trace is, in one line; the names of its colours; and the acts on the whole of it. */
export const TraceHead = memo(function TraceHead({
  trace,
  errors,
  eventCount,
  truncated,
  onSpan,
  onFold,
  onZoom,
  byOperation,
  onByOperation,
}: Props) {
  const zone = useSettings((s) => s.timeZone)
  const colours = useServiceColours()
  const root = trace.spans[trace.roots[0] ?? 0]
  const startUs = trace.startNs / 1000n
  const origin = trace.spans[errors.origin]
  const orphans = trace.spans.filter((span) => span.orphan).length
  return (
    <header className="ct-wf-head">
      <div className="ct-wf-line">
        <h3>{root === undefined ? 'Empty trace' : <Evidence text={root.span.name} />}</h3>
        <span className="ct-dim">
          {formatTime(startUs, zone, 'us')} {zoneLabel(zone, Number(startUs))} · {formatDuration(trace.durationNs)} ·{' '}
          {plural(trace.spans.length, 'span')} · {plural(eventCount, 'linked event')}
          {truncated ? ' (the first 5000)' : ''}
          {orphans > 0 ? ` · ${plural(orphans, 'span')} whose parent is not in the case` : ''}
        </span>
        <span className="ct-hash">
          <code title={trace.traceId}>{trace.traceId.slice(0, 12)}…</code>
          <CopyButton text={trace.traceId} label="Copy the trace id" />
        </span>
        <span className="ct-spring" />
        {origin === undefined ? null : (
          <Button
            size="small"
            variant="outlined"
            intent="danger"
            title="The span that failed first (x goes to the next)"
            onClick={() => onSpan(origin.index)}
          >
            First failure: <Evidence text={origin.span.name} />
          </Button>
        )}
        <Button
          size="small"
          active={byOperation}
          aria-pressed={byOperation}
          title="Operations in a table, by the time that they spent themselves"
          onClick={() => onByOperation(!byOperation)}
        >
          Self time
        </Button>
        <ButtonGroup hidden={byOperation}>
          <Button size="small" title="Show every span" onClick={() => onFold('none')}>
            Expand
          </Button>
          <Button size="small" title="Only the roots" onClick={() => onFold('all')}>
            Collapse
          </Button>
          <Button size="small" title="Fold what is neither critical nor failed" onClick={() => onFold('critical')}>
            Critical
          </Button>
        </ButtonGroup>
        <ButtonGroup hidden={byOperation}>
          <Button size="small" icon="zoom-in" aria-label="Zoom in" title="Zoom in (+)" onClick={() => onZoom(0.5)} />
          <Button size="small" icon="zoom-out" aria-label="Zoom out" title="Zoom out (−)" onClick={() => onZoom(2)} />
          <Button size="small" title="Show the whole trace (0)" onClick={() => onZoom(null)}>
            All
          </Button>
        </ButtonGroup>
      </div>
      <ul className="ct-wf-key" aria-label="What the drawing shows">
        {[...new Set(trace.spans.map(({ span }) => serviceOf(span)))].slice(0, MAX_NAMES).map((name) => (
          <li key={name}>
            <i className="ct-swatch" style={{ background: colours.css(name) }} /> <Evidence text={name} />
          </li>
        ))}
        <li>
          <i className="ct-wf-key-critical" /> critical path
        </li>
        {trace.errorCount > 0 ? (
          <li>
            <i className="ct-wf-key-error" /> failed, and the path to the first failure
          </li>
        ) : null}
      </ul>
    </header>
  )
})

const MAX_NAMES = 14

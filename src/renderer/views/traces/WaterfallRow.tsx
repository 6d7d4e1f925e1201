// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid, whose rows come and go, is no table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys for its rows
import { type MouseEvent, memo } from 'react'
import { useServiceColours } from '../../drawing/colour/serviceColours'
import { formatDuration } from '../../drawing/time/duration'
import type { AccessEvent } from '../../drawing/waterfall/accessMarks'
import { serviceOf, type WaterfallSpan } from '../../drawing/waterfall/model'
import { Evidence } from '../../text/Evidence'
import { plural } from '../../text/numbers'
import { OutcomeMark } from '../../theme/OutcomeMark'

const INDENT_PX = 12
/** Deeper levels are not indented further: the name must stay readable. */
const MAX_INDENTS = 14

interface Props {
  readonly id: string
  readonly span: WaterfallSpan
  readonly row: number
  readonly topPx: number
  readonly heightPx: number
  readonly namesPx: number
  readonly collapsed: boolean
  readonly selected: boolean
  readonly lit: boolean
  readonly onErrorPath: boolean
  readonly critical: boolean
  readonly events: readonly AccessEvent[]
  readonly onToggle: (index: number, collapse: boolean) => void
  readonly onPick: (index: number, event: MouseEvent) => void
}

/**
 * The text half of a row; the drawn half lies over its right part. Remembered, since scrolling adds a few rows to many
 * that stay as they are.
 */
export const WaterfallRow = memo(function WaterfallRow(props: Props) {
  const { span, collapsed, events } = props
  const service = serviceOf(span.span)
  const colours = useServiceColours()
  const classes = ['ct-wf-row']
  if (props.selected) classes.push('ct-selected')
  else if (props.lit) classes.push('ct-lit')
  if (props.onErrorPath) classes.push('ct-wf-errorpath')
  return (
    <div
      id={props.id}
      role="row"
      className={classes.join(' ')}
      aria-level={span.depth + 1}
      aria-rowindex={props.row + 1}
      aria-selected={props.selected}
      {...(span.below > 0 ? { 'aria-expanded': !collapsed } : {})}
      style={{ top: props.topPx, height: props.heightPx }}
      onClick={(event) => props.onPick(span.index, event)}
    >
      <div
        role="rowheader"
        className="ct-wf-name"
        style={{ width: props.namesPx, paddingLeft: 6 + Math.min(span.depth, MAX_INDENTS) * INDENT_PX }}
      >
        {span.below > 0 ? (
          <button
            type="button"
            tabIndex={-1}
            className="ct-wf-caret"
            aria-label={collapsed ? `Expand ${plural(span.below, 'span')}` : 'Collapse'}
            onClick={(event) => {
              event.stopPropagation()
              props.onToggle(span.index, !collapsed)
            }}
          >
            {collapsed ? '▸' : '▾'}
          </button>
        ) : (
          <span className="ct-wf-caret" />
        )}
        <i className="ct-swatch" style={{ background: colours.css(service) }} />
        <span className="ct-wf-text">
          <b className={span.failed ? 'ct-warn' : undefined}>
            <Evidence text={span.span.name} />
          </b>{' '}
          <span className="ct-dim">
            <Evidence text={service} />
          </span>
        </span>
        {span.failed ? (
          <span className="ct-wf-flag ct-warn" title={span.span.status_message ?? 'This span failed.'}>
            error
          </span>
        ) : null}
        {collapsed && span.below > 0 ? <span className="ct-wf-flag ct-dim">+{span.below}</span> : null}
        {events.length > 0 ? (
          <span className="ct-wf-flag" title={plural(events.length, 'linked event')}>
            <OutcomeMark outcome={worst(events)} bare />
            {events.length > 1 ? events.length : ''}
          </span>
        ) : null}
      </div>
      <div role="gridcell" className="ct-sr">
        starts after {formatDuration(span.startNs)}, takes {formatDuration(span.endNs - span.startNs)}
        {span.failed ? ', failed' : ''}
        {props.critical ? ', on the critical path' : ''}
        {events.length > 0 ? `, ${plural(events.length, 'linked event')}` : ''}
      </div>
    </div>
  )
})

const severity = ['denied', 'auth_failed', 'failed', 'throttled', 'interrupted', 'unknown', 'success']

/** The outcome that matters most among the events of a span. */
function worst(events: readonly AccessEvent[]): string {
  let found = 'success'
  for (const { outcome } of events) if (severity.indexOf(outcome) < severity.indexOf(found)) found = outcome
  return found
}

import type { ReactNode } from 'react'
import type { Row } from '../../../contract/shared'
import { useServiceColours } from '../../drawing/colour/serviceColours'
import { formatDuration } from '../../drawing/time/duration'
import type { AccessEvent } from '../../drawing/waterfall/accessMarks'
import { serviceOf, type TraceModel, type WaterfallSpan } from '../../drawing/waterfall/model'
import { spanField, spanMark } from '../../filter/valueMark'
import { useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { visibleText } from '../../text/marks'
import { plural } from '../../text/numbers'
import { formatTime, zoneLabel } from '../../text/time'
import { CopyButton } from '../../ui/CopyButton'
import { LinkedEvents } from './LinkedEvents'
import type { TracePaths } from './useFolding'

interface Props {
  readonly trace: TraceModel
  readonly span: WaterfallSpan
  readonly paths: TracePaths
  /** Events that are linked to this span, and those that are linked to the trace as a whole. */
  readonly events: readonly AccessEvent[]
}

/** Everything that the case holds about one span. */
export function SpanDetails({ trace, span, paths, events }: Props) {
  const zone = useSettings((s) => s.timeZone)
  const colours = useServiceColours()
  const service = serviceOf(span.span)
  const startNs = trace.startNs + BigInt(span.startNs)
  const criticalNs = (paths.critical.get(span.index) ?? []).reduce((sum, piece) => sum + piece.toNs - piece.fromNs, 0)
  const { status_message: message } = span.span
  return (
    <aside className="ct-wf-details" aria-label="Details of the span">
      <h3>
        <i className="ct-swatch" style={{ background: colours.css(service) }} /> <Evidence text={span.span.name} />
      </h3>
      <dl className="ct-facts">
        <Fact name="service">
          <Evidence text={service} />
        </Fact>
        <Fact name="kind">{span.span.kind}</Fact>
        <Fact name="status">
          <span className={span.failed ? 'ct-warn' : undefined}>{span.span.status}</span>
          {message === null || message === '' ? null : (
            <>
              : <Evidence text={message} />
            </>
          )}
        </Fact>
        <Fact name={`start (${zoneLabel(zone, Number(startNs / 1000n))})`}>
          {formatTime(startNs / 1000n, zone, 'us')}
          {String(startNs % 1000n).padStart(3, '0')}
        </Fact>
        <Fact name="after the start">{formatDuration(span.startNs)}</Fact>
        <Fact name="duration">{formatDuration(span.endNs - span.startNs)}</Fact>
        <Fact name="own time">{formatDuration(ownTimeNs(trace, span))}</Fact>
        <Fact name="critical">{criticalNs > 0 ? formatDuration(criticalNs) : 'not on the critical path'}</Fact>
        {paths.errors.origin === span.index ? <Fact name="failure">failed first in this trace</Fact> : null}
        <Fact name="span id">
          <Id value={span.span.span_id} label="Copy the span id" />
        </Fact>
        {span.span.parent_span_id === null ? null : (
          <Fact name="parent id">
            <Id value={span.span.parent_span_id} label="Copy the id of the parent" />
            {span.orphan ? ' (not in the case)' : ''}
          </Fact>
        )}
        <Fact name="trace id">
          <Id value={trace.traceId} label="Copy the trace id" />
        </Fact>
      </dl>
      <LinkedEvents events={events} />
      {span.span.span_events.length === 0 ? null : (
        <section>
          <h4>{plural(span.span.span_events.length, 'span event')}</h4>
          {span.span.span_events.map((event, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they have no identity but their order
            <details key={at} open={span.span.span_events.length <= 3}>
              <summary>
                <b>
                  <Evidence text={event.name} />
                </b>{' '}
                <span className="ct-dim">at {formatDuration(Number(BigInt(event.time_ns) - trace.startNs))}</span>
              </summary>
              <Attributes values={event.attributes} of={null} />
            </details>
          ))}
        </section>
      )}
      <section>
        <h4>Attributes</h4>
        <Attributes values={span.span.attributes} of="attributes" />
      </section>
      <section>
        <h4>Resource</h4>
        <Attributes values={span.span.resource} of="resource" />
      </section>
    </aside>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Id({ value, label }: { readonly value: string; readonly label: string }) {
  return (
    <span className="ct-hash">
      <code>{value}</code>
      <CopyButton text={value} label={label} />
    </span>
  )
}

/** `of` names the values as the filter of spans does; null where it does not know them. */
function Attributes({ values, of }: { readonly values: Row; readonly of: 'attributes' | 'resource' | null }) {
  const names = Object.keys(values).sort()
  if (names.length === 0) return <p className="ct-dim">none</p>
  return (
    <dl className="ct-facts ct-facts-mono">
      {names.map((name) => {
        const value = values[name]
        const text = typeof value === 'string' ? value : JSON.stringify(value)
        return (
          <div key={name} {...(of === null ? {} : spanMark(spanField(of, name), value))}>
            <dt>
              <Evidence text={name} />
            </dt>
            <dd>
              <Evidence text={text ?? ''} breaks />
              <CopyButton text={text ?? ''} label={`Copy ${visibleText(name)}`} />
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** The span's duration without what its direct children cover. */
export function ownTimeNs(trace: TraceModel, span: WaterfallSpan): number {
  const inner = (trace.childrenOf[span.index] ?? [])
    .flatMap((index) => {
      const child = trace.spans[index]
      return child === undefined
        ? []
        : [[Math.max(child.startNs, span.startNs), Math.min(child.endNs, span.endNs)] as const]
    })
    .sort((a, b) => a[0] - b[0])
  let covered = 0
  let reached = span.startNs
  for (const [from, to] of inner) {
    covered += Math.max(0, to - Math.max(from, reached))
    reached = Math.max(reached, to)
  }
  return span.endNs - span.startNs - covered
}

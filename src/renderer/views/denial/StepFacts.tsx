import { Button } from '@blueprintjs/core'
import type { DenialPath, PathStep } from '../../../contract/analyses'
import { useLayout, useSelection, useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatRowTime, zoneLabel } from '../../text/time'
import { stepWords } from './words'

/** What is stated about a step, and for the change what speaks for it. */
export function StepFacts({ step, path }: { readonly step: PathStep; readonly path: DenialPath }) {
  const zone = useSettings((s) => s.timeZone)
  const selection = useSelection()
  const showView = useLayout((s) => s.showView)
  const { event_id: eventId, trace_id: traceId, span_id: spanId } = step
  return (
    <aside className="ct-dn-facts" aria-label="Facts of the step" aria-live="polite">
      <h3>
        {stepWords[step.kind]}: <Evidence text={step.title} />
      </h3>
      <p>
        <Evidence text={step.text} />
      </p>
      {step.ts === null ? null : (
        <p className="ct-dim">
          {formatRowTime(step.ts, zone)} {zoneLabel(zone)}
        </p>
      )}
      {eventId === null ? null : (
        <Button size="small" onClick={() => selection.pickEvent(eventId)}>
          Inspect the event
        </Button>
      )}
      {traceId === null || spanId === null || step.kind !== 'span' ? null : (
        <Button
          size="small"
          onClick={() => {
            selection.pickSpan(traceId, spanId)
            showView('traces')
          }}
        >
          Open the span
        </Button>
      )}
      <dl className="ct-facts">
        {Object.entries(step.facts).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Evidence text={typeof value === 'string' ? value : JSON.stringify(value)} breaks />
            </dd>
          </div>
        ))}
      </dl>
      {step.kind !== 'change' || path.otherChanges.length === 0 ? null : (
        <section>
          <h4>Other changes, less likely</h4>
          <ul className="ct-dn-missing">
            {path.otherChanges.map((change) => (
              <li key={change.event_id}>
                <button type="button" className="ct-link" onClick={() => selection.pickEvent(change.event_id)}>
                  <Evidence text={change.action ?? 'a change'} />
                </button>{' '}
                by <Evidence text={change.actor ?? 'an unnamed identity'} />, score {change.score.toFixed(1)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </aside>
  )
}

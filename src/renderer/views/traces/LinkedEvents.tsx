import { formatDuration } from '../../drawing/time/duration'
import type { AccessEvent } from '../../drawing/waterfall/accessMarks'
import { useSelection } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { plural } from '../../text/numbers'
import { OutcomeMark } from '../../theme/OutcomeMark'

/** The audit events behind a span, each with why it is linked. */
export function LinkedEvents({ events }: { readonly events: readonly AccessEvent[] }) {
  const pickEvent = useSelection((s) => s.pickEvent)
  const selected = useSelection((s) => s.eventId)
  if (events.length === 0) return null
  return (
    <section>
      <h4>{plural(events.length, 'linked access event')}</h4>
      <ul className="ct-wf-links">
        {events.map((event) => (
          <li
            key={`${event.eventId}/${event.link.method}`}
            className={event.eventId === selected ? 'ct-lit' : undefined}
          >
            <button
              type="button"
              className="ct-link"
              title="Show this event (e)"
              onClick={() => pickEvent(event.eventId)}
            >
              <Evidence text={event.title} />
            </button>
            <div className="ct-dim">
              <OutcomeMark outcome={event.outcome} /> {event.link.level}, score {event.link.score.toFixed(1)}
              {event.link.rivals > 0 ? `, ${plural(event.link.rivals, 'rival')}` : ''}
              {event.link.verdict === null ? '' : `, ${event.link.verdict}`}
              {event.toTrace ? ', to the trace as a whole' : `, at ${formatDuration(event.atNs)}`}
            </div>
            <ul className="ct-why">
              {event.link.evidence.map((item) => (
                <li key={`${item.item}/${item.text}`}>
                  <Evidence text={item.text} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}

import { Button } from '@blueprintjs/core'
import type { BandGroup, JudgedEvent } from '../../../contract/analyses'
import { fieldTerm } from '../../state/filterText'
import { useLayout, useScope, useSelection, useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatCount, formatShare } from '../../text/numbers'
import { formatRowTime, formatShortTime, zoneLabel } from '../../text/time'
import { OutcomeMark } from '../../theme/OutcomeMark'
import { useOpenCell } from './useOpenCell'

const MOST_ROWS = 50

/** Accesses that were judged together: what is claimed, the figures behind it, the cell it rests on, the events. */
export function GroupCard({ group, events }: { readonly group: BandGroup; readonly events: readonly JudgedEvent[] }) {
  const zone = useSettings((s) => s.timeZone)
  const { set } = useScope()
  const showView = useLayout((s) => s.showView)
  const openCell = useOpenCell()
  const openEvents = () => {
    set({ filter: groupTerms(group).join(' '), window: { fromUs: group.fromUs, toUs: group.toUs + 1 } })
    showView('events')
  }
  return (
    <article className="ct-ob-group" aria-label={`${group.actor ?? 'An unnamed identity'} at ${group.area}`}>
      <header>
        <span className="ct-ob-badge">out of band</span>
        <h2>
          <Evidence text={group.actor ?? 'An unnamed identity'} /> → <Evidence text={group.area} />{' '}
          <span className="ct-dim">
            (<Evidence text={group.source} />)
          </span>
        </h2>
        <span className="ct-spring" />
        <Button size="small" onClick={openEvents}>
          Show these events
        </Button>
        <Button size="small" onClick={() => openCell(group.cell)}>
          Coverage it rests on
        </Button>
      </header>
      <p>
        <Evidence text={group.text} />
      </p>
      <dl className="ct-ob-figures">
        <Figure name="requests without a trace" value={`${group.unlinkedUnits} of ${group.units}`} />
        <Figure
          name="compared with"
          value={`${formatCount(group.comparedWith)} accesses, ${formatCount(group.comparedLinked)} with a trace`}
        />
        <Figure name="expected without one" value={formatShare(group.expectedShare * 1e6, 1e6)} />
        <Figure name="by chance (tail)" value={group.tail < 1e-12 ? '< 1e-12' : group.tail.toPrecision(2)} />
        <Figure name="events" value={`${formatCount(group.outOfBand)}, ${formatCount(group.denied)} refused`} />
        {group.rows === null ? null : <Figure name="rows" value={formatCount(Math.round(group.rows))} />}
        <Figure
          name={`from – to (${zoneLabel(zone, group.fromUs)})`}
          value={`${formatShortTime(group.fromUs, zone)} – ${formatShortTime(group.toUs, zone).slice(11)}`}
        />
      </dl>
      <EventTable events={events} total={group.outOfBand} />
    </article>
  )
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function EventTable({ events, total }: { readonly events: readonly JudgedEvent[]; readonly total: number }) {
  const zone = useSettings((s) => s.timeZone)
  const selected = useSelection((s) => s.eventId)
  const pickEvent = useSelection((s) => s.pickEvent)
  return (
    <div className="ct-ob-events">
      <table className="ct-table">
        <caption>Events{total > Math.min(events.length, MOST_ROWS) ? ', the first' : ''}</caption>
        <thead>
          <tr>
            <th scope="col">Time ({zoneLabel(zone)})</th>
            <th scope="col">Action</th>
            <th scope="col">Resource</th>
            <th scope="col">Outcome</th>
            <th scope="col">Address</th>
            <th scope="col">Client</th>
          </tr>
        </thead>
        <tbody>
          {events.slice(0, MOST_ROWS).map((event) => (
            <tr key={event.event_id} className={event.event_id === selected ? 'ct-selected' : undefined}>
              <th scope="row">
                <button type="button" className="ct-link" onClick={() => pickEvent(event.event_id)}>
                  {event.ts === null ? 'no time' : formatRowTime(event.ts, zone)}
                </button>
              </th>
              <td>
                <Evidence text={event.action ?? ''} />
              </td>
              <td>
                <Evidence text={event.resource ?? ''} />
              </td>
              <td>
                <OutcomeMark outcome={event.outcome} />
              </td>
              <td>
                <Evidence text={event.address ?? ''} />
              </td>
              <td className="ct-ob-client">
                <Evidence text={event.client ?? ''} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The filter that leaves the accesses of the group, within its times. */
export function groupTerms(group: Pick<BandGroup, 'source' | 'actorKey' | 'address' | 'session'>): readonly string[] {
  return [
    fieldTerm('source', group.source),
    ...(group.actorKey === null ? [] : [fieldTerm('actor_key', group.actorKey)]),
    ...(group.address === null ? [] : [fieldTerm('src_ip', group.address)]),
    ...(group.session === null ? [] : [fieldTerm('session_id', group.session)]),
  ]
}

import { useSelection, useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { plural } from '../../text/numbers'
import { formatRowTime, zoneLabel } from '../../text/time'
import { type DenialGroup, wasAllowed } from './groupDenials'

export function DenialList({ groups, shown }: { readonly groups: readonly DenialGroup[]; readonly shown: string }) {
  const zone = useSettings((s) => s.timeZone)
  const pickEvent = useSelection((s) => s.pickEvent)
  return (
    <nav className="ct-dn-list" aria-label="Refusals">
      <p className="ct-dim">times in {zoneLabel(zone)}</p>
      <ul>
        {groups.map((group) => (
          <li key={group.key}>
            <div className="ct-dn-group">
              <strong>
                <Evidence text={group.actor ?? 'unnamed'} />
              </strong>
              <div>
                <Evidence text={group.action ?? 'access'} /> <span className="ct-dim">on</span>{' '}
                <Evidence text={group.resource ?? 'an unnamed resource'} />
              </div>
              {wasAllowed(group) ? <div className="ct-dn-changed">allowed before</div> : null}
              {group.rows.length === 1 ? null : <div className="ct-dim">{plural(group.rows.length, 'refusal')}</div>}
            </div>
            {group.rows.map((row) => (
              <button
                key={row.event_id}
                type="button"
                className="ct-dn-one"
                aria-current={row.event_id === shown}
                onClick={() => pickEvent(row.event_id)}
              >
                {row.ts === null ? 'no time' : formatRowTime(row.ts, zone)}
                <span className="ct-dim">{row.linked ? ' · trace' : ''}</span>
              </button>
            ))}
          </li>
        ))}
      </ul>
    </nav>
  )
}

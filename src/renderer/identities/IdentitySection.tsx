import { quoteValue } from '../state/filterText'
import { useEngineQuery } from '../state/useEngineQuery'
import { useLayout, useScope, useSelection } from '../state/workbench'
import { Evidence } from '../text/Evidence'
import { plural } from '../text/numbers'
import { QueryError } from '../ui/QueryError'
import { asked } from './asked'
import './identities.css'
import { useIdentityActs } from './useIdentityActs'

/** Who the actor of an event is elsewhere, why, and the analyst's word on it. */
export function IdentitySection({ actorKey }: { readonly actorKey: string }) {
  const { data, error, refetch } = useEngineQuery('identities.of', { actorKey })
  const { busy, split } = useIdentityActs()
  const { only } = useScope()
  const pickEvent = useSelection((s) => s.pickEvent)
  const showView = useLayout((s) => s.showView)
  const identity = data?.identity ?? null
  return (
    <section className="ct-section" aria-label="Identity">
      <h2>Identity</h2>
      <QueryError error={error} retry={refetch} />
      {identity === null ? (
        data === undefined ? null : (
          <p className="ct-dim">Nothing ties this actor to another one.</p>
        )
      ) : (
        <>
          <p>
            <strong>
              <Evidence text={identity.label} />
            </strong>{' '}
            <span className="ct-dim">
              {plural(identity.members.length, 'actor key')}, {plural(identity.events, 'event')}
            </span>
          </p>
          <ul className="ct-identity" aria-label="Actor keys of this identity">
            {identity.members.map((one) => (
              <li key={one.actor_key} aria-current={one.actor_key === actorKey}>
                <span className="ct-identity-key">
                  <Evidence text={one.actor_key} />
                </span>
                <span className="ct-dim">
                  {one.sources.join(', ')}, {plural(one.events, 'event')}
                  {one.basis === 'primary' ? '' : ` · ${one.basis}, ${Math.round(one.confidence * 100)} %`}
                </span>
                {one.basis === 'primary' ? null : (
                  <span className="ct-identity-why">
                    <Evidence text={one.text} />{' '}
                    {one.event_id === null ? null : (
                      <button type="button" className="ct-link" onClick={() => pickEvent(one.event_id ?? '')}>
                        Record
                      </button>
                    )}{' '}
                    <button
                      type="button"
                      className="ct-link"
                      disabled={busy}
                      aria-label={`Not the same: ${one.actor_key}`}
                      onClick={() => void split(one.actor_key)}
                    >
                      Not the same
                    </button>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="ct-bar">
        <button type="button" className="ct-link" onClick={() => asked.getState().ask(actorKey)}>
          Same person as…
        </button>
        {identity === null ? null : (
          <button
            type="button"
            className="ct-link"
            onClick={() => {
              only(`actor_key:(${identity.members.map((one) => quoteValue(one.actor_key)).join(' OR ')})`, null)
              showView('events')
            }}
          >
            All events of this identity
          </button>
        )}
      </div>
    </section>
  )
}

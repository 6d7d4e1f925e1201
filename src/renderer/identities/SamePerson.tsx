import { Button } from '@blueprintjs/core'
import { useId, useState } from 'react'
import { useStore } from 'zustand'
import { useEngineQuery } from '../state/useEngineQuery'
import { Evidence } from '../text/Evidence'
import { plural } from '../text/numbers'
import { Modal } from '../ui/Modal'
import { QueryError } from '../ui/QueryError'
import { asked } from './asked'
import './identities.css'
import { useIdentityActs } from './useIdentityActs'

/** Chooses who an actor is the same as. One for the window; open while somebody asks. */
export function SamePerson() {
  const actorKey = useStore(asked, (s) => s.actorKey)
  if (actorKey === null) return null
  return <Choice key={actorKey} actorKey={actorKey} onClose={asked.getState().close} />
}

function Choice({ actorKey, onClose }: { readonly actorKey: string; readonly onClose: () => void }) {
  const id = useId()
  const [search, setSearch] = useState(nameIn(actorKey))
  const { busy, merge } = useIdentityActs()
  const found = useEngineQuery('identities.actors', { search, limit: 12 }, { keepPrevious: true })
  const others = (found.data?.actors ?? []).filter((one) => one.actor_key !== actorKey)
  return (
    <Modal label="Same person as" onClose={onClose} className="ct-same-person">
      <h2>Same person as…</h2>
      <p className="ct-clip">
        <Evidence text={actorKey} />
      </p>
      <label htmlFor={id}>Another actor, by part of its key or name</label>
      <input
        id={id}
        className="bp6-input"
        value={search}
        spellCheck={false}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <QueryError error={found.error} retry={found.refetch} />
      <ul className="ct-same-list" aria-label="Actors">
        {others.map((one) => (
          <li key={one.actor_key}>
            <button
              type="button"
              disabled={busy}
              onClick={() => void merge(actorKey, one.actor_key).then((done) => (done ? onClose() : undefined))}
            >
              <span className="ct-clip">
                <Evidence text={one.label} />
              </span>
              <span className="ct-clip ct-dim">
                <Evidence text={one.actor_key} />
              </span>
              <span className="ct-num ct-dim">{plural(one.events, 'event')}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.isSuccess && others.length === 0 ? <p className="ct-dim">No other actor of this case matches.</p> : null}
      <p className="ct-dim">The word is kept in the journal and can be taken back. Links are found anew with it.</p>
      <div className="ct-bar">
        <Button onClick={onClose}>{busy ? 'Finding links…' : 'Leave as it is'}</Button>
      </div>
    </Modal>
  )
}

/** What is likely to be found in the other's name too: how the last part of a key begins, up to a number or the domain. */
function nameIn(actorKey: string): string {
  const last = actorKey.split(/[:/]/).at(-1) ?? actorKey
  return /^\p{L}{3,}(?:[._-]\p{L}{2,})*/u.exec(last)?.[0] ?? ''
}

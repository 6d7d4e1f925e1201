import { useState } from 'react'
import { type Cursor, NO_TIME_US } from '../../../contract/events'
import type { Row } from '../../../contract/shared'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useLayout, useScope, useSelection, useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { plural } from '../../text/numbers'
import { formatDurationUs, formatTime } from '../../text/time'
import { OutcomeMark } from '../../theme/OutcomeMark'
import { QueryError } from '../../ui/QueryError'
import { cursorOf } from '../events/eventPager'
import { likenesses, spans } from './neighbours'

const EACH_SIDE = 6
const fields = ['action', 'outcome', 'actor_name', 'actor_key', 'resource_name', 'resource_key']

// Kept from event to event, since an analyst walks along one thread.
let lastLikeness = 'session'
let lastSpanUs: number = spans[1].us

/** The events before and after this one that share something with it, whatever the filter of the window is. */
export function Neighbours({ eventId, event }: { readonly eventId: string; readonly event: Row }) {
  const choices = likenesses(event)
  const [wanted, setWanted] = useState(lastLikeness)
  const [spanUs, setSpanUs] = useState(lastSpanUs)
  const self = useEngineQuery('events.page', {
    scope: { filter: `event_id:${eventId}` },
    fields: ['event_id'],
    limit: 1,
  })
  const cursor = cursorOf(self.data?.rows[0])
  const chosen = choices.find(({ id }) => id === wanted) ?? choices[0]
  return (
    <section className="ct-section" aria-label="Neighbours">
      <h2>Neighbours</h2>
      <div className="ct-bar">
        <label>
          <span className="ct-dim">Same</span>{' '}
          <select
            className="ct-input"
            value={chosen?.id}
            onChange={({ target }) => {
              lastLikeness = target.value
              setWanted(target.value)
            }}
          >
            {choices.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span className="ct-hidden">Within</span>
          <select
            className="ct-input"
            value={spanUs}
            onChange={({ target }) => {
              lastSpanUs = Number(target.value)
              setSpanUs(lastSpanUs)
            }}
          >
            {spans.map(({ us, title }) => (
              <option key={us} value={us}>
                {title}
              </option>
            ))}
          </select>
        </label>
      </div>
      {self.isSuccess && (cursor === undefined || cursor.tsUs === NO_TIME_US) ? (
        <p className="ct-dim">This event has no time, so that nothing is before or after it.</p>
      ) : null}
      {cursor === undefined || cursor.tsUs === NO_TIME_US || chosen === undefined ? null : (
        <Around key={eventId} cursor={cursor} term={chosen.term} spanUs={spanUs} />
      )}
    </section>
  )
}

function Around({ cursor, term, spanUs }: { readonly cursor: Cursor; readonly term: string; readonly spanUs: number }) {
  const set = useScope().set
  const showView = useLayout((s) => s.showView)
  const window = { fromUs: cursor.tsUs - spanUs, toUs: cursor.tsUs + spanUs }
  const scope = { filter: term, window }
  const asked = { scope, fields, after: cursor, limit: EACH_SIDE }
  const before = useEngineQuery('events.page', { ...asked, backward: true }, { keepPrevious: true })
  const after = useEngineQuery('events.page', asked, { keepPrevious: true })
  const count = useEngineQuery('events.count', { scope }, { keepPrevious: true })
  const earlier = before.data?.rows ?? []
  const later = after.data?.rows ?? []
  return (
    <>
      <QueryError
        error={before.error ?? after.error}
        retry={() => void Promise.all([before.refetch(), after.refetch()])}
      />
      <ol className="ct-neighbours">
        {earlier.map((row) => (
          <Neighbour key={String(row.event_id)} row={row} fromUs={cursor.tsUs} />
        ))}
        <li className="ct-neighbours-self" aria-current="true">
          this event
        </li>
        {later.map((row) => (
          <Neighbour key={String(row.event_id)} row={row} fromUs={cursor.tsUs} />
        ))}
      </ol>
      {count.data === undefined ? null : (
        <button
          type="button"
          className="ct-link"
          onClick={() => {
            set({ filter: term, window })
            showView('events')
          }}
        >
          Open all: {plural(count.data.count, 'event')}
        </button>
      )}
    </>
  )
}

function Neighbour({ row, fromUs }: { readonly row: Row; readonly fromUs: number }) {
  const pickEvent = useSelection((s) => s.pickEvent)
  const zone = useSettings((s) => s.timeZone)
  const { event_id: id, ts_us: tsUs } = row
  if (typeof id !== 'string' || typeof tsUs !== 'number') return null
  const apart = tsUs - fromUs
  return (
    <li>
      <button type="button" title={formatTime(tsUs, zone)} onClick={() => pickEvent(id)}>
        <span className="ct-num ct-dim">
          {apart > 0 ? '+' : ''}
          {formatDurationUs(apart)}
        </span>
        <OutcomeMark outcome={text(row.outcome) ?? 'unknown'} bare />
        <span className="ct-clip">
          <Evidence text={text(row.action) ?? '–'} />{' '}
          <span className="ct-dim">
            <Evidence text={text(row.resource_name) ?? text(row.resource_key) ?? text(row.actor_name) ?? ''} />
          </span>
        </span>
      </button>
    </li>
  )
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

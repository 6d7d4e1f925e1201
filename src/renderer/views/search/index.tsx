import { Button } from '@blueprintjs/core'
import { useState } from 'react'
import { quoteValue } from '../../state/filterText'
import { useScope, useSettings } from '../../state/workbench'
import { formatCount, formatShare, plural } from '../../text/numbers'
import { formatTime } from '../../text/time'
import { Empty } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { HitList } from './HitList'
import './search.css'
import { type SearchState, useSearch } from './useSearch'

const FIRST = 1_000

/** Text in the records themselves, inside the filter and time window. */
export function SearchView() {
  const { scope, setFilter, filter } = useScope()
  const [text, setText] = useState('')
  const [caseSensitive, setCaseSensitive] = useState(false)
  const [limit, setLimit] = useState(FIRST)
  const { state, start, stop } = useSearch()
  const go = (most: number) => {
    if (text === '') return
    setLimit(most)
    void start({ scope, text, caseSensitive, limit: most })
  }
  return (
    <div className="ct-search">
      <form
        className="ct-bar"
        onSubmit={(event) => {
          event.preventDefault()
          go(FIRST)
        }}
      >
        <input
          className="ct-input ct-grow"
          type="search"
          aria-label="Text in records"
          placeholder="Any text as it stands in a record: an id, an address, a part of a policy"
          maxLength={1000}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <label>
          <input type="checkbox" checked={caseSensitive} onChange={(event) => setCaseSensitive(event.target.checked)} />{' '}
          Match case
        </label>
        {state.running ? (
          <Button size="small" icon="stop" onClick={stop}>
            Stop
          </Button>
        ) : (
          <Button size="small" type="submit" intent="primary" icon="search" disabled={text === ''}>
            Search
          </Button>
        )}
      </form>
      {state.asked === null ? null : (
        <div className="ct-bar">
          <Progress state={state} />
          <span className="ct-grow" />
          {state.truncated ? (
            <Button size="small" onClick={() => go(limit * 10)}>
              Show up to {formatCount(limit * 10)}
            </Button>
          ) : null}
          <Button
            size="small"
            title="Narrows every view to the records that contain the text"
            onClick={() => setFilter(`${filter} raw:${quoteValue(state.asked ?? '')}`)}
          >
            Use as filter
          </Button>
        </div>
      )}
      <QueryError error={state.error} retry={() => go(limit)} />
      {state.hits.length > 0 ? (
        <HitList hits={state.hits} />
      ) : state.asked === null ? (
        <Empty title="Search the records themselves">
          Finds text wherever it stands in a record, also where no field holds it; the newest first, inside the current
          filter and time window.
        </Empty>
      ) : state.running ? null : (
        <Empty title="Not found">No record that was searched contains this text.</Empty>
      )}
    </div>
  )
}

function Progress({ state }: { readonly state: SearchState }) {
  const zone = useSettings((s) => s.timeZone)
  const { hits, searched, total, running, stopped, truncated, downToUs } = state
  const end = running ? 'searching' : stopped ? 'stopped' : truncated ? 'there are more' : 'done'
  return (
    <>
      <progress aria-label="Part of the records that was searched" value={searched} max={Math.max(1, total)} />
      <span aria-live="polite">
        <b>{plural(hits.length, 'record')}</b> found
        <span className="ct-dim">
          {' '}
          · {formatCount(searched)} of {formatCount(total)} searched ({formatShare(searched, total)})
          {downToUs !== null && (running || stopped || truncated) ? `, back to ${formatTime(downToUs, zone, 's')}` : ''}{' '}
          · {end}
        </span>
      </span>
    </>
  )
}

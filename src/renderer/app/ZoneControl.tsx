import { PopoverNext } from '@blueprintjs/core'
import { useId, useMemo, useState } from 'react'
import { useSettings } from '../state/workbench'
import { localZoneName, zoneLabel } from '../text/time'
import { isKnownZone, type TimeZone, zoneName } from '../text/zoneOffset'

export const zoneButtonId = 'ct-zone'

/** A zone as it is called in a sentence. */
export function zoneWords(zone: TimeZone): string {
  return zone === 'utc' ? 'UTC' : (zoneName(zone) ?? `local time (${localZoneName()})`)
}

/** In which zone the window shows times: the one place to see and to choose it. `atUs` is when its offset is told. */
export function ZoneControl({ atUs }: { readonly atUs: number | undefined }) {
  const zone = useSettings((s) => s.timeZone)
  const [isOpen, setOpen] = useState(false)
  return (
    <PopoverNext
      placement="bottom-end"
      isOpen={isOpen}
      onInteraction={setOpen}
      shouldReturnFocusOnClose
      content={<ZoneForm atUs={atUs} onDone={() => setOpen(false)} />}
    >
      <button
        type="button"
        id={zoneButtonId}
        className="ct-switch"
        aria-label={`Times are in ${zoneWords(zone)}. Choose a time zone`}
        title={`Times are in ${zoneWords(zone)} (Z: the next one)`}
      >
        {zoneLabel(zone, atUs ?? Date.now() * 1_000)}
      </button>
    </PopoverNext>
  )
}

function ZoneForm({ atUs, onDone }: { readonly atUs: number | undefined; readonly onDone: () => void }) {
  const { timeZone, otherZone, setTimeZone } = useSettings()
  const listId = useId()
  const [typed, setTyped] = useState(otherZone === null ? '' : (zoneName(otherZone) ?? ''))
  const names = useMemo(() => Intl.supportedValuesOf('timeZone'), [])
  const known = typed !== '' && isKnownZone(typed)
  const offset = (zone: TimeZone) => (atUs === undefined ? '' : zoneLabel(zone, atUs))
  const choice = (zone: TimeZone, title: string, about: string) => (
    <label className="ct-zone-choice">
      <input type="radio" name={listId} checked={timeZone === zone} onChange={() => setTimeZone(zone)} />
      <span className="ct-grow">
        {title} <span className="ct-dim">{about}</span>
      </span>
      <span className="ct-dim ct-num">{offset(zone)}</span>
    </label>
  )
  return (
    <form
      className="ct-zone-form"
      aria-label="Time zone"
      onSubmit={(event) => {
        event.preventDefault()
        if (known) setTimeZone(`zone:${typed}`)
        if (known || typed === '') onDone()
      }}
    >
      {choice('utc', 'UTC', '')}
      {choice('local', 'Local', localZoneName())}
      {otherZone === null ? null : choice(otherZone, zoneName(otherZone) ?? '', '')}
      <label>
        Another zone
        <input
          className="ct-input"
          list={listId}
          placeholder="Europe/Berlin"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            if (names.includes(event.target.value)) setTimeZone(`zone:${event.target.value}`)
          }}
        />
      </label>
      <datalist id={listId}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {typed === '' || known ? null : <p className="ct-dim">No zone has this name yet: go on typing, or pick one.</p>}
      <p className="ct-dim">Stored times do not change, only how they are shown.</p>
    </form>
  )
}

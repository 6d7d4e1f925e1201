import { useId, useMemo } from 'react'
import type { AmbiguousZone, UnzonedTimes } from '../../../../contract/zones'
import { useEngineQuery } from '../../../state/useEngineQuery'
import { Evidence } from '../../../text/Evidence'
import { plural } from '../../../text/numbers'
import { formatShortTime } from '../../../text/time'
import { isKnownZone } from '../../../text/zoneOffset'
import type { ZoneChoice } from './answers'

type Example = Pick<UnzonedTimes | AmbiguousZone, 'time' | 'localUs' | 'line' | 'files' | 'fileNames' | 'earlier'>

/** One question, with an example from the data and what it becomes under each answer. */
export function ZoneQuestion({
  title,
  example,
  proposals,
  unknown,
  choice,
  onChoose,
  first,
}: {
  readonly title: string
  readonly example: Example
  readonly proposals: readonly { readonly zone: string; readonly place: string }[]
  /** What happens where nobody knows. */
  readonly unknown: string
  readonly choice: ZoneChoice | undefined
  /** `isZone`: false while what was typed names none. */
  readonly onChoose: (choice: ZoneChoice, isZone: boolean) => void
  readonly first: boolean
}) {
  const id = useId()
  const names = useMemo(() => ['UTC', ...Intl.supportedValuesOf('timeZone')], [])
  const typed = choice?.kind === 'other' ? choice.zone : ''
  const { files, fileNames, time, line, localUs, earlier } = example
  const more = files - fileNames.length
  const takesFocus = (zone: string) =>
    first && (choice?.kind === 'proposed' ? choice.zone === zone : choice === undefined && zone === proposals[0]?.zone)
  return (
    <fieldset className="ct-zones-question">
      <legend>{title}</legend>
      <p className="ct-dim">
        {plural(files, 'file')}: <Evidence text={fileNames.join(', ')} />
        {more > 0 ? ` and ${more} more` : ''}
        {earlier === null ? null : (
          <>
            {' · '}answered earlier: <Evidence text={earlier} />
          </>
        )}
      </p>
      <p className="ct-zones-example">
        <Evidence text={line ?? time} />
      </p>
      {proposals.map(({ zone, place }) => (
        <label key={zone} className="ct-zones-choice">
          <input
            type="radio"
            name={id}
            // biome-ignore lint/a11y/noAutofocus: the dialog has just opened, and this is its first question
            autoFocus={takesFocus(zone)}
            checked={choice?.kind === 'proposed' && choice.zone === zone}
            onChange={() => onChoose({ kind: 'proposed', zone }, true)}
          />
          <span>
            {zone} <span className="ct-dim">{place}</span>
          </span>
          <Becomes zone={zone} localUs={localUs} />
        </label>
      ))}
      <div className="ct-zones-choice">
        <input
          type="radio"
          name={id}
          aria-label={`${title}: another zone`}
          checked={choice?.kind === 'other'}
          onChange={() => onChoose({ kind: 'other', zone: typed }, isZoneText(typed))}
        />
        <input
          className="ct-input"
          aria-label={`${title}: name of another zone`}
          placeholder="Another: Europe/Berlin, +02:00"
          list={`${id}-names`}
          spellCheck={false}
          maxLength={60}
          value={typed}
          onChange={({ target: { value } }) => onChoose({ kind: 'other', zone: value }, isZoneText(value))}
        />
        {isZoneText(typed) ? <Becomes zone={typed.trim()} localUs={localUs} /> : null}
        <datalist id={`${id}-names`}>
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </div>
      <label className="ct-zones-choice">
        <input
          type="radio"
          name={id}
          checked={choice?.kind === 'open'}
          onChange={() => onChoose({ kind: 'open', zone: '' }, true)}
        />
        <span>{unknown}</span>
      </label>
    </fieldset>
  )
}

/** Whether it may name a zone; the engine has the last word, and says so beside it. */
function isZoneText(text: string): boolean {
  const name = text.trim()
  return /^[+-]\d{2}(?::?\d{2})?$/.test(name) || (/[/a-z]|^utc$/i.test(name) && isKnownZone(name))
}

/** The example's instant in UTC, as the engine reads it. */
function Becomes({ zone, localUs }: { readonly zone: string; readonly localUs: number }) {
  const { data } = useEngineQuery('import.timeIn', { zone, localUs: Math.trunc(localUs) }, { keepPrevious: true })
  if (data === undefined) return <span />
  if (data.problem !== null) return <span className="ct-warn">{data.problem}</span>
  if (data.us === null) return <span className="ct-warn">the clocks skipped this time</span>
  return (
    <span className="ct-num ct-dim">
      {formatShortTime(data.us, 'utc')} UTC{data.ambiguous ? ' (the earlier of two)' : ''}
    </span>
  )
}

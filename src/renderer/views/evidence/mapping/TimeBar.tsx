import { useId } from 'react'
import type { MappingDraft, MappingSuggestion } from '../../../../contract/mapping'
import { timeFormats } from '../../../../contract/mappingFile'
import { Evidence } from '../../../text/Evidence'
import { placeText, setTime, setTimePlace } from './draft'
import { FieldSelect } from './FieldSelect'

const patterns = ['%d.%m.%Y %H:%M:%S', '%d/%m/%Y %H:%M:%S', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %I:%M:%S %p'] as const
const zones = ['UTC', '+01:00', '+02:00', '-05:00', 'Europe/London', 'Europe/Berlin', 'America/New_York'] as const

/** Where the time stands, how it is written, and the zone of times that name none. */
export function TimeBar({
  draft,
  suggestion,
  onChange,
}: {
  readonly draft: MappingDraft
  readonly suggestion: MappingSuggestion
  readonly onChange: (draft: MappingDraft) => void
}) {
  const formatsId = useId()
  const zonesId = useId()
  const { time } = draft
  const parts = time?.parts?.map(placeText).join(' + ')
  const reason = suggestion.reasons.find(({ target }) => target === 'time')?.reason
  return (
    <section className="ct-bar" aria-label="Time">
      <span className="ct-strong">Time</span>
      <FieldSelect
        label="Field of the time"
        value={parts ?? placeText(time)}
        suggestion={suggestion}
        onChange={(place) => onChange(setTimePlace(draft, suggestion.carrier, place))}
      />
      <label className="ct-mapping-name">
        Format
        <input
          className="ct-input"
          aria-label="Format of the time"
          list={formatsId}
          value={time?.format ?? ''}
          onChange={({ target }) => onChange(setTime(draft, { format: target.value }))}
        />
      </label>
      <datalist id={formatsId}>
        {[...timeFormats, ...patterns].map((format) => (
          <option key={format} value={format} />
        ))}
      </datalist>
      <label className="ct-mapping-name">
        Zone
        <input
          className="ct-input"
          aria-label="Zone of times that name none"
          placeholder="UTC, +02:00, Europe/Berlin"
          list={zonesId}
          value={time?.zone ?? ''}
          onChange={({ target }) => onChange(setTime(draft, { zone: target.value === '' ? undefined : target.value }))}
        />
      </label>
      <datalist id={zonesId}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      {reason === undefined ? null : (
        <span className="ct-dim">
          <Evidence text={reason} />
        </span>
      )}
    </section>
  )
}

import type { MappingSuggestion } from '../../../../contract/mapping'
import { visibleText } from '../../../text/marks'

/** One of the places of the sampled records. */
export function FieldSelect({
  label,
  value,
  suggestion,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly suggestion: MappingSuggestion
  readonly onChange: (place: string) => void
}) {
  const known = suggestion.fields.some(({ place }) => place === value)
  return (
    <select className="ct-input" aria-label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">no field</option>
      {known || value === '' ? null : <option value={value}>{visibleText(value)}</option>}
      {suggestion.fields.map(({ place }) => (
        <option key={place} value={place}>
          {visibleText(place)}
        </option>
      ))}
    </select>
  )
}

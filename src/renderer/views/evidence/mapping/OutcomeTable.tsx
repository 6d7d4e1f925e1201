import type { MappingDraft, MappingSuggestion } from '../../../../contract/mapping'
import { outcomes } from '../../../../contract/shared'
import { Evidence } from '../../../text/Evidence'
import { formatCount } from '../../../text/numbers'
import { OutcomeMark } from '../../../theme/OutcomeMark'
import { placeText, setMeaning } from './draft'

/** What each value of the outcome's field means. Nothing is guessed: a value without a meaning is `unknown`. */
export function OutcomeTable({
  draft,
  suggestion,
  onChange,
}: {
  readonly draft: MappingDraft
  readonly suggestion: MappingSuggestion
  readonly onChange: (draft: MappingDraft) => void
}) {
  const rule = draft.columns.outcome
  const field = suggestion.fields.find(({ place }) => place === placeText(rule))
  if (rule === undefined || field === undefined) return null
  const meanings = rule.values ?? {}
  const meaningOf = (value: string) => (Object.hasOwn(meanings, value) ? (meanings[value] ?? '') : '')
  return (
    <section aria-label="Outcomes">
      <table className="ct-table">
        <caption>
          {field.distinct > field.values.length ? `The ${field.values.length} most frequent values` : 'Values'} of{' '}
          <Evidence text={field.place} />
        </caption>
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col" className="ct-num">
              Records
            </th>
            <th scope="col">Means</th>
          </tr>
        </thead>
        <tbody>
          {field.values.map(({ value, count }) => (
            <tr key={value}>
              <th scope="row">
                <Evidence text={value} />
              </th>
              <td className="ct-num">{formatCount(count)}</td>
              <td>
                <select
                  className="ct-input"
                  aria-label={`Meaning of ${value}`}
                  value={meaningOf(value)}
                  onChange={({ target }) => onChange(setMeaning(draft, 'outcome', value, target.value))}
                >
                  <option value="">not said</option>
                  {outcomes.map((outcome) => (
                    <option key={outcome}>{outcome}</option>
                  ))}
                </select>{' '}
                <OutcomeMark outcome={meaningOf(value) || 'unknown'} bare />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

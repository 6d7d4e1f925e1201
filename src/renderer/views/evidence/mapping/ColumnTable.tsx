import { Cross } from '@blueprintjs/icons'
import type { MappingDraft, MappingSuggestion } from '../../../../contract/mapping'
import type { MappingRule } from '../../../../contract/mappingFile'
import { Evidence } from '../../../text/Evidence'
import { changeRule, freeColumns, placeText, removeColumn, setPlace } from './draft'
import { FieldSelect } from './FieldSelect'

interface Props {
  readonly draft: MappingDraft
  readonly suggestion: MappingSuggestion
  readonly onChange: (draft: MappingDraft) => void
}

/** What each normalised column is filled from. */
export function ColumnTable({ draft, suggestion, onChange }: Props) {
  const { carrier } = suggestion
  const reasonOf = (target: string) => suggestion.reasons.find((item) => item.target === target)?.reason ?? ''
  return (
    <section aria-label="Columns">
      <table className="ct-table ct-mapping-columns">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Field</th>
            <th scope="col">Cut out by pattern</th>
            <th scope="col">Where empty</th>
            <th scope="col">Why</th>
            <th scope="col">
              <span className="ct-hidden">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(draft.columns).map(([name, rule]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <FieldSelect
                  label={`Field of ${name}`}
                  value={placeText(rule)}
                  suggestion={suggestion}
                  onChange={(place) => onChange(setPlace(draft, carrier, name, place))}
                />
              </td>
              <td>
                <input
                  className="ct-input"
                  aria-label={`Pattern of ${name}`}
                  placeholder="whole value"
                  value={rule.pattern ?? ''}
                  onChange={({ target }) => onChange(changeRule(draft, name, { pattern: filled(target.value) }))}
                />
              </td>
              <td>
                <input
                  className="ct-input"
                  aria-label={`${name} where the field is empty`}
                  placeholder="nothing"
                  value={rule.default ?? ''}
                  onChange={({ target }) => onChange(changeRule(draft, name, { default: filled(target.value) }))}
                />
              </td>
              <td className="ct-dim ct-wrap">{whyText(rule, suggestion, reasonOf(name), name)}</td>
              <td>
                <button
                  type="button"
                  className="ct-icon-button"
                  aria-label={`Leave out ${name}`}
                  onClick={() => onChange(removeColumn(draft, name))}
                >
                  <Cross size={12} />
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <select
        className="ct-input"
        aria-label="Add a column"
        value=""
        onChange={({ target }) => onChange(changeRule(draft, target.value, {}))}
      >
        <option value="" disabled>
          Add a column…
        </option>
        {freeColumns(draft).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </section>
  )
}

function filled(text: string): string | undefined {
  return text === '' ? undefined : text
}

/** The reason holds for the proposed field only; for another one its own values say what it is. */
function whyText(rule: MappingRule, { reasons, fields }: MappingSuggestion, reason: string, target: string) {
  const proposed = reasons.find((item) => item.target === target)?.place
  if (proposed === placeText(rule) && reason !== '') return <Evidence text={reason} />
  const field = fields.find(({ place }) => place === placeText(rule))
  const example = field?.values[0]?.value
  return example === undefined ? null : <Evidence text={`for example ${example}`} />
}

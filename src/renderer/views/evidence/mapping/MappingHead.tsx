import { useEffect, useRef } from 'react'
import type { MappingDraft, MappingSuggestion } from '../../../../contract/mapping'
import { Evidence } from '../../../text/Evidence'
import { plural } from '../../../text/numbers'
import { LoadMapping } from './LoadMapping'
import { SavedMappings } from './SavedMappings'

/** The name, what to start from, what was looked at, and what the analyst has to decide. */
export function MappingHead({
  draft,
  suggestion,
  onChange,
  onFailure,
}: {
  readonly draft: MappingDraft
  readonly suggestion: MappingSuggestion
  readonly onChange: (draft: MappingDraft) => void
  readonly onFailure: (error: unknown) => void
}) {
  const nameRef = useRef<HTMLInputElement>(null)
  useEffect(() => nameRef.current?.focus(), [])
  return (
    <>
      <div className="ct-bar">
        <label className="ct-mapping-name">
          Name
          <input
            ref={nameRef}
            className="ct-input"
            value={draft.name}
            maxLength={100}
            onChange={({ target }) => onChange({ ...draft, name: target.value })}
          />
        </label>
        <SavedMappings onChoose={onChange} />
        <LoadMapping onLoad={onChange} onFailure={onFailure} />
        <span className="ct-dim">
          <Evidence text={describeSample(suggestion)} />
        </span>
      </div>
      {suggestion.warnings.length === 0 ? null : (
        <div className="ct-callout" role="note">
          <ul className="ct-mapping-warnings">
            {suggestion.warnings.map((warning) => (
              <li key={warning}>
                <Evidence text={warning} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

const delimiterNames: Readonly<Record<string, string>> = { ',': 'commas', '\t': 'tabs', ';': 'semicolons', '|': 'bars' }

function describeSample({ carrier, delimiter, recordsPath, records, truncated, member }: MappingSuggestion): string {
  const kind = carrier === 'csv' ? `CSV with ${delimiterNames[delimiter ?? ','] ?? 'commas'}` : 'JSON'
  const where = recordsPath === null ? '' : `, records at ${recordsPath}`
  const inside = member === null ? '' : `, of ${member}`
  return `${kind}${where}${inside}; ${truncated ? 'the first ' : ''}${plural(records, 'record')} looked at`
}

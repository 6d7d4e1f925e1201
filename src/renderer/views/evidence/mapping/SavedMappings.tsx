import type { MappingDraft } from '../../../../contract/mapping'
import { useEngineQuery } from '../../../state/useEngineQuery'
import { visibleText } from '../../../text/marks'

/** Starts from a mapping that the case has already. */
export function SavedMappings({ onChoose }: { readonly onChoose: (draft: MappingDraft) => void }) {
  const saved = useEngineQuery('mapping.list', {})
  const mappings = saved.data ?? []
  if (mappings.length === 0) return null
  return (
    <select
      className="ct-input"
      aria-label="Start from a mapping of this case"
      value=""
      onChange={({ target }) => {
        const chosen = mappings.find(({ hash }) => hash === target.value)
        if (chosen !== undefined) onChoose(chosen.mapping)
      }}
    >
      <option value="" disabled>
        Start from a mapping of this case…
      </option>
      {mappings.map(({ hash, mapping, revision }) => (
        <option key={hash} value={hash}>
          {visibleText(mapping.name)} (revision {revision})
        </option>
      ))}
    </select>
  )
}

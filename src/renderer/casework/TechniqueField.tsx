// biome-ignore-all lint/a11y/useSemanticElements: a field with suggestions has no element of its own
import { SmallCross } from '@blueprintjs/icons'
import { useId, useState } from 'react'
import { findTechnique, searchTechniques } from '../../common/attack/techniques'

interface Props {
  readonly ids: readonly string[]
  readonly onAdd: (id: string) => void
  readonly onRemove: (id: string) => void
}

const MOST = 8

/** ATT&CK techniques as chips, and a field that finds one by id (also an old one) or by words of its name. */
export function TechniqueField({ ids, onAdd, onRemove }: Props) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  const found = searchTechniques(typed, MOST).filter(({ id }) => !ids.includes(id))
  const take = (id: string) => {
    onAdd(id)
    setTyped('')
    setAt(0)
  }
  return (
    <div className="ct-wk-chips ct-wk-technique">
      {ids.map((id) => (
        <span key={id} className="ct-wk-chip" title={findTechnique(id)?.name}>
          {id} <span className="ct-wk-chip-name">{findTechnique(id)?.name}</span>
          <button
            type="button"
            className="ct-icon-button"
            aria-label={`Take off technique ${id}`}
            onClick={() => onRemove(id)}
          >
            <SmallCross size={10} />
          </button>
        </span>
      ))}
      <input
        className="ct-input ct-grow"
        role="combobox"
        aria-label="Add an ATT&CK technique"
        aria-expanded={found.length > 0}
        aria-controls={listId}
        aria-activedescendant={found.length > 0 ? `${listId}-${at}` : undefined}
        aria-autocomplete="list"
        placeholder="ATT&CK technique, by id or name…"
        maxLength={100}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onBlur={() => setTyped('')}
        onKeyDown={(event) => {
          const chosen = found[at]
          if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, at + 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1))
          else if (event.key === 'Enter' && chosen !== undefined) take(chosen.id)
          else if (event.key === 'Escape' && typed !== '') setTyped('')
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      {found.length === 0 ? null : (
        <div id={listId} role="listbox" aria-label="Techniques" className="ct-wk-suggest">
          {found.map(({ id, name }, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
            <div
              key={id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(id)}
            >
              <b>{id}</b> {name}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

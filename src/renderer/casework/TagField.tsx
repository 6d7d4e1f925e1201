import { SmallCross } from '@blueprintjs/icons'
import { useId, useState } from 'react'
import { Evidence } from '../text/Evidence'
import { visibleText } from '../text/marks'

interface Props {
  readonly tags: readonly string[]
  /** Tags used elsewhere, offered while typing. */
  readonly known: readonly string[]
  readonly onAdd: (tag: string) => void
  readonly onRemove: (tag: string) => void
}

/** Tags as chips, and a field that adds one by Enter. */
export function TagField({ tags, known, onAdd, onRemove }: Props) {
  const [typed, setTyped] = useState('')
  const listId = useId()
  return (
    <div className="ct-wk-chips">
      {tags.map((tag) => (
        <span key={tag} className="ct-wk-chip">
          <Evidence text={tag} />
          <button
            type="button"
            className="ct-icon-button"
            aria-label={`Take off the tag ${visibleText(tag)}`}
            onClick={() => onRemove(tag)}
          >
            <SmallCross size={10} />
          </button>
        </span>
      ))}
      <input
        className="ct-input ct-grow"
        aria-label="Add a tag"
        placeholder="Tag…"
        list={listId}
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ',') return
          event.preventDefault()
          const tag = typed.trim().replace(/^#/, '')
          if (tag === '') return
          onAdd(tag)
          setTyped('')
        }}
      />
      <datalist id={listId}>
        {known.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
    </div>
  )
}

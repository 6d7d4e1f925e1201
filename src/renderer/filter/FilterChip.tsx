import { Disable, Pin, SmallCross } from '@blueprintjs/icons'
import { useEffect, useId, useRef, useState } from 'react'
import { turned } from '../state/filterText'
import { useClient } from '../state/workbench'
import { Evidence } from '../text/Evidence'
import { visibleText } from '../text/marks'
import { describeError } from '../ui/describeError'

interface FilterChipProps {
  readonly text: string
  readonly negated: boolean
  readonly pinned: boolean
  /** The whole filter with this term replaced, for the engine to check. */
  whole(next: string): string
  onReplace(next: string): void
  onPin(): void
  onRemove(): void
}

/** One term: a click or Enter edits it in place, `-` turns it around, `p` pins it, Delete takes it out. */
export function FilterChip(props: FilterChipProps) {
  const { text, negated, pinned, onReplace, onPin, onRemove } = props
  const [editing, setEditing] = useState(false)
  const name = visibleText(text)
  const turn = () => onReplace(turned(text, negated))
  const kinds = [negated ? 'ct-chip-not' : '', pinned ? 'ct-chip-pinned' : ''].filter((kind) => kind !== '')
  return (
    <li className={['ct-chip', ...kinds].join(' ')}>
      {editing ? (
        <ChipInput {...props} onEnd={() => setEditing(false)} />
      ) : (
        <button
          type="button"
          className="ct-chip-body"
          aria-label={`Edit ${name}${negated ? ', excluded' : ''}${pinned ? ', pinned' : ''}`}
          aria-keyshortcuts="Enter - p Delete"
          title={`${name}\nEnter edits, - turns around, p pins, Delete removes`}
          onClick={() => setEditing(true)}
          onKeyDown={(event) => {
            if (event.ctrlKey || event.metaKey || event.altKey) return
            if (event.key === '-') turn()
            else if (event.key === 'p') onPin()
            else if (event.key === 'Delete' || event.key === 'Backspace') onRemove()
            else if (event.key === 'F2') setEditing(true)
            else return
            event.preventDefault()
            event.stopPropagation()
          }}
        >
          <Evidence text={text.length > 60 ? `${text.slice(0, 57)}…` : text} />
        </button>
      )}
      <button
        type="button"
        aria-label={`${negated ? 'Include' : 'Exclude'} ${name}`}
        aria-pressed={negated}
        onClick={turn}
      >
        <Disable size={12} />
      </button>
      <button type="button" aria-label={`${pinned ? 'Unpin' : 'Pin'} ${name}`} aria-pressed={pinned} onClick={onPin}>
        <Pin size={12} />
      </button>
      <button type="button" aria-label={`Remove ${name}`} onClick={onRemove}>
        <SmallCross size={12} />
      </button>
    </li>
  )
}

/** Enter asks the engine and replaces; a mistake stays in the field with its message; Escape leaves it as it was. */
function ChipInput({ text, whole, onReplace, onRemove, onEnd }: FilterChipProps & { onEnd(): void }) {
  const client = useClient()
  const [draft, setDraft] = useState(text)
  const [problem, setProblem] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const problemId = useId()
  useEffect(() => input.current?.select(), [])
  const apply = async () => {
    const next = draft.trim()
    if (next === text) return onEnd()
    if (next === '') return onRemove()
    try {
      const check = await client.call('filter.check', { filter: whole(next) })
      if (!check.ok) return setProblem(check.message)
    } catch (error) {
      return setProblem(describeError(error).text)
    }
    onEnd()
    onReplace(next)
  }
  return (
    <>
      <input
        ref={input}
        className="ct-chip-input"
        aria-label={`Term ${visibleText(text)}`}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : problemId}
        spellCheck={false}
        autoComplete="off"
        maxLength={2_000}
        style={{ inlineSize: `${Math.min(44, Math.max(10, draft.length + 2))}ch` }}
        value={draft}
        onChange={(event) => {
          setDraft(event.target.value)
          setProblem(null)
        }}
        onBlur={onEnd}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void apply()
          else if (event.key === 'Escape') onEnd()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      {problem === null ? null : (
        <span id={problemId} role="alert" className="ct-chip-problem">
          {problem}
        </span>
      )}
    </>
  )
}

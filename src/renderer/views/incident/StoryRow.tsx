import { Cross, DragHandleVertical, Plus } from '@blueprintjs/icons'
import { useState } from 'react'
import { formatInstant, parseInstant } from '../../../common/time'
import { type StoryItem, storyMarks } from '../../../contract/incidents'
import type { Described } from '../../../contract/work'
import { AboutLine } from '../../casework/AboutLine'
import { ChoiceField } from '../../casework/Field'
import { formatTime } from '../../text/time'

interface Props {
  readonly item: StoryItem
  readonly index: number
  readonly us: bigint | undefined
  readonly described: ReadonlyMap<string, Described>
  /** Something is dragged over it. */
  readonly over: boolean
  readonly onChange: (item: StoryItem) => void
  readonly onRemove: () => void
  readonly onTextBelow: () => void
  readonly onMove: (step: -1 | 1) => void
  readonly onDrag: (phase: 'start' | 'over' | 'drop' | 'end') => void
}

const none = 'no mark'

export function handleId(itemId: string): string {
  return `ct-story-handle-${itemId}`
}

/** One step: its number as a handle, what it points to, the analyst's words, and a mark. */
export function StoryRow(props: Props) {
  const { item, index, us, described, over, onChange, onRemove, onTextBelow, onMove, onDrag } = props
  const number = index + 1
  return (
    <li
      className={over ? 'ct-wk-item ct-inc-step ct-inc-over' : 'ct-wk-item ct-inc-step'}
      data-mark={item.mark ?? undefined}
      onDragOver={(event) => {
        event.preventDefault()
        onDrag('over')
      }}
      onDrop={(event) => {
        event.preventDefault()
        event.stopPropagation()
        onDrag('drop')
      }}
    >
      <div className="ct-wk-item-head">
        <button
          type="button"
          id={handleId(item.id)}
          className="ct-inc-handle"
          draggable
          aria-label={`Step ${number}; Up and Down move it`}
          title="Drag, or press Up and Down"
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move'
            event.dataTransfer.setData('text/plain', `step ${number}`)
            onDrag('start')
          }}
          onDragEnd={() => onDrag('end')}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
            event.preventDefault()
            onMove(event.key === 'ArrowUp' ? -1 : 1)
          }}
        >
          <DragHandleVertical size={11} />
          {number}
        </button>
        {item.about === null ? (
          <TimeField key={item.at} number={number} us={us} onChange={(at) => onChange({ ...item, at })} />
        ) : (
          <AboutLine about={item.about} described={described} />
        )}
        <ChoiceField
          label={`Mark of step ${number}`}
          hideLabel
          value={item.mark ?? none}
          options={[none, ...storyMarks]}
          onChange={(mark) => onChange({ ...item, mark: mark === none ? null : mark })}
        />
        <button
          type="button"
          className="ct-icon-button"
          aria-label={`Add text below step ${number}`}
          title="Add text below"
          onClick={onTextBelow}
        >
          <Plus size={11} />
        </button>
        <button type="button" className="ct-icon-button" aria-label={`Take step ${number} out`} onClick={onRemove}>
          <Cross size={11} />
        </button>
      </div>
      <textarea
        id={`ct-story-text-${item.id}`}
        className="ct-input ct-wk-grow"
        aria-label={`Text of step ${number}`}
        placeholder={item.about === null ? 'What happened here, in your words' : 'What does it mean in the story?'}
        rows={1}
        maxLength={100_000}
        value={item.text}
        onChange={(event) => onChange({ ...item, text: event.target.value })}
      />
    </li>
  )
}

interface TimeProps {
  readonly number: number
  readonly us: bigint | undefined
  readonly onChange: (at: string | null) => void
}

/** The time of own text, in UTC; kept only when it is one. */
function TimeField({ number, us, onChange }: TimeProps) {
  const [typed, setTyped] = useState(us === undefined ? '' : formatTime(us, 'utc', 's'))
  const parsed = typed.trim() === '' ? null : parseInstant(typed.trim())
  return (
    <span className="ct-inc-time">
      <span className="ct-wk-kind">Text</span>
      <input
        className="ct-input"
        aria-label={`Time of step ${number} (UTC)`}
        aria-invalid={parsed === undefined}
        placeholder="time in UTC, if any"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          if (parsed === null) onChange(null)
          else if (parsed !== undefined) onChange(formatInstant(parsed.us, 'us'))
        }}
      />
      {parsed === undefined ? (
        <span className="ct-warn" role="alert">
          Write it like 2026-01-02 03:04:05
        </span>
      ) : null}
    </span>
  )
}

import { useId, useRef, useState } from 'react'
import { completeSql, type SqlPoint, sqlPointAt } from './sqlCompletion'
import { useSqlNames } from './useSqlNames'

interface SqlEditorProps {
  readonly text: string
  /** Where the engine stopped reading, after a mistake. */
  readonly faultAt: number | null
  readonly onText: (text: string) => void
  readonly onRun: () => void
}

/** The text of the query. Names are offered while a word is typed; Tab takes the first, the arrows choose. */
export function SqlEditor({ text, faultAt, onText, onRun }: SqlEditorProps) {
  const names = useSqlNames()
  const [point, setPoint] = useState<SqlPoint>()
  const [active, setActive] = useState(0)
  const area = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const options = point === undefined ? [] : completeSql(point, names, text)
  const choose = (index: number) => {
    const option = options[index]
    if (option === undefined || point === undefined) return
    const insert = option.kind === 'function' ? `${option.name}(` : option.name
    const end = point.start + point.prefix.length
    const caret = point.start + insert.length
    onText(`${text.slice(0, point.start)}${insert}${text.slice(end)}`)
    setPoint(undefined)
    requestAnimationFrame(() => area.current?.setSelectionRange(caret, caret))
  }
  return (
    <div className="ct-sql-editor">
      <textarea
        ref={area}
        className="ct-input ct-sql-text"
        aria-label="SQL query"
        aria-controls={listId}
        aria-describedby={faultAt === null ? undefined : `${listId}-fault`}
        rows={8}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          onText(event.target.value)
          setPoint(sqlPointAt(event.target.value, event.target.selectionStart))
          setActive(0)
        }}
        onBlur={() => setPoint(undefined)}
        onKeyDown={(event) => {
          const open = options.length > 0
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            setPoint(undefined)
            onRun()
          } else if (open && event.key === 'ArrowDown') setActive((active + 1) % options.length)
          else if (open && event.key === 'ArrowUp') setActive((active + options.length - 1) % options.length)
          else if (open && event.key === 'Tab') choose(active)
          else if (open && event.key === 'Escape') setPoint(undefined)
          else return
          event.preventDefault()
        }}
      />
      {faultAt === null ? null : (
        <code id={`${listId}-fault`} className="ct-pointed">
          {text.slice(Math.max(0, faultAt - 40), faultAt)}
          <mark>{text.slice(faultAt, faultAt + 1) || '␣'}</mark>
          {text.slice(faultAt + 1, faultAt + 40)}
        </code>
      )}
      <div role="listbox" id={listId} aria-label="Names" className="ct-sql-names" hidden={options.length === 0}>
        {options.map((option, index) => (
          <div
            key={option.name}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className="ct-filter-option"
            onMouseDown={(event) => {
              event.preventDefault()
              choose(index)
            }}
          >
            <span>{option.name}</span>
            <span className="ct-dim">{option.kind === 'column' ? option.detail : option.kind}</span>
          </div>
        ))}
      </div>
    </div>
  )
}

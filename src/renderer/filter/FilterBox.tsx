import { Cross, Redo, Search, Undo } from '@blueprintjs/icons'
import { useEffect, useId, useRef, useState } from 'react'
import { useEngineQuery } from '../state/useEngineQuery'
import { useScope } from '../state/workbench'
import { Evidence } from '../text/Evidence'
import { complete, completionAt } from './completion'
import { FilterChips } from './FilterChips'
import { FilterHelp } from './FilterHelp'
import { SavedViews } from './SavedViews'
import { ScopeHistory } from './ScopeHistory'
import { useCompletions } from './useCompletions'
import { useDebounced } from './useDebounced'

/** The id that the `/` command focuses. */
export const filterInputId = 'ct-filter-input'

/**
 * The one filter of the window. The draft stays here until Enter; then the engine has accepted it and every view
 * follows. A mistake is shown at its character, the draft is never thrown away.
 */
export function FilterBox() {
  const { filter, setFilter, clearFilter, undo, redo, canUndo, canRedo } = useScope()
  const [draft, setDraft] = useState(filter)
  const [caret, setCaret] = useState(0)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const [help, setHelp] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  useEffect(() => setDraft(filter), [filter])

  const settled = useDebounced(draft, 150)
  const check = useEngineQuery('filter.check', { filter: settled.trim() }, { enabled: settled.trim() !== '' })
  const problem = settled === draft && draft.trim() !== '' && check.data?.ok === false ? check.data : null
  const point = open ? completionAt(draft, caret) : undefined
  const options = useCompletions(useDebouncedPoint(point))
  const shown = open ? options : []
  const dirty = draft.trim() !== filter

  const place = (text: string, at: number) => {
    setDraft(text)
    setCaret(at)
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at))
  }
  const choose = (index: number) => {
    const option = shown[index]
    if (option === undefined || point === undefined) return
    const next = complete(draft, point, option.insert)
    place(next.text, next.caret)
    setActive(-1)
    setOpen(point.kind === 'field')
  }
  const apply = () => {
    setOpen(false)
    setActive(-1)
    if (problem === null) setFilter(draft)
  }

  return (
    <search className="ct-filter" aria-label="Filter">
      <div className={problem === null ? 'ct-filter-field' : 'ct-filter-field ct-filter-bad'}>
        <Search size={14} />
        <input
          ref={input}
          id={filterInputId}
          role="combobox"
          aria-label="Filter all views"
          aria-expanded={shown.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : `${listId}-problem`}
          aria-activedescendant={active >= 0 && shown.length > 0 ? `${listId}-${active}` : undefined}
          placeholder="Filter: actor:alice outcome:denied ip:10.0.0.0/8 “free text”"
          autoComplete="off"
          spellCheck={false}
          value={draft}
          onChange={(event) => {
            setDraft(event.target.value)
            setCaret(event.target.selectionStart ?? event.target.value.length)
            setOpen(true)
            setActive(-1)
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' && shown.length > 0) setActive((active + 1) % shown.length)
            else if (event.key === 'ArrowUp' && shown.length > 0)
              setActive(((active + shown.length) % (shown.length + 1)) - 1)
            else if (event.key === 'Tab' && active >= 0) choose(active)
            else if (event.key === 'Enter') active >= 0 && shown.length > 0 ? choose(active) : apply()
            else if (event.key === 'F1') setHelp(true)
            else if (event.key === 'Escape' && open && shown.length > 0) setOpen(false)
            else if (event.key === 'Escape') {
              // What was typed stays; “Enter applies” says that it does not count yet.
              input.current?.blur()
            } else return
            event.preventDefault()
          }}
        />
        {dirty && problem === null ? <span className="ct-dim ct-filter-hint">Enter applies</span> : null}
        {draft === '' ? null : (
          <button
            type="button"
            className="ct-icon-button"
            aria-label="Clear the filter"
            onClick={() => {
              setDraft('')
              clearFilter()
            }}
          >
            <Cross size={12} />
          </button>
        )}
        <button
          type="button"
          className="ct-icon-button"
          aria-label="Undo the filter"
          disabled={!canUndo}
          onClick={undo}
        >
          <Undo size={12} />
        </button>
        <button
          type="button"
          className="ct-icon-button"
          aria-label="Redo the filter"
          disabled={!canRedo}
          onClick={redo}
        >
          <Redo size={12} />
        </button>
        <ScopeHistory />
        <SavedViews />
      </div>
      <div className="ct-filter-pop" hidden={shown.length === 0 && problem === null}>
        {problem === null ? null : (
          <div id={`${listId}-problem`} className="ct-filter-problem" role="alert">
            <Pointed text={draft} position={problem.position} />
            <span>{problem.message}</span>
          </div>
        )}
        <div role="listbox" id={listId} aria-label="Completions" hidden={shown.length === 0}>
          {shown.map((option, index) => (
            <div
              key={option.insert}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className="ct-filter-option"
              onMouseDown={(event) => {
                event.preventDefault()
                choose(index)
              }}
            >
              <Evidence text={option.label} />
              <span className="ct-dim">{option.detail}</span>
            </div>
          ))}
        </div>
      </div>
      <FilterChips />
      {help ? <FilterHelp onClose={() => setHelp(false)} /> : null}
    </search>
  )
}

/** Values are asked for after a short pause; the field list is here already. */
function useDebouncedPoint(point: ReturnType<typeof completionAt>): ReturnType<typeof completionAt> {
  const key = point === undefined ? '' : JSON.stringify(point)
  const settled = useDebounced(key, 120)
  if (point === undefined || point.kind === 'field') return point
  return settled === key ? point : undefined
}

/** The draft with the faulty character marked. */
function Pointed({ text, position }: { readonly text: string; readonly position: number }) {
  const start = Math.max(0, position - 30)
  return (
    <code className="ct-pointed">
      {start > 0 ? '…' : ''}
      {text.slice(start, position)}
      <mark>{text.slice(position, position + 1) || '␣'}</mark>
      {text.slice(position + 1, position + 30)}
    </code>
  )
}

import { PopoverNext } from '@blueprintjs/core'
import { GitBranch } from '@blueprintjs/icons'
import { useEffect, useRef, useState } from 'react'
import { type TreeRow, treeRows } from '../state/scopeTree'
import { useScope, useSettings } from '../state/workbench'
import { Evidence } from '../text/Evidence'
import { visibleText } from '../text/marks'
import { formatShortTime, zoneLabel } from '../text/time'

/** Every filter and window of this sitting as a tree: Enter goes to a step, F2 names it. */
export function ScopeHistory() {
  const [open, setOpen] = useState(false)
  return (
    <PopoverNext
      placement="bottom-end"
      isOpen={open}
      onInteraction={setOpen}
      content={<HistoryTree onDone={() => setOpen(false)} />}
    >
      <button type="button" className="ct-icon-button" aria-label="History of the filter" title="History of the filter">
        <GitBranch size={12} />
      </button>
    </PopoverNext>
  )
}

function HistoryTree({ onDone }: { onDone(): void }) {
  const { tree, goTo, nameStep } = useScope()
  const [naming, setNaming] = useState<number | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const rows = treeRows(tree)
  const [active, setActive] = useState(tree.at)
  useEffect(() => {
    if (naming === null) list.current?.querySelector<HTMLElement>(`[data-step="${active}"]`)?.focus()
  }, [active, naming])
  const move = (by: number) => {
    const now = rows.findIndex(({ step }) => step.id === active)
    const next = rows[Math.max(0, Math.min(rows.length - 1, now + by))]
    if (next !== undefined) setActive(next.step.id)
  }
  return (
    <div className="ct-saved ct-history">
      <div ref={list} role="tree" aria-label="History of the filter">
        {rows.map((row) => (
          <div key={row.step.id} className="ct-history-row" style={{ paddingInlineStart: 4 + 14 * row.depth }}>
            {naming === row.step.id ? (
              <NameInput
                name={row.step.name ?? ''}
                onEnd={(name) => {
                  if (name !== null) nameStep(row.step.id, name)
                  setNaming(null)
                }}
              />
            ) : (
              <div
                role="treeitem"
                data-step={row.step.id}
                tabIndex={row.step.id === active ? 0 : -1}
                aria-level={row.depth + 1}
                aria-selected={row.here}
                aria-current={row.here ? 'step' : undefined}
                className="ct-history-step ct-clip"
                onClick={() => {
                  goTo(row.step.id)
                  onDone()
                }}
                onKeyDown={(event) => {
                  if (event.key === 'ArrowDown') move(1)
                  else if (event.key === 'ArrowUp') move(-1)
                  else if (event.key === 'Home') move(-rows.length)
                  else if (event.key === 'End') move(rows.length)
                  else if (event.key === 'F2') setNaming(row.step.id)
                  else if (event.key === 'Enter') {
                    goTo(row.step.id)
                    onDone()
                  } else return
                  event.preventDefault()
                  event.stopPropagation()
                }}
              >
                <StepText row={row} />
              </div>
            )}
          </div>
        ))}
      </div>
      <p className="ct-dim">Enter goes there, F2 names the step. A saved view (★) keeps it in the case.</p>
    </div>
  )
}

function StepText({ row: { step, here } }: { readonly row: TreeRow }) {
  const zone = useSettings((s) => s.timeZone)
  const { filter, window, name } = step
  return (
    <>
      <span aria-hidden="true">{here ? '● ' : '○ '}</span>
      {name === null ? null : (
        <b>
          <Evidence text={name} />{' '}
        </b>
      )}
      <span className={name === null ? undefined : 'ct-dim'} title={visibleText(filter)}>
        {filter === '' ? 'no filter' : <Evidence text={filter.length > 80 ? `${filter.slice(0, 77)}…` : filter} />}
      </span>
      {window === null ? null : (
        <span className="ct-dim">
          {' '}
          {formatShortTime(window.fromUs, zone)} to {formatShortTime(window.toUs, zone)}{' '}
          {zoneLabel(zone, window.fromUs)}
        </span>
      )}
    </>
  )
}

function NameInput({ name, onEnd }: { readonly name: string; onEnd(name: string | null): void }) {
  const [draft, setDraft] = useState(name)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.select(), [])
  return (
    <input
      ref={input}
      className="ct-input ct-grow"
      aria-label="Name of the step"
      maxLength={120}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => onEnd(draft)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onEnd(draft)
        else if (event.key === 'Escape') onEnd(null)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    />
  )
}
